import type { Locale, MessageKey } from '../../../locales/keys.ts'
import type { Text } from '../../engine/types.ts'
import type { PlaceTable } from '../places/place-table.ts'
import type { FormAnswers, FormValue } from './form-field.ts'

/**
 * What a person said to a field: typed words, or what was chosen: options or places by id (none of
 * them: empty), `yes` or `no`; or that it is to be left out, or that they are not sure.
 */
export type FieldInput =
  | { readonly typed: string }
  | { readonly chosen: readonly string[] }
  | 'skip'
  | 'unsure'

/** What a field is checked with. `today`: a moment, or a day of China as YYYY-MM-DD. */
export type FieldContext = {
  readonly today: string
  readonly places: PlaceTable
  readonly locale: Locale
  readonly answers: FormAnswers
}

/** `note`: it is taken, and this is said with it. `which`: the ids of what may have been meant. */
export type Checked =
  | { readonly ok: true; readonly value: FormValue; readonly note?: Text }
  | { readonly ok: false; readonly problem: Text }
  | { readonly ok: false; readonly which: readonly string[] }

/** It is taken. */
export function accept(value: FormValue, note?: Text): Checked {
  return note === undefined ? { ok: true, value } : { ok: true, value, note }
}

/** It is not taken, and this says why and what to do. */
export function reject(key: MessageKey, params?: Record<string, string | number>): Checked {
  return { ok: false, problem: params === undefined ? { key } : { key, params } }
}
