import type { Locale } from '../../../locales/keys.ts'
import type { Text } from '../../engine/types.ts'
import { formatMoney } from '../money/format-money.ts'
import type { PlaceTable } from '../places/place-table.ts'
import { NOT_SURE } from '../rules/answers.ts'
import type { Form } from './form.ts'
import { currentAnswers } from './form-answers.ts'
import { type FormAnswers, type FormField, type FormValue, SKIPPED } from './form-field.ts'
import { maskValue } from './mask.ts'

/** One line of the review: a field, its few words, and what stands in it. */
export type ReviewLine = { readonly field: string; readonly label: string; readonly value: Text }

/**
 * A form as it is shown before it is submitted, in its own order: whatever the order of answering,
 * the same answers make the same lines. `masked` hides what identifies a person; `only`: no other fields.
 */
export function reviewLines(
  form: Form,
  answers: FormAnswers,
  locale: Locale,
  { masked, places, only }: { masked: boolean; places: PlaceTable; only?: readonly string[] },
): ReviewLine[] {
  const current = currentAnswers(form, answers)
  return form.fields.flatMap((field) => {
    const value = current[field.id]
    if (value === undefined || only?.includes(field.id) === false) return []
    const shown = answerWords(field, value, locale, { masked, places })
    return [{ field: field.id, label: field.label[locale], value: shown }]
  })
}

/** What stands in a field, as it is shown. */
export function answerWords(
  field: FormField,
  value: FormValue,
  locale: Locale,
  { masked, places }: { masked: boolean; places: PlaceTable },
): Text {
  return masked && field.personal ? hide(field, value) : show(field, value, locale, places)
}

function hide({ kind }: FormField, value: FormValue): Text {
  if (value === SKIPPED) return { key: 'form.skipped' }
  return { text: typeof value === 'string' ? maskValue(kind, value) : '****' }
}

function show(field: FormField, value: FormValue, locale: Locale, places: PlaceTable): Text {
  if (value === SKIPPED) return { key: 'form.skipped' }
  if (value === NOT_SURE && field.unsure) return { key: 'programme.notSure' }
  if (typeof value === 'boolean') return { key: value ? 'form.yes' : 'form.no' }
  if (typeof value === 'number') {
    return { text: field.kind === 'money' ? formatMoney(value, locale) : String(value) }
  }
  const names = [...(field.options ?? []), ...(field.kind === 'place' ? places.own : [])]
  const nameOf = (id: string) => names.find((one) => one.id === id)?.name[locale] ?? id
  if (typeof value === 'string') {
    return { text: nameOf(value) }
  }
  if (value.length === 0) return { key: 'form.none' }
  return { text: value.map(nameOf).join(locale === 'en' ? '; ' : '、') }
}
