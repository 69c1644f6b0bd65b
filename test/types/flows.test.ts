import { expect, it } from 'vitest'
import * as z from 'zod'
import { say, setupFlow } from '../../flows/engine/define.ts'
import type { Namespaces } from '../../locales/keys.ts'

type Step = 'first' | 'second'
const { ask, defineFlow } = setupFlow<{ name: string }, Step>()

/** What must not compile: `tsc` fails here if one of these lines does. */
const mistakes = () => {
  // @ts-expect-error there is no such message
  say({ key: 'common.nonsense' })
  ask({
    text: { text: 'x' },
    parse: z.string(),
    otherwise: { text: 'x' },
    keep: (data, name) => ({ ...data, name }),
    // @ts-expect-error there is no such step
    next: 'third',
  })
  defineFlow({
    id: 'x',
    version: 1,
    data: z.object({ name: z.string() }),
    initial: { name: '' },
    start: 'first',
    help: { key: 'menu.help' },
    // @ts-expect-error the second step is missing
    steps: {
      first: ask({
        text: { text: 'x' },
        parse: z.string(),
        otherwise: { text: 'x' },
        keep: (data) => data,
        next: 'end',
      }),
    },
    migrations: {},
  })
  // @ts-expect-error a language with a text missing is no catalogue
  const half: Namespaces['settings'] = { askLanguage: 'x' }
  return half
}

it('holds mistakes that do not compile', () => {
  expect(mistakes).toBeTypeOf('function')
})
