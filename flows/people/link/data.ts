import * as z from 'zod'
import { replyIn, say } from '../../engine/define.ts'
import type { Effect, Input, QuickReply, StepDefinition, Transition } from '../../engine/types.ts'
import { Key, type LinkIntent, type LinkingAsk, type LinkingReply, Listed, Who } from './ask.ts'

export type LinkStep =
  | 'offer'
  | 'making'
  | 'showing'
  | 'taking'
  | 'retry'
  | 'proving'
  | 'agreeing'
  | 'answering'
  | 'undoing'
  | 'looking'
  | 'keeping'
  | 'bringing'
  | 'resuming'
  | 'giving'
  | 'gave'
  | 'listing'
  | 'picking'
  | 'confirming'

export const LinkData = z.object({
  key: Key.nullable(),
  /** Which address is to be taken away or given to, of those that were listed. */
  entry: z.string(),
  addresses: z.array(Listed),
  /** The half-filled form that waits. */
  flow: z.string(),
  personal: z.boolean(),
  /** Which chat asks to be joined to this one, and whether the proof that it wants was given. */
  who: Who.nullable(),
  proved: z.boolean(),
  /** The asking that is answered or the joining that is undone; empty: the only or the last one. */
  id: z.string(),
  yes: z.boolean(),
})
export type LinkData = z.infer<typeof LinkData>
export type LinkDefinition = StepDefinition<LinkData, LinkStep>

export const EMPTY: LinkData = {
  key: null,
  entry: '',
  addresses: [],
  flow: '',
  personal: false,
  who: null,
  proved: false,
  id: '',
  yes: false,
}

export const NOTHING: Input = { type: 'choice', value: '' }

/** A step that only waits for the world. */
export function passing(
  ask: (data: LinkData) => Effect,
  receive: (data: LinkData, reply: LinkingReply) => Transition<LinkData, LinkStep>,
): LinkDefinition {
  return {
    passing: true,
    enter: (data) => [ask(data)],
    receive: (data, input) => {
      const reply = replyIn(input).linking
      return reply === undefined ? { otherwise: { key: 'link.codeUnclear' } } : receive(data, reply)
    },
    samples: () => [],
  }
}

/** Says a last word. */
export function ending(
  text: Parameters<typeof say>[0],
  ...quickReplies: readonly QuickReply[]
): Transition<LinkData, LinkStep> {
  return { end: true, effects: [say(text, { quickReplies })] }
}

/** Asks the world. */
export function requestData(asked: LinkingAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'linking', ask: asked } }
}

/** Has something done. */
export function intend(intent: LinkIntent): Effect {
  return { type: 'intend', intent }
}

/** The value of a tapped button; empty for anything else. */
export function tapped(input: Input): string {
  return input.type === 'choice' ? input.value : ''
}
