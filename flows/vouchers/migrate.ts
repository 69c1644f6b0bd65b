import * as z from 'zod'
import { AskView, HolderMove, KindView } from './ask.ts'

const Old = z.object({
  view: z.enum(['home', 'one', 'kinds', 'ask']).catch('home'),
  number: z.string().nullable().catch(null),
  ask: z.string().nullable().catch(null),
  wanted: z
    .discriminatedUnion('what', [
      z.object({ what: z.literal('apply'), kind: KindView }),
      z.object({ what: z.literal('move'), move: HolderMove }),
      z.object({ what: z.literal('ask'), ask: AskView }),
    ])
    .nullable()
    .catch(null),
})

const STEP_OF_VIEW = {
  home: 'listing',
  one: 'showing',
  kinds: 'choosing',
  ask: 'deciding',
} as const
const STEP_OF_WANTED = { apply: 'applying', move: 'moving', ask: 'deciding' } as const

/** To version 2: the one step `showing` becomes the step of what was looked at, or was to be confirmed. */
export function migrateShowing({ data }: { step: string; data: Record<string, unknown> }) {
  const { view, number, ask, wanted } = Old.parse(data)
  return {
    step: wanted === null ? STEP_OF_VIEW[view] : STEP_OF_WANTED[wanted.what],
    data: {
      ...data,
      number,
      asked: ask,
      ask: wanted?.what === 'ask' ? wanted.ask : null,
      kind: wanted?.what === 'apply' ? wanted.kind : null,
      move: wanted?.what === 'move' ? wanted.move : null,
    },
  }
}
