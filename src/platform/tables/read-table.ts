import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import readXlsxFile from 'read-excel-file/universal'

/** A cell as text; null: it is empty. */
type ReadCell = string | null

/** empty: no line below the headings · too-long: more than so many lines · too-large: a spreadsheet that unpacks to more than it should · unreadable: neither of the two forms, or broken */
export type TableProblem = 'empty' | 'too-long' | 'too-large' | 'unreadable'

export type ReadTable =
  | { ok: true; rows: readonly (readonly ReadCell[])[] }
  | { ok: false; problem: TableProblem }

/** A spreadsheet of fifty thousand lines is some 30 MB when it is unpacked. */
const MAX_UNPACKED = 100 * 1024 * 1024
const MAX_COLUMNS = 100

/**
 * Reads a table that somebody uploaded: the first sheet of an XLSX (ECMA-376), or a CSV (RFC 4180) in UTF-8 or
 * GB 18030, which Chinese spreadsheets write. The first row is the headings; empty lines are left out. Days come as
 * YYYY-MM-DD. Never throws for what is in the file.
 */
export async function readTable(bytes: Uint8Array, mostLines: number): Promise<ReadTable> {
  try {
    const rows = isZip(bytes) ? await readXlsx(bytes) : readCsv(bytes)
    if (rows === null) return { ok: false, problem: 'too-large' }
    const full = rows.filter((row) => row.some((cell) => cell !== null))
    if (full.length < 2) return { ok: false, problem: 'empty' }
    if (full.length - 1 > mostLines) return { ok: false, problem: 'too-long' }
    return { ok: true, rows: full.map((row) => row.slice(0, MAX_COLUMNS)) }
  } catch {
    return { ok: false, problem: 'unreadable' }
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

async function readXlsx(bytes: Uint8Array): Promise<ReadCell[][] | null> {
  let unpacked = 0
  // Only the table of contents is read here: what it promises is what is unpacked later on.
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      unpacked += originalSize
      return false
    },
  })
  if (unpacked > MAX_UNPACKED) return null
  const [sheet] = await readXlsxFile(new Blob([Uint8Array.from(bytes)]))
  return (sheet?.data ?? []).map((row) => row.map(textOf))
}

function readCsv(bytes: Uint8Array): ReadCell[][] {
  const { data, errors } = Papa.parse<string[]>(decode(bytes).replace(/^\uFEFF/, ''), {
    skipEmptyLines: true,
  })
  if (errors.some(({ type }) => type === 'Quotes')) throw new Error('a quote is left open')
  return data.map((row) => row.map(textOf))
}

function decode(bytes: Uint8Array): string {
  // Text has no zero bytes; what is no text at all would otherwise become a table of nonsense.
  if (bytes.includes(0)) throw new Error('this is no text')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  }
}

function textOf(cell: unknown): ReadCell {
  if (cell === null || cell === undefined) return null
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  // Its last digits are lost: written like this, nobody takes it for a whole number.
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15) return cell.toExponential()
  // Our own export puts it before what a spreadsheet would take for a formula.
  const text = String(cell)
    .replace(/^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/u, '')
    .trim()
  return text === '' ? null : text
}
