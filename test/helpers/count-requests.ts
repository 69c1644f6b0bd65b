import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Database } from '../../db/core/database.ts'

/** Counts what a database is asked from now on; `take` gives it since it was called last, as "reads+writes". */
export function countRequests(db: Database): { take: () => string } {
  const { read, write } = db
  let reads = 0
  let writes = 0
  db.read = (statements) => {
    reads++
    return read(statements)
  }
  db.write = (statements) => {
    writes++
    return write(statements)
  }
  return {
    take: () => {
      const taken = `${reads}+${writes}`
      reads = 0
      writes = 0
      return taken
    },
  }
}

/** What each turn of a transcript asked for on the code of 2026-11-30, before flows saved intents. */
const TABLE = 'test/transcripts/requests.json'

/** Holds the requests of the turns of a transcript against the table; UPDATE_TRANSCRIPTS=1 writes them anew. */
export function holdRequests(transcript: string, requests: readonly string[]): void {
  const table: Record<string, string> = JSON.parse(readFileSync(TABLE, 'utf8'))
  const counts = requests.join(' ')
  if (process.env.UPDATE_TRANSCRIPTS === '1') {
    const all = Object.entries({ ...table, [transcript]: counts })
    const sorted = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(TABLE, `${JSON.stringify(sorted, null, 2)}\n`)
  } else expect(counts, transcript).toBe(table[transcript])
}
