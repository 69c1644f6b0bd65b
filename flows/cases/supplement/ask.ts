import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import { FieldKind, FormAnswers } from '../../programme/form/form-field.ts'

/** The separate consent for sensitive facts: null until it was asked for. */
const Sensitive = z.boolean().nullable()

/** What was handed in so far, in answer to one return of a case. */
const Progress = z.object({
  /** Null: whichever of the person's cases was returned. */
  number: z.string().nullable(),
  /** The case's version when it was looked at first; null: it was not yet. */
  version: z.number().nullable(),
  answers: FormAnswers,
  sensitive: Sensitive,
  /** Papers that were sent, or will be brought to the office. */
  sent: z.array(z.string()),
  office: z.array(z.string()),
})
export type Progress = z.infer<typeof Progress>

/** What the supplement asks of the world; answered by src/cases/flow/case-supplement.ts. */
export const SupplementAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('next-piece'), progress: Progress }),
  z.object({
    kind: z.literal('said'),
    progress: Progress,
    field: z.string(),
    said: z.union([
      z.object({ typed: z.string() }),
      z.object({ chosen: z.array(z.string()) }),
      z.literal('skip'),
      z.literal('unsure'),
    ]),
  }),
  z.object({ kind: z.literal('resubmit'), progress: Progress }),
])
export type SupplementAsk = z.infer<typeof SupplementAsk>

// The runner's own words: checked as messages when they are rendered.
const AnyText = z.custom<Text>((value) => typeof value === 'object' && value !== null)
const Named = z.object({ id: z.string(), name: z.string() })

/** A field as it is asked, already in the person's language. */
export const PieceField = z.object({
  kind: z.literal('field'),
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
export type PieceField = z.infer<typeof PieceField>

/** A paper as it is asked for; `files`: how many have come since the case was returned. */
export const PieceDocument = z.object({
  kind: z.literal('document'),
  id: z.string(),
  name: z.string(),
  why: z.string(),
  files: z.number(),
})
export type PieceDocument = z.infer<typeof PieceDocument>

/** The separate consent, before the first sensitive field that has no answer yet. */
const PieceConsent = z.object({ kind: z.literal('sensitive') })

/** Everything that was asked for, one line a piece; `key` takes it back. */
export const PieceReview = z.object({
  kind: z.literal('review'),
  lines: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
})
export type PieceReview = z.infer<typeof PieceReview>

export const RequestedItem = z.discriminatedUnion('kind', [
  PieceField,
  PieceDocument,
  PieceConsent,
  PieceReview,
])
export type RequestedItem = z.infer<typeof RequestedItem>

export const SupplementReply = z.discriminatedUnion('kind', [
  /** Nothing is asked for; number and stage of the case where there is one. */
  z.object({
    kind: z.literal('nothing'),
    case: z.object({ number: z.string(), stage: z.string() }).nullable(),
  }),
  z.object({
    kind: z.literal('piece'),
    caseId: z.string(),
    number: z.string(),
    version: z.number(),
    /** Staff have moved the case since: what they ask for may be another. */
    changed: z.boolean(),
    piece: RequestedItem,
    done: z.number(),
    of: z.number(),
  }),
  z.object({ kind: z.literal('heard'), answers: FormAnswers, note: AnyText.nullable() }),
  /** `typed`: the words may be a question about the policy. */
  z.object({ kind: z.literal('problem'), problem: AnyText, typed: z.string().nullable() }),
  z.object({ kind: z.literal('which'), options: z.array(Named) }),
  /** The identity number is that of another application. */
  z.object({ kind: z.literal('taken') }),
  /** `move`: the record that stores it. */
  z.object({
    kind: z.literal('resubmitted'),
    number: z.string(),
    move: z.unknown(),
    next: z.string(),
    office: z.array(z.string()),
  }),
])
export type SupplementReply = z.infer<typeof SupplementReply>
