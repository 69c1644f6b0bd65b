import * as z from 'zod'
import {
  AnyText,
  AskedConsent,
  AskedField,
  Named,
  Review,
  SaidToField,
} from '../../programme/form/dialog/asked.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'

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
  /** `editing`: the piece to ask again, by its key; null for the next open one. */
  z.object({
    kind: z.literal('next-piece'),
    progress: Progress,
    editing: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('said'),
    progress: Progress,
    field: z.string(),
    said: SaidToField,
  }),
  z.object({ kind: z.literal('resubmit'), progress: Progress }),
])
export type SupplementAsk = z.infer<typeof SupplementAsk>

/** A paper as it is asked for; `files`: how many have come since the case was returned. */
export const PieceDocument = z.object({
  kind: z.literal('document'),
  id: z.string(),
  name: z.string(),
  why: z.string(),
  files: z.number(),
})
export type PieceDocument = z.infer<typeof PieceDocument>

/** What is asked for in turn; the lines of the review are named by their keys (`field:…`, `document:…`, `sensitive`). */
export const RequestedItem = z.discriminatedUnion('kind', [
  AskedField,
  PieceDocument,
  AskedConsent,
  Review,
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
