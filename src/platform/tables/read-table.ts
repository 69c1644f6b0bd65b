import Papa from 'papaparse'
import { readSheet } from 'read-excel-file/universal'
import type { ReadCell, ReadTable } from '../../kernel/tables.ts'
import { surveyCsv } from './survey-csv.ts'
import { trimWorkbook } from './trim-workbook.ts'

/** A spreadsheet of fifty thousand lines is some 30 MB when it is unpacked. */
const MAX_UNPACKED = 40 * 1024 * 1024
const MAX_COLUMNS = 100
/** Empty rows after which a table has ended. */
const MAX_GAP = 1000
/** As the spreadsheets themselves have it. */
const MAX_CELL_CHARACTERS = 32_767
const MAX_CHARACTERS = 32 * 1024 * 1024
const CSV_BOUNDS = { cells: 5_000_000, cellCharacters: MAX_CELL_CHARACTERS }
/** Characters of a CSV that say which separator is its own. */
const GUESSED_FROM = 64 * 1024

/**
 * Reads a table that somebody uploaded: the first sheet of an XLSX (ECMA-376), or a CSV (RFC 4180) in UTF-8 or
 * GB 18030, which Chinese spreadsheets write. The first row is the headings; empty lines are left out. Days come as
 * YYYY-MM-DD. Never throws for what is in the file; time and memory are bounded whatever it is.
 */
export async function readTable(bytes: Uint8Array, mostLines: number): Promise<ReadTable> {
  try {
    const read = isZip(bytes) ? await readXlsx(bytes, mostLines) : readCsv(bytes, mostLines)
    if (!read.ok) return read
    const rows = read.rows.filter((row) => row.some((cell) => cell !== null))
    return rows.length < 2 ? { ok: false, problem: 'empty' } : { ...read, rows }
  } catch {
    return { ok: false, problem: 'unreadable' }
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

async function readXlsx(bytes: Uint8Array, mostLines: number): Promise<ReadTable> {
  const trimmed = trimWorkbook(bytes, {
    bytes: MAX_UNPACKED,
    characters: MAX_CHARACTERS,
    columns: MAX_COLUMNS,
    rows: mostLines + 1,
    gap: MAX_GAP,
    cellCharacters: MAX_CELL_CHARACTERS,
  })
  if (!trimmed.ok) return trimmed
  const data = await readSheet(new Blob([Uint8Array.from(trimmed.file)]))
  return { ok: true, rows: data.map((row) => row.map(textOf)), leftOut: trimmed.leftOut }
}

function readCsv(bytes: Uint8Array, mostLines: number): ReadTable {
  const text = decode(bytes).replace(/^\uFEFF/, '')
  const { delimiter } = Papa.parse(text.slice(0, GUESSED_FROM), {
    preview: 10,
    skipEmptyLines: true,
  }).meta
  const problemFound = surveyCsv(text, delimiter, CSV_BOUNDS)
  if (problemFound !== null) return { ok: false, problem: problemFound }
  const rows: ReadCell[][] = []
  let leftOut = 0
  let isTooLong = false
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: true,
    step: ({ data }, parser) => {
      const row = data.slice(0, MAX_COLUMNS).map(textOf)
      leftOut += data.slice(MAX_COLUMNS).filter((cell) => textOf(cell) !== null).length
      if (row.some((cell) => cell !== null)) rows.push(row)
      isTooLong = rows.length > mostLines + 1
      if (isTooLong) parser.abort()
    },
  })
  return isTooLong ? { ok: false, problem: 'too-long' } : { ok: true, rows, leftOut }
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
