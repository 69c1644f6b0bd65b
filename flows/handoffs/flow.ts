import * as z from 'zod'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import { DID_IT_HELP } from '../engine/hand-off.ts'
import type { Input, Transition } from '../engine/types.ts'
import type { HelpedReply } from './ask.ts'

type Step = 'asking'
const Data = z.object({})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

/** Hears whether what staff answered has helped, by the buttons that stand below the words of its end. */
export const helpedFlow = defineFlow({
  id: 'helped',
  version: 1,
  data: Data,
  initial: {},
  start: 'asking',
  help: { key: 'handoff.helpedHelp' },
  shows: ['asking'],
  open: (input) => hear(input),
  steps: {
    asking: {
      enter: () => [say({ key: 'handoff.didItHelp' }, { quickReplies: DID_IT_HELP })],
      receive: (_, input) => {
        const reply = replyIn(input).helped
        return reply === undefined
          ? (hear(input) ?? { otherwise: { key: 'handoff.helpedUnclear' } })
          : { end: true, effects: [tell(reply)] }
      },
      samples: () => ['yes', 'no'].map((value): Input => ({ type: 'choice', value })),
    },
  },
  migrations: {},
})

function hear(input: Input): Transition<Data, Step> | null {
  const said = input.type === 'choice' ? input.value.split(':').at(-1) : ''
  if (said !== 'yes' && said !== 'no') return null
  const intent = { kind: 'handoff.helped', isHelped: said === 'yes' } as const
  return { wait: true, effects: [{ type: 'intend', intent }] }
}

function tell(reply: HelpedReply) {
  const menu = { value: '!menu', label: { key: 'handoff.menu' } } as const
  const person = { value: '!person', label: { key: 'handoff.person' } } as const
  if (reply.kind === 'nothing') {
    return say({ key: 'handoff.helpedNothing' }, { quickReplies: [person, menu] })
  }
  return reply.isHelped
    ? say({ key: 'handoff.helpedYes' }, { quickReplies: [menu] })
    : say({ key: 'handoff.helpedNo' }, { quickReplies: [person, menu] })
}
