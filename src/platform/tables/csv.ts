import Papa from 'papaparse'
import type { TableRows, Value } from './rows.ts'
import { streamOf } from './stream-of.ts'

/**
 * What a spreadsheet would run: one of these first, in full width too, whatever blanks and breaks stand before it;
 * and a break at the beginning, after which the rest may stand in a cell of its own.
 */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** What a spreadsheet would make another number of: an identity number, a code that begins with 0, 1E5. */
const DIGITS = /^(?:\d{12,}|0\d+|\d+e\d+)$/i

/** TableRows written between two looks at whether somebody still takes them. */
const TOGETHER = 200

/** A table as CSV that Excel opens in UTF-8, written as it is taken away; see `csvLines`. */
export function writeCsv(rows: TableRows): ReadableStream<Uint8Array<ArrayBuffer>> {
  return streamOf((emit) => write(emit, rows))
}

async function* write(
  emit: (bytes: Uint8Array<ArrayBuffer>) => void,
  rows: TableRows,
): AsyncGenerator<void> {
  const encoder = new TextEncoder()
  let pending: (readonly Value[])[] = []
  emit(encoder.encode('\uFEFF'))
  for await (const row of rows) {
    if (pending.push(row) < TOGETHER) continue
    emit(encoder.encode(csvLines(pending)))
    pending = []
    yield
  }
  if (pending.length > 0) emit(encoder.encode(csvLines(pending)))
}

/**
 * Lines of a CSV (RFC 4180). A cell that a spreadsheet would take for a
 * formula gets a `'` in front (https://owasp.org/www-community/attacks/CSV_Injection), and a text of digits a tab, which
 * keeps it a text and is not seen; numbers are no text.
 */
export function csvLines(rows: readonly (readonly Value[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell)),
  )
  return `${Papa.unparse(cells, { newline: '\r\n' })}\r\n`
}

function guarded(text: string): string {
  if (RUNS.test(text)) return `'${text}`
  return DIGITS.test(text) ? `\t${text}` : text
}
