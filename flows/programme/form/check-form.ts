import type { Document } from '../documents/documents.ts'
import { type Atom, atomsOf } from '../rules/conditions.ts'
import type { FormField } from './form-field.ts'

type Checked = {
  fields: FormField[]
  together?: readonly { readonly fields: readonly string[] }[] | undefined
  documents: { documents: Document[] }
}

/** What is wrong with a form: names that lead nowhere or forwards, and options that don't fit. */
export function checkForm({ fields, together = [], documents: { documents } }: Checked): string[] {
  return [
    ...together.flatMap((group) =>
      group.fields
        .filter((id) => !fields.some((field) => field.id === id))
        .map((id) => `asked together: there is no field ${id}`),
    ),
    ...repeated('field', fields),
    ...repeated('document', documents),
    ...fields.flatMap((field, index) => [
      ...checkOptions(field),
      ...checkLimits(field, fields.slice(0, index)),
      ...checkAtoms(field.id, field, fields.slice(0, index)),
    ]),
    ...documents.flatMap((document) => checkAtoms(document.id, document, fields)),
  ]
}

function repeated(what: string, things: readonly { id: string }[]): string[] {
  return things
    .filter(({ id }, index) => things.findIndex((other) => other.id === id) !== index)
    .map(({ id }) => `two ${what}s are called ${id}`)
}

function checkOptions({ id, kind, options = [], notes }: FormField): string[] {
  const chosen = kind === 'one-of' || kind === 'some-of'
  return [
    ...repeated(`option of ${id}`, options),
    ...(chosen === options.length > 0 ? [] : [`${id}: ${kind} and its options don't fit`]),
    ...(notes === undefined || kind === 'credit-code' ? [] : [`${id}: ${kind} has no notes`]),
  ]
}

function checkLimits({ id, kind, limits }: FormField, before: readonly FormField[]): string[] {
  if (limits === undefined) return []
  const { min, max, lessThan } = limits
  const other = before.find((field) => field.id === lessThan)
  return [
    ...(['text', 'money', 'count', 'bank-card'].includes(kind)
      ? []
      : [`${id}: ${kind} has no limits`]),
    ...(min !== undefined && max !== undefined && min > max ? [`${id}: min is above max`] : []),
    ...(lessThan === undefined || (kind === 'count' && other?.kind === 'count')
      ? []
      : [`${id}: there is no earlier count ${lessThan} to go by`]),
  ]
}

function checkAtoms(
  where: string,
  { askedIf }: Pick<FormField, 'askedIf'>,
  fields: readonly FormField[],
): string[] {
  return (askedIf === undefined ? [] : atomsOf(askedIf)).flatMap((atom) => {
    const field = fields.find(({ id }) => id === atom.question)
    if (field === undefined) return [`${where}: there is no earlier field ${atom.question}`]
    return suits(atom, field) ? [] : [`${where}: ${atom.op} does not suit ${field.id}`]
  })
}

function suits(atom: Atom, { kind, options = [] }: FormField): boolean {
  if (atom.op === 'yes') return kind === 'yes-no'
  if (atom.op === 'at-least') return kind === 'count' || kind === 'money'
  return atom.options.every((id) => options.some((option) => option.id === id))
}
