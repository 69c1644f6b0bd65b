import { csvLines } from '../../../src/platform/tables/csv.ts'
import type { TableRows, Value } from '../../../src/platform/tables/rows.ts'
import { writeXlsx } from '../../../src/platform/tables/xlsx.ts'

/** A whole CSV file, as it is taken away. */
export const toCsv = (rows: readonly (readonly Value[])[]): string => `\uFEFF${csvLines(rows)}`

/** A whole spreadsheet, as it is taken away. */
export async function toXlsx(name: string, rows: TableRows): Promise<Uint8Array> {
  return new Uint8Array(await new Response(writeXlsx(name, rows)).arrayBuffer())
}
