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

/** Holds that no turn of a transcript asks for more than the table says; UPDATE_TRANSCRIPTS=1 writes it anew. */
export function holdRequests(transcript: string, requests: readonly string[]): void {
  const table: Record<string, string> = JSON.parse(readFileSync(TABLE, 'utf8'))
  const allowed = (table[transcript] ?? '').split(' ')
  if (process.env.UPDATE_TRANSCRIPTS === '1') {
    const all = Object.entries({ ...table, [transcript]: requests.join(' ') })
    const sorted = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(TABLE, `${JSON.stringify(sorted, null, 2)}\n`)
    return
  }
  expect(requests.length, transcript).toBe(allowed.length)
  const sum = (counts = '') => counts.split('+').reduce((all, count) => all + Number(count), 0)
  const more = requests.flatMap((asked, turn) =>
    sum(asked) > sum(allowed[turn]) ? [`turn ${turn + 1}: ${asked}, was ${allowed[turn]}`] : [],
  )
  expect(more, transcript).toEqual([])
}
