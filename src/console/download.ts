import { writeCsv } from '../platform/tables/csv.ts'
import type { TableRows } from '../platform/tables/rows.ts'
import { writeXlsx } from '../platform/tables/xlsx.ts'
import type { ConsoleContext } from './route.ts'

/** The forms in which a table can be taken away. */
export type TableForm = 'csv' | 'xlsx'

const TYPES: Readonly<Record<TableForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A table as a file to take away, written as it is taken. `name`: without an ending; what is no letter, digit or hyphen of ASCII becomes one. */
export function tableFile(
  c: ConsoleContext,
  file: { name: string; sheet: string; rows: TableRows; as: TableForm },
): Response {
  const { sheet, rows, as } = file
  const name = file.name.replaceAll(/[^\w-]+/g, '-').slice(0, 100)
  return c.body(as === 'csv' ? writeCsv(rows) : writeXlsx(sheet, rows), 200, {
    'Content-Type': TYPES[as],
    'Content-Disposition': `attachment; filename="${name}.${as}"`,
  })
}
