import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import {
  AskedConsent,
  AskedField,
  type Named,
  Review,
  type SaidToField,
} from '../../programme/form/dialog/asked.ts'
import type { FormAnswers } from '../../programme/form/form-field.ts'

/** What was handed in so far, in answer to one return of a case. */
export type Progress = {
  /** Null: whichever of the person's cases was returned. */
  number: string | null
  /** The case's version when it was looked at first; null: it was not yet. */
  version: number | null
  answers: FormAnswers
  /** The separate consent for sensitive facts: null until it was asked for. */
  sensitive: boolean | null
  /** Papers that were sent, or will be brought to the office. */
  sent: string[]
  office: string[]
}

/** What the supplement asks of the world; answered by src/cases/flow/case-supplement.ts. */
export type SupplementAsk =
  /** `editing`: the piece to ask again, by its key; null for the next open one. */
  | { kind: 'next-piece'; progress: Progress; editing: string | null }
  | {
      kind: 'said'
      progress: Progress
      field: string
      said: SaidToField
    }

/** Hands the case in again. */
export type ResubmitIntent = { kind: 'case.resubmit'; progress: Progress }

/** A paper as it is asked for; `files`: how many have come since the case was returned. */
export const PieceDocument = z.object({
  kind: z.literal('document'),
  id: z.string(),
  name: z.string(),
  why: z.string(),
  files: z.number(),
})
export type PieceDocument = z.infer<typeof PieceDocument>

/** What is asked for in turn; the review's lines are named by their keys (`field:…`, `document:…`, `sensitive`). */
export const RequestedItem = z.discriminatedUnion('kind', [
  AskedField,
  PieceDocument,
  AskedConsent,
  Review,
])
export type RequestedItem = z.infer<typeof RequestedItem>

export type SupplementReply =
  /** Nothing is asked for; number and stage of the case where there is one. */
  | { kind: 'nothing'; case: { number: string; stage: string } | null }
  | {
      kind: 'piece'
      caseId: string
      number: string
      version: number
      /** Staff have moved the case since: what they ask for may be another. */
      changed: boolean
      piece: RequestedItem
      done: number
      of: number
    }
  | { kind: 'heard'; answers: FormAnswers; note: Text | null }
  /** `typed`: the words may be a question about the policy. */
  | { kind: 'problem'; problem: Text; typed: string | null }
  | { kind: 'which'; options: Named[] }
  /** The identity number is that of another application. */
  | { kind: 'taken' }
  | { kind: 'resubmitted'; number: string; next: string; office: string[] }
