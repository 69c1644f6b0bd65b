import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import { FieldKind, FormAnswers } from '../../programme/form/form-field.ts'

/** What a consent was given for. */
export const ProofPurpose = z.enum(['prescreen', 'application', 'sensitive'])
export type ProofPurpose = z.infer<typeof ProofPurpose>

const SaidToField = z.union([
  z.object({ typed: z.string() }),
  z.object({ chosen: z.array(z.string()) }),
  z.literal('skip'),
  z.literal('unsure'),
])
export type SaidToField = z.infer<typeof SaidToField>

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

const Named = z.object({ id: z.string(), name: z.string() })

/** A field as it is asked, already in the person's language. */
export const CorrectedField = z.object({
  id: z.string(),
  answerKind: z.enum(['typed', 'yes-no', 'one-of', 'some-of']),
  /** Left out in what was stored before it was kept. */
  takes: FieldKind.optional(),
  text: z.string(),
  explain: z.string(),
  options: z.array(Named),
  canSkip: z.boolean(),
  canBeUnsure: z.boolean(),
})
export type CorrectedField = z.infer<typeof CorrectedField>

/** A field of a case with its value, masked. */
export const CaseLine = z.object({ field: z.string(), label: z.string(), value: z.string() })

// The runner's own words: checked as messages when they are rendered.
const AnyText = z.custom<Text>((value) => typeof value === 'object' && value !== null)

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
  z.object({ kind: z.literal('correctable'), number: z.string(), lines: z.array(CaseLine) }),
  /** Numbers and office of the case hang on this field: only staff can change it. */
  z.object({ kind: z.literal('by-staff'), label: z.string() }),
  /** It is sensitive, and the separate consent (PIPL 29) does not stand. */
  z.object({ kind: z.literal('not-consented'), label: z.string() }),
  z.object({ kind: z.literal('field'), changes: FormAnswers, field: CorrectedField }),
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
