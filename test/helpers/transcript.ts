/** One exchange of a transcript: a line of a person, or an act of staff, and what the person read then. */
export type Exchange = { by: 'person' | 'staff'; said: string; answered: string }

/** How the first line of an exchange begins. */
const MARKS = { person: '> ', staff: '@ ' } as const

/**
 * Reads a transcript as `npm run chat -- --repro` prints it: `# locale: …` first, then `> ` a person's
 * line, `@ ` an act of staff (answer WORDS, close, wait HOURS) and `< ` what is said. Other lines that begin with `#` are remarks.
 */
export function parseTranscript(text: string): { locale: string; exchanges: Exchange[] } {
  const locale = /^# locale: (\S+)/m.exec(text)?.[1] ?? 'zh-Hans'
  const exchanges: Exchange[] = []
  for (const line of text.split('\n')) {
    const last = exchanges.at(-1)
    const by = line.startsWith(MARKS.staff) ? 'staff' : 'person'
    if (line.startsWith(MARKS[by])) exchanges.push({ by, said: line.slice(2), answered: '' })
    else if (line.startsWith('<') && last !== undefined) {
      last.answered += `${last.answered === '' ? '' : '\n'}${line.slice(2)}`
    }
  }
  return { locale, exchanges }
}

/** Writes what `parseTranscript` reads. */
export function printTranscript(locale: string, exchanges: readonly Exchange[]): string {
  const parts = exchanges.map(({ by, said, answered }) =>
    [`${MARKS[by]}${said}`, ...answered.split('\n').map((line) => `< ${line}`.trimEnd())].join(
      '\n',
    ),
  )
  return `# locale: ${locale}\n${parts.join('\n\n')}\n`
}
