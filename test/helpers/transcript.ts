/** One exchange of a transcript: a line of a person and what the bot said to it. */
export type Exchange = { said: string; answered: string }

/**
 * Reads a transcript as `npm run chat -- --repro` prints it: `# locale: …` first, then `> ` a person's
 * line and `< ` the bot's. Other lines that begin with `#` are remarks.
 */
export function parseTranscript(text: string): { locale: string; exchanges: Exchange[] } {
  const locale = /^# locale: (\S+)/m.exec(text)?.[1] ?? 'zh-Hans'
  const exchanges: Exchange[] = []
  for (const line of text.split('\n')) {
    const last = exchanges.at(-1)
    if (line.startsWith('> ')) exchanges.push({ said: line.slice(2), answered: '' })
    else if (line.startsWith('<') && last !== undefined) {
      last.answered += `${last.answered === '' ? '' : '\n'}${line.slice(2)}`
    }
  }
  return { locale, exchanges }
}

/** Writes what `parseTranscript` reads. */
export function printTranscript(locale: string, exchanges: readonly Exchange[]): string {
  const parts = exchanges.map(({ said, answered }) =>
    [`> ${said}`, ...answered.split('\n').map((line) => `< ${line}`.trimEnd())].join('\n'),
  )
  return `# locale: ${locale}\n${parts.join('\n\n')}\n`
}
