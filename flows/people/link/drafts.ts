import { say } from '../../engine/define.ts'
import type { Input, QuickReply } from '../../engine/types.ts'
import {
  ending,
  intend,
  type LinkDefinition,
  type LinkStep,
  NOTHING,
  passing,
  requestData,
  tapped,
} from './data.ts'
import { MENU } from './words.ts'

const KEEP: readonly QuickReply[] = [
  { value: 'keep', label: { key: 'link.keepHere' } },
  { value: 'bring', label: { key: 'link.keepThere' } },
]

/** A half-filled form goes from one chat of a person to another; out of one that does not share, by its own yes. */
export const drafts: Pick<
  Record<LinkStep, LinkDefinition>,
  'looking' | 'keeping' | 'bringing' | 'resuming' | 'giving' | 'gave'
> = {
  looking: passing(
    () => intend({ kind: 'link.waiting' }),
    (data, reply) => {
      if (reply.kind === 'runs-asked') return ending({ key: 'link.runsAsked' }, MENU)
      if (reply.kind !== 'waiting' || reply.flow === null) {
        return ending({ key: 'link.nothing' }, MENU)
      }
      return { go: reply.clash ? 'keeping' : 'bringing', data: { ...data, flow: reply.flow } }
    },
  ),
  keeping: {
    enter: () => [say({ key: 'link.both' }, { quickReplies: KEEP })],
    receive: ({ flow }, input) => {
      const value = tapped(input)
      if (value === 'bring') return { go: 'bringing' }
      if (value === 'keep') return { end: true, next: { flow, input: NOTHING } }
      return { otherwise: { key: 'link.keepUnclear' } }
    },
    samples: () => KEEP.map(({ value }): Input => ({ type: 'choice', value })),
  },
  bringing: passing(
    () => intend({ kind: 'link.bring' }),
    (data, reply) =>
      reply.kind === 'brought'
        ? {
            go: 'resuming',
            data: { ...data, flow: reply.flow },
            effects: [say({ key: 'link.brought' })],
          }
        : ending({ key: 'link.nothing' }, MENU),
  ),
  resuming: passing(
    () => requestData({ kind: 'settled' }),
    ({ flow }) => ({ end: true, next: { flow, input: NOTHING } }),
  ),
  giving: passing(
    ({ entry }) => intend({ kind: 'link.give', entry: entry === '' ? null : entry }),
    (_, reply) =>
      reply.kind === 'given'
        ? { go: 'gave' }
        : ending(
            {
              key:
                reply.kind === 'both'
                  ? 'link.giveClash'
                  : reply.kind === 'not-here'
                    ? 'link.notHere'
                    : 'link.nothingToGive',
            },
            MENU,
          ),
  ),
  // Only now that they are gone is whatever else was open here taken up again.
  gave: passing(
    () => requestData({ kind: 'settled' }),
    () => ending({ key: 'link.given' }, MENU),
  ),
}
