import { sql as spine } from './0001-spine.ts'
import { sql as consents } from './0002-consents.ts'

/** Numbered and never edited after they have landed: `name` is what a database remembers. */
export const migrations: readonly { name: string; sql: string }[] = [
  { name: '0001-spine', sql: spine },
  { name: '0002-consents', sql: consents },
]
