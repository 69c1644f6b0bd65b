import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database, Statement } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { claimDue, nextDueAt } from '../../db/outbox/claim.ts'
import { testVault } from '../helpers/app.ts'

const AT = '2018-06-01T02:00:00.000Z'
const PEOPLE = 3000
const path = join(tmpdir(), `outbox-claim-${process.pid}.db`)
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString()

/** Rows of a campaign to everybody, as a later INSERT … SELECT makes them. */
const campaign = (name: string): Statement => ({
  sql: `INSERT INTO outbox (id, channel, external_id, origin, kind, campaign_id, priority, status,
      next_attempt_at, expires_at, created_at)
    SELECT ? || ':' || external_id, channel, external_id, 'notice', 'campaign', ?, 3, 'created', ?, ?, ?
    FROM addresses`,
  args: [name, name, AT, later(86_400), AT],
})

let db: Database
let other: Database
beforeAll(async () => {
  db = openFile(path)
  other = openFile(path)
  await migrate(db, AT)
  await db.write([
    {
      sql: `INSERT INTO contacts (id, locale, created_at)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        SELECT 'c' || i, 'zh-Hans', ? FROM n`,
      args: [PEOPLE, AT],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
        SELECT 'telegram', id, id, created_at FROM contacts`,
      args: [],
    },
    campaign('x'),
    campaign('y'),
  ])
})
afterAll(async () => {
  await Promise.all([db.close(), other.close()])
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
})

const claim = (from: Database, seconds: number, ratePerSecond?: number) =>
  claimDue(from, testVault, {
    channel: 'telegram',
    now: later(seconds),
    leaseUntil: later(seconds + 60),
    limit: 30,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  })

describe('a claim', () => {
  it('books no more than the rate over all who claim, each row its own time', async () => {
    const rows = (
      await Promise.all([claim(db, 0, 10), claim(other, 0, 10), claim(db, 0, 10)])
    ).flat()
    expect(rows).toHaveLength(10)
    for (const [index, { slotMs }] of rows.entries()) {
      expect(Math.abs((slotMs ?? 0) - Date.parse(AT) - index * 100.5)).toBeLessThan(1)
    }
    expect(await claim(other, 0.5, 10)).toHaveLength(5)
    expect(await claim(db, 2, 10)).toHaveLength(10)
  })

  it('gives a row to one of two processes, and a person one row at a time', async () => {
    const seen = new Set<string>()
    const people = new Set<string>()
    for (let second = 10; second < 30; second++) {
      const both = (await Promise.all([claim(db, second), claim(other, second)])).flat()
      expect(both).toHaveLength(60)
      for (const { id, to } of both) {
        expect([seen.has(id), people.has(to.id)]).toEqual([false, false])
        seen.add(id)
        people.add(to.id)
      }
    }
  })

  it('looks at the head of the queue only, by its indexes', async () => {
    const statements: Statement[] = []
    const spy: Database = {
      ...db,
      write: async (batch) => {
        statements.push(...batch)
        return db.write(batch)
      },
    }
    await claim(spy, 40, 10)
    // EXPLAIN leaves its statement open, so that this connection cannot commit any more.
    const plans = openFile(':memory:')
    await migrate(plans, AT)
    for (const { sql, args } of statements) {
      const [plan = []] = await plans.read([{ sql: `EXPLAIN QUERY PLAN ${sql}`, args }])
      const steps = plan.map((row) => String(row[3])).join('\n')
      expect(steps, sql).not.toMatch(
        /SCAN (outbox|due|other|a|addresses|c)\b(?! USING COVERING INDEX outbox_due)/,
      )
      expect(steps, sql).not.toMatch(/USE TEMP B-TREE FOR ORDER BY[\s\S]*SCAN outbox/)
    }
  })

  it('takes its time from the head alone where thousands stand behind ones that wait', async () => {
    await db.write([
      {
        sql: `UPDATE outbox SET status = 'temporary-failure', next_attempt_at = expires_at, leased_until = NULL, parked = 1
          WHERE campaign_id = 'x'`,
        args: [],
      },
      {
        sql: `UPDATE outbox SET status = 'created', leased_until = NULL WHERE campaign_id = 'y'`,
        args: [],
      },
    ])
    let claims = 0
    while ((await nextDueAt(db, 'telegram', later(60))) === later(60) && claims < 100) {
      expect(await claim(db, 60)).toEqual([])
      claims++
    }
    expect(claims).toBe(PEOPLE / 100)
    const [[parked] = []] =
      (await db.read([{ sql: 'SELECT count(*) FROM outbox WHERE parked = 1', args: [] }]))[0] ?? []
    expect(parked).toBe(PEOPLE * 2)
  })
})
