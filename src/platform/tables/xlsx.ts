import writeExcelFile, { type Cell } from 'write-excel-file/universal'

/** A cell: text, a number, or nothing. */
export type Value = string | number | null

export type Sheet = {
  /** 31 characters at most, without `: \ / ? * [ ]`. */
  name: string
  /** The first row is the heading. */
  rows: readonly (readonly Value[])[]
}

/** A spreadsheet as Excel reads it (ECMA-376). Texts are texts: nothing in a cell is taken for a formula. */
export async function toXlsx(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row, index) => row.map((value) => cellOf(value, index === 0))),
      stickyRowsCount: 1,
    })),
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function cellOf(value: Value, heading: boolean): Cell {
  if (value === null || value === '') return null
  return typeof value === 'number'
    ? { value, type: Number }
    : { value, type: String, ...(heading ? { fontWeight: 'bold' } : {}) }
}
