import type { ImportCells } from '../../../../db/ledger/import-lines.ts'
import type { FormField } from '../../../../flows/programme/form/form-field.ts'
import { maskName, maskValue } from '../../../../flows/programme/form/mask.ts'
import { maskWords } from '../../../../flows/programme/form/mask-words.ts'

/**
 * A line of a file as it is offered for the headings: in its words, but by first characters where a number in it says that it
 * is somebody's. `personal`: the columns, from 0, whose cells are somebody's anyhow.
 */
export function maskLine(cells: ImportCells, personal: readonly number[] = []): ImportCells {
  const isSomebody = cells.some((cell) => cell !== null && maskWords(cell) !== cell)
  return cells.map((cell, index) =>
    cell !== null && (isSomebody || personal.includes(index)) ? maskName(cell) : cell,
  )
}

/** A day as ledgers write it, which is nobody's number. */
const DAY = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/

/**
 * One value as an example of its column, enough to tell what the column is: by the mask of the field that it is taken for; where
 * it is taken for none, by its first character, since it may be anything.
 */
export function maskExample(
  value: string,
  column: string | null,
  fields: readonly FormField[],
): string {
  if (column === null) return maskName(value)
  const field = fields.find(({ id }) => `field:${id}` === column)
  if (field?.personal === true) return maskValue(field.kind, value)
  return DAY.test(value) ? value : maskWords(value)
}

/** The columns, from 0, that are taken for what identifies a person. */
export function personalColumns(
  mapping: readonly (string | null)[],
  fields: readonly FormField[],
): number[] {
  const personal = fields.filter((field) => field.personal).map(({ id }) => `field:${id}`)
  return mapping.flatMap((column, index) =>
    column !== null && personal.includes(column) ? [index] : [],
  )
}
