import type { Effect, Text } from './types.ts'

/** One pass through one flow, as it is stored between turns: plain JSON, no functions. `trail`: the steps behind, for `back`. */
export type Run = {
  flow: string
  version: number
  step: string
  data: unknown
  trail: readonly string[]
}

export type FlowState = {
  status: 'waiting' | 'failed'
  /** The last run is the one that is talking. Empty: nothing has been said yet. */
  stack: readonly Run[]
  /** Half-filled runs that were left, by flow. */
  parked: Readonly<Record<string, Run>>
  /** The entry that answered last, and when: words that lean on it are understood for a while. */
  answered?: { entry: string; at: string }
  /** Policy questions in a row that had no answer. */
  refused?: number
  /** Answers in a row that the open step could not use. */
  missed?: number
  /** Set where the person was asked whether what they filled in is really to be thrown away. */
  confirming?: true
  /** Set while the world is asked whether what was said is of use; never stored between turns. */
  trying?: boolean
  /** The album that a file of the last turn belonged to: the rest of it is not answered again. */
  album?: string
  /** Set while a `request` of the engine itself is open; never stored between turns. */
  asking?: { text: string; otherwise: Text | null }
}

/** `open`: a question of a flow waits for its answer. */
export type TurnResult = {
  state: FlowState
  effects: readonly Effect[]
  path: readonly string[]
  open?: boolean
}
