import * as z from 'zod'
import { say } from '../engine/define.ts'
import type { Effect, Input, StepDefinition, Text, Transition } from '../engine/types.ts'
import { TipOffTalk } from '../programme/tip-off.ts'
import { Key, type TipOffAsk, TipOffReply, Written } from './ask.ts'

export type Step =
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
  key: Key.nullable(),
  token: z.string(),
  /** A tip-off that number and word have opened, until when, and what is seen of it. */
  opened: z.object({ id: z.string(), until: z.string(), talk: TipOffTalk }).nullable(),
})
export type Data = z.infer<typeof Data>
export type Definition = StepDefinition<Data, Step>
export type Went = Transition<Data, Step>

export const EMPTY: Data = {
  written: { what: '', where: '', when: '', name: null, files: [] },
  key: null,
  token: '',
  opened: null,
}

/** Asks the world. */
export function ask(query: TipOffAsk): Effect {
  return { type: 'request', requestId: query.kind, query: { kind: 'tip-off', ask: query } }
}

/** Stores what the world made of a deed. */
export function store(deed: unknown): Effect {
  return { type: 'save', record: { kind: 'tip-off', deed } }
}

/** What the world answered; null: the input is no answer of it. */
export function replyOf(input: Input): TipOffReply | null {
  return input.type === 'result' ? TipOffReply.parse(input.value) : null
}

/** The value of a tapped option, or of none. */
export function tapped(input: Input): string {
  return input.type === 'choice' ? input.value : ''
}

/**
 * Says what is wrong and asks again. Never the engine's own way for what a step has no use for: that would look the
 * words up, and words of a tip-off go nowhere.
 */
export function again(text: Text): Went {
  return { wait: true, again: true, effects: [say(text)] }
}
