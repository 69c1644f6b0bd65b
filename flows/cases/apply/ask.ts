import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import { FieldKind, FormAnswers } from '../../programme/form/form-field.ts'
import { Answers } from '../../programme/rules/answers.ts'

/** The separate consent for sensitive facts: null until it was asked for. */
const Sensitive = z.boolean().nullable()

const SaidToField = z.union([
  z.object({ typed: z.string() }),
  z.object({ chosen: z.array(z.string()) }),
  z.literal('skip'),
  z.literal('unsure'),
])

/** What the apply flow asks of the world; answered by src/cases/flow/application.ts with an `ApplyReply`. */
export const ApplyAsk = z.discriminatedUnion('kind', [
  /** May this person begin, and what does the pre-screen already tell? */
  z.object({ kind: z.literal('begin') }),
  z.object({
    kind: z.literal('next'),
    answers: FormAnswers,
    sensitive: Sensitive,
    /** The answers of the pre-screen that are carried over, until they have been. */
    prescreen: Answers.nullable(),
    /** The field to ask again; null for the next open one. */
    editing: z.string().nullable(),
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

// The runner's own words: checked as messages when they are rendered.
const AnyText = z.custom<Text>((value) => typeof value === 'object' && value !== null)
const Named = z.object({ id: z.string(), name: z.string() })

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

export const ApplyReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** One person, one application: there is one already. */
  z.object({ kind: z.literal('open-case'), number: z.string() }),
  /** The programme answers questions only. */
  z.object({ kind: z.literal('not-offered') }),
  /** `answers`: with what was carried over. */
  z.object({ kind: z.literal('asked'), answers: FormAnswers, field: AskedField }),
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
  /** Somebody handed in an application for this identity number already. */
  z.object({ kind: z.literal('taken') }),
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
