import Papa from 'papaparse'
import { readSheet } from 'read-excel-file/universal'
import type { ReadCell, ReadTable } from '../../kernel/tables.ts'
import { surveyCsv } from './survey-csv.ts'
import type { MergedCells } from './trim-sheet.ts'
import { trimWorkbook } from './trim-workbook.ts'

/** A spreadsheet of fifty thousand lines is some 30 MB when it is unpacked. */
const MAX_UNPACKED = 40 * 1024 * 1024
const MAX_COLUMNS = 100
/** Empty rows after which a table has ended. */
const MAX_GAP = 1000
/** Cells that merged ones stand for: those of a whole table. */
const MAX_CARRIED = 5_000_000
/** As the spreadsheets themselves have it. */
const MAX_CELL_CHARACTERS = 32_767
const MAX_CHARACTERS = 32 * 1024 * 1024
const CSV_BOUNDS = { cells: 5_000_000, cellCharacters: MAX_CELL_CHARACTERS }
/** Characters of a CSV that say which separator is its own. */
const GUESSED_FROM = 64 * 1024

/**
 * Reads a table that somebody uploaded: the first sheet of an XLSX (ECMA-376), or a CSV (RFC 4180) in UTF-8, UTF-16 or
 * GB 18030, which Chinese spreadsheets write, with or without Excel's line `sep=`. Empty lines are left out; what stands
 * in merged cells stands in each row of them; days come as YYYY-MM-DD and errors of a formula as `#N/A` and the like.
 * Never throws for what is in the file; time and memory are bounded whatever it is.
 */
export async function readTable(bytes: Uint8Array, mostLines: number): Promise<ReadTable> {
  try {
    const read = isZip(bytes) ? await readXlsx(bytes, mostLines) : readCsv(bytes, mostLines)
    if (!read.ok) return read
    const full = read.rows.map((row) => row.some((cell) => cell !== null))
    const rows = read.rows.filter((_, index) => full[index])
    const numbers = read.numbers.filter((_, index) => full[index])
    return rows.length < 2 ? { ok: false, problem: 'empty' } : { ...read, rows, numbers }
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
  const { numbers, merged, leftOut } = trimmed
  const rows = data.map((row) => row.map(textOf))
  return carryDown(rows, numbers, merged)
    ? { ok: true, rows, numbers: rows.map((_, index) => numbers[index] ?? index + 1), leftOut }
    : { ok: false, problem: 'too-large' }
}

/** Puts what stands in merged cells into each of their rows; false where that is more work than a table gives. */
function carryDown(
  rows: ReadCell[][],
  numbers: readonly number[],
  merged: readonly MergedCells[],
): boolean {
  const places = new Map(numbers.map((number, index) => [number, index]))
  let filled = 0
  for (const { column, from, to } of merged) {
    const first = places.get(from)
    const value = first === undefined ? null : (rows[first]?.[column] ?? null)
    if (first === undefined || value === null) continue
    for (let at = first + 1; (numbers[at] ?? to + 1) <= to; at += 1) {
      const row = rows[at]
      if (row !== undefined) row[column] ??= value
      filled += 1
      if (filled > MAX_CARRIED) return false
    }
  }
  return true
}

function readCsv(bytes: Uint8Array, mostLines: number): ReadTable {
  const whole = decode(bytes).replace(/^\uFEFF/, '')
  // Excel's own way to name the separator.
  const [named = '', separator] = /^"?sep=([^\r\n"])"?(?:\r\n?|\n|$)/i.exec(whole) ?? []
  const text = whole.slice(named.length)
  const delimiter = separator ?? guessDelimiter(text)
  const problemFound = surveyCsv(text, delimiter, CSV_BOUNDS)
  if (problemFound !== null) return { ok: false, problem: problemFound }
  const rows: ReadCell[][] = []
  const numbers: number[] = []
  let row = named === '' ? 0 : 1
  let leftOut = 0
  let isTooLong = false
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data }, parser) => {
      row += 1
      const cells = data.slice(0, MAX_COLUMNS).map(textOf)
      leftOut += data.slice(MAX_COLUMNS).filter((cell) => textOf(cell) !== null).length
      if (cells.some((cell) => cell !== null)) {
        rows.push(cells)
        numbers.push(row)
      }
      isTooLong = rows.length > mostLines + 1
      if (isTooLong) parser.abort()
    },
  })
  return isTooLong ? { ok: false, problem: 'too-long' } : { ok: true, rows, numbers, leftOut }
}

function guessDelimiter(text: string): string {
  const some = text.slice(0, GUESSED_FROM)
  return Papa.parse(some, { preview: 10, skipEmptyLines: true }).meta.delimiter
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  // "Unicode text", as Excel saves it.
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
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
  const text = String(cell)
    .trim()
    // What keeps a number a text: ="0012", and a quote in front, as people and our own export write it.
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^['＇](?=[^'＇]*$)/u, '')
    .trim()
  return text === '' ? null : text
}
