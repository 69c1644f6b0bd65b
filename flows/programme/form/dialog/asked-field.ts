import type { Locale } from '../../../../locales/keys.ts'
import type { PlaceTable } from '../../places/place-table.ts'
import type { FormField } from '../form-field.ts'
import type { AskedField } from './asked.ts'

/** A field of a form as it is asked in a person's language, without how far one is and what stands in it. */
export function askedField(field: FormField, places: PlaceTable, locale: Locale): AskedField {
  const { id, kind } = field
  const options = kind === 'place' ? places.own : (field.options ?? [])
  return {
    kind: 'field',
    id,
    answerKind: answerKindOf(kind),
    takes: kind,
    text: field.text[locale],
    explain: field.explain[locale],
    options: options.map((one) => ({ id: one.id, name: one.name[locale] })),
    canSkip: field.optional === true || field.sensitive === true,
    canBeUnsure: field.unsure === true,
  }
}

function answerKindOf(kind: FormField['kind']): AskedField['answerKind'] {
  if (kind === 'place') return 'one-of'
  return kind === 'yes-no' || kind === 'one-of' || kind === 'some-of' ? kind : 'typed'
}
