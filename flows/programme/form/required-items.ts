import type { Locale } from '../../../locales/keys.ts'
import type { RequiredItem } from '../lifecycle/application-stages.ts'
import type { Form } from './form.ts'

/** All that an applicant can be asked to hand in or to change: the form's documents and fields. */
export function piecesOf({ fields, documents }: Form): RequiredItem[] {
  return [
    ...documents.documents.map(({ id }) => ({ kind: 'document' as const, id })),
    ...fields.map(({ id }) => ({ kind: 'field' as const, id })),
  ]
}

/** The names of pieces, as people know them; what the form no longer has keeps its id. */
export function pieceNames(
  { fields, documents }: Form,
  pieces: readonly RequiredItem[],
  locale: Locale,
): string[] {
  return pieces.map(({ kind, id }) =>
    kind === 'document'
      ? (documents.documents.find((one) => one.id === id)?.name[locale] ?? id)
      : (fields.find((one) => one.id === id)?.label[locale] ?? id),
  )
}
