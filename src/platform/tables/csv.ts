import Papa from 'papaparse'

/**
 * What a spreadsheet would run: one of these first, in full width too, whatever blanks and breaks stand before it;
 * and a break at the beginning, after which the rest may stand in a cell of its own.
 */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** What a spreadsheet would make another number of: an identity number, a code that begins with 0, 1E5. */
const DIGITS = /^(?:\d{12,}|0\d+|\d+e\d+)$/i

/**
 * A table as CSV (RFC 4180) that Excel opens in UTF-8. A cell that a spreadsheet would take for a
 * formula gets a `'` in front (https://owasp.org/www-community/attacks/CSV_Injection), and a text of digits a tab, which
 * keeps it a text and is not seen; numbers are no text.
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell)),
  )
  return `\uFEFF${Papa.unparse(cells, { newline: '\r\n' })}\r\n`
}

function guarded(text: string): string {
  if (RUNS.test(text)) return `'${text}`
  return DIGITS.test(text) ? `\t${text}` : text
}
