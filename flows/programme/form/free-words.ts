import { actOf } from '../../engine/acts.ts'
import { normaliseLine } from '../../engine/hearing.ts'
import { checkField } from './check-field.ts'
import type { FieldContext } from './field-input.ts'
import type { Form } from './form.ts'
import type { FormField, FormValue } from './form-field.ts'

/** The option that stands for all that a list does not name, and the field that then asks what it is. */
const OTHER = 'other'

/** The field that takes, in words, what is none of a field's options; null where there is no such way. */
export function otherWords(
  { fields }: Form,
  { id, kind, options = [] }: FormField,
): FormField | null {
  if (kind !== 'one-of' || !options.some((option) => option.id === OTHER)) return null
  const asks = fields.find(
    ({ kind: takes, askedIf }) =>
      takes === 'text' &&
      askedIf?.op === 'is' &&
      askedIf.question === id &&
      askedIf.options.includes(OTHER),
  )
  return asks ?? null
}

/**
 * The answers that free words give where they are none of the options: "another one", and what it is. Null for what is a
 * short reply, a mere number, or too little to be one.
 */
export function fromFreeWords(
  form: Form,
  field: FormField,
  typed: string,
  context: FieldContext,
): Readonly<Record<string, FormValue>> | null {
  const words = otherWords(form, field)
  if (words === null || actOf(typed) !== null || NO_TRADE.test(normaliseLine(typed))) return null
  if (!/\p{Script=Han}{2}|\p{L}{4}/u.test(typed)) return null
  const checked = checkField(words, { typed }, context)
  return checked.ok ? { [field.id]: OTHER, [words.id]: checked.value } : null
}

/** What speaks of the asking and not of a trade. */
const NO_TRADE =
  /^(?:不|没|我不|我没|你|您|嗯|哦|啊|这|那|为|怎|咋|啥|什么|哪|等|先|再|谢|好|行|可以|i (?:don|do not|am not|can)|you|no\b|not\b|what|why|how|which)|\d{5}|[?？]|[吗呢么]$/

/** True where typed words say the option, the place or the sum otherwise than it is written, so that it is said back. */
export function isSaidOtherwise(kind: FormField['kind'], typed: string, shown: string): boolean {
  const line = normaliseLine(typed)
  const written = normaliseLine(shown)
  if (written === line || written === `${line}元` || /^[\d\s,.、和与及]+$/.test(line)) return false
  return ['one-of', 'some-of', 'place', 'money'].includes(kind)
}
