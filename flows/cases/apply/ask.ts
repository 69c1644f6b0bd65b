import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import { FieldKind, type FormAnswers } from '../../programme/form/form-field.ts'
import type { Answers } from '../../programme/rules/answers.ts'

type SaidToField = { typed: string } | { chosen: string[] } | 'skip' | 'unsure'

/** What the apply flow asks of the world; answered by src/cases/flow/application.ts with an `ApplyReply`. */
export type ApplyAsk =
  /** May this person begin, and what does the pre-screen already tell? */
  | { kind: 'begin' }
  | {
      kind: 'next'
      answers: FormAnswers
      /** The separate consent for sensitive facts: null until it was asked for. */
      sensitive: boolean | null
      /** The answers of the pre-screen that are carried over, until they have been. */
      prescreen: Answers | null
      /** The field to ask again; null for the next open one. */
      editing: string | null
    }
  | { kind: 'said'; answers: FormAnswers; field: string; said: SaidToField }

/** Hands the application in. */
export type SubmitIntent = { kind: 'case.submit'; answers: FormAnswers }

const Named = z.object({ id: z.string(), name: z.string() })
type Named = z.infer<typeof Named>

/** A field as it is asked, already in the person's language. */
export const AskedField = z.object({
  kind: z.literal('field'),
  id: z.string(),
  answerKind: z.enum(['typed', 'yes-no', 'one-of', 'some-of']),
  /** Left out in what was stored before it was kept. */
  takes: FieldKind.optional(),
  /** Words that are none of its options are taken, too: "another one", and what it is. */
  takesOther: z.boolean().optional(),
  text: z.string(),
  explain: z.string(),
  options: z.array(Named),
  canSkip: z.boolean(),
  canBeUnsure: z.boolean(),
  /** How many were answered, and how many there are as far as can be told. */
  done: z.number(),
  of: z.number(),
  /** True where it was answered and is being changed. */
  editing: z.boolean(),
})
export type AskedField = z.infer<typeof AskedField>

/** Everything that was answered, masked, one line a field. */
export const Review = z.object({
  kind: z.literal('review'),
  lines: z.array(z.object({ field: z.string(), label: z.string(), line: z.string() })),
})
export type Review = z.infer<typeof Review>

export type ApplyReply =
  | { kind: 'ready' }
  /** One person, one application: there is one already. */
  | { kind: 'open-case'; number: string }
  /** The programme answers questions only. */
  | { kind: 'not-offered' }
  /** `answers`: with what was carried over. */
  | { kind: 'asked'; answers: FormAnswers; field: AskedField }
  | { kind: 'sensitive' }
  | { kind: 'reviewed'; answers: FormAnswers; review: Review }
  | {
      kind: 'heard'
      answers: FormAnswers
      /** What was understood besides the field that was asked for. */
      also: string[]
      note: Text | null
    }
  /** `answers`: with what was understood all the same. */
  | {
      kind: 'problem'
      answers: FormAnswers
      also: string[]
      problem: Text
      /** What was typed: it may be a question about the policy. */
      typed: string | null
    }
  | { kind: 'which'; options: Named[] }
  /** Somebody handed in an application for this identity number already. */
  | { kind: 'taken' }
  | {
      kind: 'submitted'
      number: string
      next: string
      decides: string | null
      documents: string[]
    }
