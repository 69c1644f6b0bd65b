import Papa from 'papaparse'

/**
 * What a spreadsheet would run: one of these first, in full width too, whatever blanks and breaks stand before it;
 * and a break at the beginning, after which the rest may stand in a cell of its own.
 */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/**
 * A table as CSV (RFC 4180) that Excel opens in UTF-8. A cell that a spreadsheet would take for a
 * formula gets a `'` in front (https://owasp.org/www-community/attacks/CSV_Injection); numbers are no text.
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const guarded = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' && RUNS.test(cell) ? `'${cell}` : cell)),
  )
  return `\uFEFF${Papa.unparse(guarded, { newline: '\r\n' })}\r\n`
}
