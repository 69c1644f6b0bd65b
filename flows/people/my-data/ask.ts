import * as z from 'zod'
import type { Effect, Text } from '../../engine/types.ts'
import type { AskedField, Named, Review, SaidToField } from '../../programme/form/dialog/asked.ts'
import type { FormAnswers } from '../../programme/form/form-field.ts'

/** What a consent was given for. */
export const ProofPurpose = z.enum(['prescreen', 'application', 'sensitive', 'payment'])
export type ProofPurpose = z.infer<typeof ProofPurpose>

/** What the flow asks of the world; answered by src/people/flow/my-data.ts with a `MyDataReply`. */
export type MyDataAsk =
  | { kind: 'overview' }
  | { kind: 'consents' }
  | { kind: 'correctable' }
  /** A field of a case as it is asked; `changes` so far. */
  | { kind: 'field'; number: string; field: string; changes: FormAnswers }
  | { kind: 'erasure' }

/** What a person has done with their data; src/people/flow/my-data.ts plans it. */
export type DataIntent =
  | { kind: 'data.copy' }
  | { kind: 'data.withdraw'; purpose: ProofPurpose }
  /** A new value; stored once no other field hangs on it that has no answer. */
  | { kind: 'data.correct'; number: string; field: string; changes: FormAnswers; said: SaidToField }
  | { kind: 'data.erase' }

export type MyDataReply =
  | { kind: 'overview'; lines: string[] }
  | { kind: 'copied'; receipt: string; url: string; minutes: number }
  /** This channel shows no page: the way to the one that does. */
  | { kind: 'copy-elsewhere'; url: string; minutes: number }
  | {
      kind: 'consents'
      granted: ProofPurpose[]
      /** The open case that a withdrawn application ends. */
      number: string | null
    }
  | {
      kind: 'withdrawn'
      receipt: string
      purpose: ProofPurpose
      number: string | null
    }
  | { kind: 'draft' }
  | { kind: 'nothing' }
  | { kind: 'too-late'; number: string; stage: string }
  /** `review`: the case's items with their values, masked. */
  | { kind: 'correctable'; number: string; review: Review }
  /** Numbers and office of the case hang on this field: only staff can change it. */
  | { kind: 'by-staff'; label: string }
  /** It is sensitive, and the separate consent (PIPL 29) does not stand. */
  | { kind: 'not-consented'; label: string }
  | { kind: 'field'; changes: FormAnswers; field: AskedField }
  | { kind: 'problem'; problem: Text }
  | { kind: 'which'; options: Named[] }
  | {
      kind: 'corrected'
      receipt: string
      number: string
      note: Text | null
    }
  | { kind: 'erasure'; goes: string[]; keeps: string[] }
  | { kind: 'erased'; receipt: string }

/** What the flow asks, as an effect. */
export function requestData(asked: MyDataAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'data', ask: asked } }
}

/** What the flow has done, as an effect. */
export function intend(intent: DataIntent): Effect {
  return { type: 'intend', intent }
}
