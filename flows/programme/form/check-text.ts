import { accept, type Checked, reject } from './field-input.ts'
import type { FormField } from './form-field.ts'

/** Characters of a text that sets no limit of its own. */
const LONGEST = 200

/** What is built like an identity number or a mobile number, however it is grouped: it belongs nowhere in free text. */
const PERSONAL =
  /(?<!\d)(?:\d{6}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx]|(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)/

/**
 * Checks free text: something in words, within the field's length. Marks and spaces stay as they
 * were typed; control and invisible characters fall away.
 */
export function checkText({ limits }: FormField, typed: string): Checked {
  const text = typed
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const { min = 1, max = LONGEST } = limits ?? {}
  const length = [...text].length
  if (text === '') return reject('form.textEmpty')
  if (!/[\p{L}\p{N}]/u.test(text)) return reject('form.textMarks')
  if (PERSONAL.test(text.normalize('NFKC'))) return reject('form.textNumber')
  if (!/\p{L}/u.test(text)) return reject('form.textDigits')
  if (/^(?:没有|没|无|none|nothing|no)$/i.test(text)) return reject('form.textNone')
  if (length < min) return reject('form.textShort', { min })
  if (length > max) return reject('form.textLong', { max, length })
  return accept(text)
}
