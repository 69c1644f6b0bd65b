import * as z from 'zod'
import type { Effect } from '../../engine/types.ts'
import {
  AnyText,
  AskedField,
  Named,
  Review,
  SaidToField,
} from '../../programme/form/dialog/asked.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'

/** What a consent was given for. */
export const ProofPurpose = z.enum(['prescreen', 'application', 'sensitive'])
export type ProofPurpose = z.infer<typeof ProofPurpose>

/** What the flow asks of the world; answered by src/people/flow/my-data.ts with a `MyDataReply`. */
export const MyDataAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('overview') }),
  z.object({ kind: z.literal('copy') }),
  z.object({ kind: z.literal('consents') }),
  z.object({ kind: z.literal('withdraw'), purpose: ProofPurpose }),
  z.object({ kind: z.literal('correctable') }),
  /** A field of a case as it is asked; `changes` so far. */
  z.object({
    kind: z.literal('field'),
    number: z.string(),
    field: z.string(),
    changes: FormAnswers,
  }),
  z.object({
    kind: z.literal('correct'),
    number: z.string(),
    field: z.string(),
    changes: FormAnswers,
    said: SaidToField,
  }),
  z.object({ kind: z.literal('erasure') }),
  z.object({ kind: z.literal('erase') }),
])
export type MyDataAsk = z.infer<typeof MyDataAsk>

/** The link as the turn stores it, and how long it is good. */
const OneTimeLink = z.object({
  minutes: z.number(),
  tokenHash: z.string(),
  carried: z.unknown(),
  expiresAt: z.string(),
})

export const MyDataReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('overview'), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('copied'), receipt: z.string(), url: z.string(), link: OneTimeLink }),
  /** This channel shows no page: the way to the one that does. */
  z.object({ kind: z.literal('copy-elsewhere'), url: z.string(), link: OneTimeLink }),
  z.object({
    kind: z.literal('consents'),
    granted: z.array(ProofPurpose),
    /** The open case that a withdrawn application ends. */
    number: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('withdrawn'),
    receipt: z.string(),
    purpose: ProofPurpose,
    version: z.string(),
    fields: z.array(z.string()),
    /** The record that withdraws the case; null where there is none. */
    move: z.unknown(),
    number: z.string().nullable(),
  }),
  z.object({ kind: z.literal('draft') }),
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('too-late'), number: z.string(), stage: z.string() }),
  /** `review`: the case's items with their values, masked. */
  z.object({ kind: z.literal('correctable'), number: z.string(), review: Review }),
  /** Numbers and office of the case hang on this field: only staff can change it. */
  z.object({ kind: z.literal('by-staff'), label: z.string() }),
  /** It is sensitive, and the separate consent (PIPL 29) does not stand. */
  z.object({ kind: z.literal('not-consented'), label: z.string() }),
  z.object({ kind: z.literal('field'), changes: FormAnswers, field: AskedField }),
  z.object({ kind: z.literal('problem'), problem: AnyText }),
  z.object({ kind: z.literal('which'), options: z.array(Named) }),
  z.object({
    kind: z.literal('corrected'),
    receipt: z.string(),
    number: z.string(),
    /** The record that stores it. */
    move: z.unknown(),
    note: AnyText.nullable(),
  }),
  z.object({
    kind: z.literal('erasure'),
    goes: z.array(z.string()),
    keeps: z.array(z.string()),
  }),
  z.object({ kind: z.literal('erased'), receipt: z.string(), erasure: z.unknown() }),
])
export type MyDataReply = z.infer<typeof MyDataReply>

/** What the flow asks, as an effect. */
export function requestData(asked: MyDataAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'my-data', ask: asked } }
}
