/** What may be logged: plain facts. A person's words, names and numbers are never among them. */
type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, error: unknown, fields?: LogFields): void
}

/** Keys whose value is never written, should somebody pass one all the same. */
const SECRET = /token|secret|authorization|cookie|password|text|phone|name|id_?number/i

/** One JSON object a line. `write` takes the line; the clock is given. */
export function createLog(write: (line: string) => void, now: () => string): Log {
  const line = (level: string, event: string, fields: LogFields = {}) => {
    const kept = Object.entries(fields).map(([key, value]) => [
      key,
      SECRET.test(key) ? '[redacted]' : value,
    ])
    write(JSON.stringify({ at: now(), level, event, ...Object.fromEntries(kept) }))
  }
  return {
    info: (event, fields) => line('info', event, fields),
    warn: (event, fields) => line('warn', event, fields),
    error: (event, error, fields) => line('error', event, { ...describe(error), ...fields }),
  }
}

/** Name and place of an error. Its message may quote a person, so only our own stack lines are kept. */
function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame))
  return {
    kind: error.name,
    where: frames
      .slice(0, 6)
      .map((frame) => frame.trim().replace(/\(?file:\/\/.*?\/(?=(src|bots|flows|db)\/)/, '('))
      .join(' < '),
  }
}
