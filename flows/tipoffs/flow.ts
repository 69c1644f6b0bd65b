import { say, setupFlow } from '../engine/define.ts'
import type { Input, QuickReply } from '../engine/types.ts'
import { integrityOf } from '../programme/tip-off.ts'
import { again, Data, EMPTY, intend, replyOf, type TipOffStep, tapped } from './data.ts'
import { look } from './look.ts'
import { write } from './write.ts'

const { defineFlow } = setupFlow<Data, TipOffStep>()

const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const WAYS: readonly QuickReply[] = [
  { value: 'anonymous', label: { key: 'tip-off.anonymous' } },
  { value: 'named', label: { key: 'tip-off.named' } },
  { value: 'look', label: { key: 'tip-off.lookUp' } },
  MENU,
]

/**
 * A tip-off, anonymous or named, about anybody, the office itself included; and, by number and secret word, how it
 * stands. What is said in it is kept in no transcript, and nothing of it stays here once it is left. Where others carry
 * what is said, it leads to the web by a one-time link that names nobody.
 */
export const tipOffFlow = defineFlow({
  id: 'tip-off',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'choosing',
  help: { key: 'tip-off.help' },
  apart: { key: 'tip-off.broken' },
  shows: ['choosing', 'talking'],
  open: (input, ctx) => {
    if (!ctx.personalData || ctx.relayed === true) return { go: 'leading', data: EMPTY }
    const token = tapped(input)
    return token === '' ? null : { go: 'arriving', data: { ...EMPTY, token } }
  },
  steps: {
    ...write,
    ...look,
    choosing: {
      enter: (_, ctx) => [
        say([{ key: 'tip-off.choose' }, ...integrityOf(ctx), { key: 'tip-off.how' }], {
          quickReplies: WAYS,
        }),
      ],
      receive: (data, input) => {
        switch (tapped(input)) {
          case 'anonymous':
            return { go: 'askWhat', data: EMPTY }
          case 'named':
            return { go: 'askName', data: { ...EMPTY, written: { ...EMPTY.written, name: '' } } }
          case 'look':
            return { go: 'askKey', data }
          default:
            return again({ key: 'tip-off.chooseUnclear' })
        }
      },
      samples: () => WAYS.map(({ value }): Input => ({ type: 'choice', value })),
    },
    leading: {
      passing: true,
      enter: () => [intend({ kind: 'tip-off.way' })],
      receive: (_, input, ctx) => {
        const reply = replyOf(input)
        return reply?.kind === 'way'
          ? {
              end: true,
              effects: [
                say([{ key: 'tip-off.way', params: { url: reply.url } }, ...integrityOf(ctx)]),
              ],
            }
          : { end: true }
      },
      samples: () => [],
    },
    arriving: {
      passing: true,
      enter: ({ token }) => [intend({ kind: 'tip-off.arrive', token })],
      receive: (_, input) => {
        const reply = replyOf(input)
        return reply?.kind === 'arrived'
          ? { go: 'choosing', data: EMPTY }
          : { go: 'choosing', data: EMPTY, effects: [say({ key: 'tip-off.linkGone' })] }
      },
      samples: () => [],
    },
  },
  migrations: {},
})
