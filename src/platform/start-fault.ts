import { ConfigError } from '../kernel/config.ts'

/** What keeps a process from starting, by the code or words of the error, and what to do. */
const FAULTS: readonly { of: RegExp; say: string }[] = [
  {
    of: /EADDRINUSE/,
    say: 'Another program has this port already: stop it, or set PORT to another one.',
  },
  {
    of: /EACCES.*listen|listen EACCES/,
    say: 'This user may not open this port: set PORT to 1024 or above, and let the web server in front have 443.',
  },
  {
    of: /EADDRNOTAVAIL|ENOTFOUND.*listen|getaddrinfo/,
    say: 'HOST is no address of this machine: set it to 127.0.0.1, or to 0.0.0.0 for all of its addresses.',
  },
  {
    of: /file is not a database|malformed/i,
    say: 'The file that DATABASE_URL names is no database of this product, or is damaged: put another file there, or restore a backup (npm run cli -- restore FILE).',
  },
  {
    of: /EACCES|EPERM|EROFS|readonly|unable to open database|ENOTDIR|EEXIST|EISDIR|ENOENT|ConnectionFailed/i,
    say: 'The folder of DATABASE_URL, or a file in it, cannot be written by this user: create it, give it to this user, or name another folder.',
  },
  {
    of: /ENOSPC|disk is full/i,
    say: 'The disk of DATABASE_URL is full: make room, then start again. Nothing is lost.',
  },
  {
    of: /database is locked|SQLITE_BUSY/i,
    say: 'Another process holds the database: wait until it is done (a restore, a backup), then start again.',
  },
  {
    of: /fetch failed|ECONNREFUSED|ETIMEDOUT|LibsqlError|SERVER_ERROR|\b40[13]\b/i,
    say: 'The server of DATABASE_URL does not answer, or does not take DATABASE_AUTH_TOKEN: check both, and whether this machine reaches it.',
  },
]

/** A sentence about why a process did not start; null for what nobody foresaw, whose trace is then worth more. */
export function startFault(error: unknown): string | null {
  if (error instanceof ConfigError) return error.message
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  const cause = error.cause instanceof Error ? error.cause.message : ''
  const text = `${code} ${error.message} ${cause}`
  return FAULTS.find(({ of }) => of.test(text))?.say ?? null
}
