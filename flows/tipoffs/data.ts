import * as z from 'zod'
import { replyIn, say } from '../engine/define.ts'
import type { Effect, Input, StepDefinition, Text, Transition } from '../engine/types.ts'
import { TipOffTalk } from '../programme/tip-off.ts'
import { type TipOffIntent, TipOffKey, type TipOffReply, Written } from './ask.ts'

export type TipOffStep =
  | 'choosing'
  | 'leading'
  | 'arriving'
  | 'askName'
  | 'askWhat'
  | 'askWhere'
  | 'askWhen'
  | 'askFiles'
  | 'keeping'
  | 'askKey'
  | 'talking'

/** All of it is forgotten as the flow ends: nothing is kept for coming back to. */
export const Data = z.object({
  written: Written,
  /** Made before it is handed in, and shown once. */
  key: TipOffKey.nullable(),
  token: z.string(),
  /** A tip-off that number and word have opened, until when, and what is seen of it. */
  opened: z.object({ id: z.string(), until: z.string(), talk: TipOffTalk }).nullable(),
})
export type Data = z.infer<typeof Data>
export type Definition = StepDefinition<Data, TipOffStep>
export type TipOffTransition = Transition<Data, TipOffStep>

export const EMPTY: Data = {
  written: { what: '', where: '', when: '', name: null, files: [] },
  key: null,
  token: '',
  opened: null,
}

/** Asks the world for a number and a word. */
export const MINT: Effect = {
  type: 'request',
  requestId: 'mint',
  query: { kind: 'tip-off', ask: { kind: 'mint' } },
}

/** Has the world do something. */
export function intend(intent: TipOffIntent): Effect {
  return { type: 'intend', intent }
}

/** What the world answered; undefined: the input is no answer of it. */
export function replyOf(input: Input): TipOffReply | undefined {
  return replyIn(input).tipOff
}

/** The value of a tapped option, or of none. */
export function tapped(input: Input): string {
  return input.type === 'choice' ? input.value : ''
}

/**
 * Says what is wrong and asks again. Never the engine's own way for what a step has no use for: that would look the
 * words up, and words of a tip-off go nowhere.
 */
export function again(text: Text): TipOffTransition {
  return { wait: true, again: true, effects: [say(text)] }
}
