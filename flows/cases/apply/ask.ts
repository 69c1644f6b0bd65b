import * as z from 'zod'
import {
  AnyText,
  AskedField,
  Named,
  Review,
  SaidToField,
} from '../../programme/form/dialog/asked.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import { Answers } from '../../programme/rules/answers.ts'

/** What the apply flow asks of the world; answered by src/cases/flow/application.ts with an `ApplyReply`. */
export const ApplyAsk = z.discriminatedUnion('kind', [
  /** May this person begin, and what does the pre-screen already tell? */
  z.object({ kind: z.literal('begin') }),
  z.object({
    kind: z.literal('next'),
    answers: FormAnswers,
    /** The separate consent for sensitive facts: null until it was asked for. */
    sensitive: z.boolean().nullable(),
    /** The answers of the pre-screen that are carried over, until they have been. */
    prescreen: Answers.nullable(),
    /** The item to ask again, a field or `sensitive`; null for the next open one. */
    editing: z.string().nullable(),
    /** The fields that were asked so far, in order. */
    asked: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('said'),
    answers: FormAnswers,
    field: z.string(),
    said: SaidToField,
  }),
  z.object({ kind: z.literal('submit'), answers: FormAnswers }),
])
export type ApplyAsk = z.infer<typeof ApplyAsk>

export const ApplyReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** One person, one application: there is one already. `returned`: it waits for what is missing. */
  z.object({ kind: z.literal('open-case'), number: z.string(), returned: z.boolean() }),
  /** The programme answers questions only. */
  z.object({ kind: z.literal('not-offered') }),
  /** `answers`: with what was carried over; `carried`: what that is called. */
  z.object({
    kind: z.literal('asked'),
    answers: FormAnswers,
    field: AskedField,
    carried: z.array(z.string()),
  }),
  z.object({ kind: z.literal('sensitive') }),
  z.object({ kind: z.literal('reviewed'), answers: FormAnswers, review: Review }),
  z.object({
    kind: z.literal('heard'),
    answers: FormAnswers,
    /** What was understood besides the field that was asked for. */
    also: z.array(z.string()),
    note: AnyText.nullable(),
  }),
  /** `answers`: with what was understood all the same. */
  z.object({
    kind: z.literal('problem'),
    answers: FormAnswers,
    also: z.array(z.string()),
    problem: AnyText,
    /** What was typed: it may be a question about the policy. */
    typed: z.string().nullable(),
  }),
  z.object({ kind: z.literal('which'), options: z.array(Named) }),
  /** This person handed in an application under this identity number already. */
  z.object({ kind: z.literal('taken'), number: z.string() }),
  z.object({
    kind: z.literal('submitted'),
    number: z.string(),
    /** The record that stores it. */
    submission: z.unknown(),
    next: z.string(),
    decides: z.string().nullable(),
    documents: z.array(z.string()),
  }),
])
export type ApplyReply = z.infer<typeof ApplyReply>
