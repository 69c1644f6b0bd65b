import { setTimeout as pause } from 'node:timers/promises'
import { openFile } from '../../../db/core/client.node.ts'
import type { Rows } from '../../../db/core/database.ts'
import type { Violation } from '../figures.ts'
import type { Clock } from './clock.ts'
import type { Server } from './server.ts'

/** All leases are over after this: the outbox holds for 60 s, the gateway's rows and late events for 120 s. */
const LEASES_SECONDS = 130
/** So long nothing may change before it counts as stuck. */
const PATIENCE_MILLISECONDS = 15_000
/** So long it may change; and so much longer for each row that waits, since a network's rate is kept here, too. */
const LONGEST_MILLISECONDS = 120_000
const MILLISECONDS_A_ROW = 100
const LOOK_MILLISECONDS = 200

/** What waits for somebody: rows that are due or held, late events, broadcasts under way. */
const WAITING = [
  `SELECT count(*), group_concat(concat_ws(' ', id, channel, status, attempts, next_attempt_at, leased_until, last_error), '; ')
    FROM outbox WHERE status IN ('created', 'sending', 'temporary-failure') AND parked = 0`,
  "SELECT count(*), group_concat(event_id, ' ') FROM late_events",
  `SELECT count(*), group_concat(id, ' ') FROM campaigns WHERE state IN ('scheduled', 'starting', 'sending')`,
]

/**
 * Lets all leases run out, twice, and gives a server the time to finish what is left, as long as anything
 * changes. Nothing may wait then: whatever does is stuck.
 */
export async function settle(world: {
  server: Server
  clock: Clock
  path: string
}): Promise<Violation[]> {
  const { server, clock, path } = world
  for (let tries = 0; tries < 2; tries++) {
    await server.kill()
    clock.jump(LEASES_SECONDS)
    await server.start()
    if ((await waitFor(path)).length === 0) return []
  }
  return (await waitFor(path)).map((detail) => ({ name: 'stuck', detail }))
}

async function waitFor(path: string): Promise<string[]> {
  const db = openFile(path)
  try {
    let [last, patience, ends] = ['', 0, 0]
    for (;;) {
      const found = await db.read(WAITING.map((sql) => ({ sql, args: [] })))
      const [stuck, seen] = [found.flatMap(describe), JSON.stringify(found)]
      if (ends === 0) ends = Date.now() + LONGEST_MILLISECONDS + count(found) * MILLISECONDS_A_ROW
      if (seen !== last) [last, patience] = [seen, Date.now() + PATIENCE_MILLISECONDS]
      if (stuck.length === 0 || Date.now() > Math.min(patience, ends)) return stuck
      await pause(LOOK_MILLISECONDS)
    }
  } finally {
    await db.close()
  }
}

const count = (found: readonly Rows[]) =>
  found.reduce((sum, [row]) => sum + Number(row?.[0] ?? 0), 0)

function describe([row]: Rows): string[] {
  return Number(row?.[0]) === 0 ? [] : [`${row?.[0]} wait: ${String(row?.[1]).slice(0, 400)}`]
}
