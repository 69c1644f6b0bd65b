/**
 * What a spreadsheet would run: one of these first, in full width too, whatever blanks and breaks stand before it;
 * and a break at the beginning, after which the rest may stand in a cell of its own.
 */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/**
 * A table as CSV (RFC 4180) that Excel opens in UTF-8. A cell that a spreadsheet would take for a
 * formula gets a `'` in front (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? '' : String(value)
    const safe = typeof value === 'string' && RUNS.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
