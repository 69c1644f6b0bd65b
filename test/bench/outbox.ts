import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { createVault } from '../../db/core/vault.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import { countNotices, listNotices } from '../../db/outbox/list.ts'

/**
 * What a claim costs with many rows in the queue: `npm run bench:outbox 1000000`. A campaign to everybody,
 * then half of the people with a message that waits for them and a second one behind it.
 */
const PEOPLE = Number(process.argv[2] ?? 100_000)
const SLICE = 50_000
const AT = '2018-06-01T02:00:00.000Z'
const path = join(tmpdir(), `bench-outbox-${process.pid}.db`)
const db = openFile(path)
const vault = createVault(
  { dataKeys: [{ id: 'k1', bytes: new Uint8Array(32) }], indexKey: new Uint8Array(32) },
  nodeCipher,
)
let seconds = 0
const later = (by: number) => new Date(Date.parse(AT) + by * 1000).toISOString()

async function time(name: string, run: () => Promise<unknown>, times = 1): Promise<void> {
  const each: number[] = []
  for (let index = 0; index < times; index++) {
    const started = performance.now()
    await run()
    each.push(performance.now() - started)
  }
  each.sort((one, other) => one - other)
  const at = (share: number) => (each[Math.floor((times - 1) * share)] ?? 0).toFixed(2)
  console.log(`${name.padEnd(46)} ${at(0.5)} ms${times > 1 ? `, at worst ${at(1)} ms` : ''}`)
}

async function addCampaign(name: string, people: number): Promise<void> {
  for (let from = 0; from < people; from += SLICE) {
    await db.write([
      {
        sql: `INSERT OR IGNORE INTO outbox (id, channel, external_id, origin, kind, campaign_id, priority, status,
            next_attempt_at, expires_at, created_at)
          SELECT 'campaign:' || ? || ':' || c.id, a.channel, a.external_id, 'notice', 'campaign', ?, 3,
            'created', ?, ?, ?
          FROM contacts c JOIN addresses a ON a.contact_id = c.id WHERE c.id > ? AND c.id <= ?`,
        args: [name, name, AT, later(86_400), AT, idOf(from), idOf(Math.min(people, from + SLICE))],
      },
    ])
  }
}

function idOf(person: number): string {
  return `c${String(person).padStart(8, '0')}`
}

const claim = () =>
  claimDue(db, vault, {
    channel: 'telegram',
    now: later(++seconds),
    leaseUntil: later(86_400),
    limit: 30,
    ratePerSecond: 30,
  })

await migrate(db, AT)
await db.write([
  {
    sql: `INSERT INTO contacts (id, locale, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT printf('c%08d', i), 'zh-Hans', ? FROM n`,
    args: [PEOPLE, AT],
  },
  {
    sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
      SELECT 'telegram', id, id, created_at FROM contacts`,
    args: [],
  },
])
await time(`insert ${PEOPLE} rows`, () => addCampaign('x', PEOPLE))
await time('claim 30 of them', claim, 200)
await db.write([
  {
    sql: `UPDATE outbox SET status = 'temporary-failure', next_attempt_at = expires_at, parked = 1
      WHERE status = 'created' AND seq % 2 = 0`,
    args: [],
  },
])
await addCampaign('y', PEOPLE / 2)
await time('claim 30, half of the queue behind held ones', claim, 200)
const all = { show: 'all', kind: null, channel: null, before: null, limit: 50 } as const
await time('list the newest 50', () => listNotices(db, { district: null }, all), 20)
await time('count by state', () => countNotices(db, { district: null }), 20)
await db.close()
for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
