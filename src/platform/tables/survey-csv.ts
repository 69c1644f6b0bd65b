/**
 * Looks a CSV (RFC 4180) over before it is parsed; null: it may be. A parser notes each quote in the wrong place,
 * and a file of nothing else keeps it busy for ten seconds and 2 GB.
 */
export function surveyCsv(
  text: string,
  delimiter: string,
  bounds: { cells: number; cellCharacters: number },
): 'unreadable' | 'too-large' | null {
  const ends = [delimiter, '\n', '\r']
  let cells = 0
  for (let at = 0; at < text.length; at += 1) {
    const began = at
    if (text[at] === '"') {
      const end = endOfQuoted(text, at)
      if (end === null) return 'unreadable'
      at = end
      while (text[at] === ' ') at += 1
      if (at < text.length && !ends.includes(text[at] ?? '')) return 'unreadable'
    } else while (at < text.length && !ends.includes(text[at] ?? '')) at += 1
    cells += 1
    if (at - began > bounds.cellCharacters || cells > bounds.cells) return 'too-large'
  }
  return null
}

/** Behind the quote that closes the one at `at`; null: none does. */
function endOfQuoted(text: string, at: number): number | null {
  for (let next = text.indexOf('"', at + 1); next !== -1; next = text.indexOf('"', next + 2)) {
    if (text[next + 1] !== '"') return next + 1
  }
  return null
}
