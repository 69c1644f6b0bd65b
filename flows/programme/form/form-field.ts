import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { isPlainAnswer, isRecordOf, NOT_SURE } from '../rules/answers.ts'
import { Condition } from '../rules/conditions.ts'
import { Id } from '../rules/questions.ts'

/** What stands for an optional field that was left out, or a sensitive one that was refused. */
export const SKIPPED = null

/**
 * What stands in a field: text, an option's or a place's id, `not-sure`, yes or no, an amount (fen) or
 * a number of people, the ids of several options (empty: none of them), or `SKIPPED`. Plain JSON.
 */
export const FormValue = z.union([
  z.boolean(),
  z.number().int().nonnegative(),
  z.string().min(1),
  z.array(z.string()),
  z.null(),
])
export type FormValue = z.infer<typeof FormValue>

/**
 * By field; a field that is missing was not answered. The order means nothing. Looked at without being
 * copied: they go to and fro with every turn of a form.
 */
export const FormAnswers = z.custom<Readonly<Record<string, FormValue>>>((answers) =>
  isRecordOf(answers, isFormValue),
)
export type FormAnswers = z.infer<typeof FormAnswers>

function isFormValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return value === SKIPPED || isPlainAnswer(value)
}

const FieldId = z.string().regex(/^[a-z][A-Za-z0-9]*$/)

const FormOption = z.object({
  id: Id.refine((id) => id !== NOT_SURE, { error: 'not-sure is offered by `unsure`.' }),
  name: Bilingual,
  /** The term in one line. */
  explain: Bilingual.optional(),
  /** Other words people type for it. */
  aliases: z.array(z.string().min(1)).optional(),
})

/** What a field takes. */
export const FieldKind = z.enum([
  'name',
  'identity-number',
  'mobile',
  /** A place of the pack's own table, by id. */
  'place',
  'text',
  'one-of',
  'some-of',
  'yes-no',
  'credit-code',
  /** Typed in yuan, kept in fen. */
  'money',
  'count',
  'bank-card',
])

const Limits = z.object({
  /** text: characters · money: fen · count: number · bank-card: digits, both bounds, of any account. */
  min: z.number().int().nonnegative().optional(),
  max: z.number().int().positive().optional(),
  /** A count that must stay below an earlier count: helpers are fewer than all people. */
  lessThan: FieldId.optional(),
})

export const FormField = z.object({
  id: FieldId,
  kind: FieldKind,
  /** A few words, for the review. */
  label: Bilingual,
  /** The question. */
  text: Bilingual,
  /** In one line: why it is asked, or what the term means. */
  explain: Bilingual,
  /** Of one-of and some-of. */
  options: z.array(FormOption).optional(),
  /** May be left out. */
  optional: z.boolean().optional(),
  /** "Not sure" is an answer. */
  unsure: z.boolean().optional(),
  /** Asked only if this holds of earlier fields; `question` names a field. */
  askedIf: Condition.optional(),
  /** A sensitive fact (PIPL 28): only with the separate consent (29). */
  sensitive: z.boolean().optional(),
  /** Identifies a person: masked wherever it is shown. */
  personal: z.boolean().optional(),
  limits: Limits.optional(),
  /** The question of the pre-screen that fills it; `when`: what each of its options means here. */
  from: z
    .object({
      question: Id,
      when: z.array(z.object({ is: z.array(Id).min(1), value: FormValue })).optional(),
    })
    .optional(),
  /** credit-code: what is said of a kind of registration; the code is taken all the same. */
  notes: z.partialRecord(z.enum(['individual', 'cooperative', 'other']), Bilingual).optional(),
})
export type FormField = z.infer<typeof FormField>
