import { getTableColumns } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import { addresses, contacts } from '../../db/schema/conversation.ts'
import { outbox, outboxChannels, outboxHistory } from '../../db/schema/outbox.ts'
import { testVault } from '../helpers/app.ts'

const AT = '2018-06-01T02:00:00.000Z'
const db = openFile(':memory:')
const all = async (sql: string) => (await db.read([{ sql, args: [] }]))[0]

beforeAll(async () => {
  const before = migrations.findIndex(({ name }) => name === '0012-notices')
  for (const { sql } of migrations.slice(0, before)) {
    const statements = sql
      .split(/;\s*$/m)
      .filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')
    await db.write(statements.map((part) => ({ sql: part, args: [] })))
  }
  const body = await testVault.seal(JSON.stringify({ text: '旧的', quickReplies: [] }), 'outbox:n1')
  const row = (id: string, person: string, origin: string, status: string) => ({
    sql: `INSERT INTO outbox (id, channel, external_id, origin, body, status, next_attempt_at, expires_at, created_at)
      VALUES (?, 'telegram', ?, ?, ?, ?, ?, '2019', ?)`,
    args: [id, person, origin, body, status, AT, AT],
  })
  await db.write([
    ...['1', '2'].flatMap((person) => [
      {
        sql: "INSERT INTO contacts (id, locale, created_at) VALUES (?, 'en', ?)",
        args: [`c${person}`, AT],
      },
      {
        sql: `INSERT INTO addresses (channel, external_id, contact_id, opted_out_at, created_at)
          VALUES ('telegram', ?, ?, ?, ?)`,
        args: [person, `c${person}`, person === '2' ? AT : null, AT],
      },
    ]),
    row('n2', '1', 'notice', 'created'),
    row('n1', '1', 'notice', 'created'),
    row('r1', '2', 'reply', 'sent'),
    {
      sql: 'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
      args: [],
    },
    ...migrations.slice(0, before).map(({ name }) => ({
      sql: 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
      args: [name, AT],
    })),
  ])
  await migrate(db, AT)
})
afterAll(() => db.close())

it('carries over what waits, in its order, and who wanted no more', async () => {
  expect(await all('SELECT id, status, priority, kind FROM outbox ORDER BY seq')).toEqual([
    ['n2', 'created', 1, null],
    ['n1', 'created', 1, null],
    ['r1', 'sent', 0, null],
  ])
  expect(
    await all(
      'SELECT id, reminders_muted_at, events_muted_at, campaigns_muted_at, stopped_at FROM contacts ORDER BY 1',
    ),
  ).toEqual([
    ['c1', null, null, null, null],
    ['c2', AT, AT, AT, null],
  ])
  await db.write([{ sql: "DELETE FROM outbox WHERE id = 'n2'", args: [] }])
  const claim = { channel: 'telegram', now: AT, leaseUntil: '2019', limit: 5 } as const
  expect(await claimDue(db, testVault, claim)).toMatchObject([
    { id: 'n1', kind: null, body: { text: '旧的' }, contactId: 'c1', locale: 'en', muted: false },
  ])
})

it('makes exactly the columns that the schema names', async () => {
  const tables = {
    outbox,
    outbox_history: outboxHistory,
    outbox_channels: outboxChannels,
    contacts,
    addresses,
  }
  for (const [name, table] of Object.entries(tables)) {
    const made = (await all(`SELECT name FROM pragma_table_info('${name}') ORDER BY 1`))?.flat()
    expect(made, name).toEqual(
      Object.values(getTableColumns(table))
        .map((column) => column.name)
        .sort(),
    )
  }
})

it('refuses a row without words that belongs to no campaign', async () => {
  await expect(
    db.write([
      {
        sql: `INSERT INTO outbox (id, channel, external_id, origin, kind, status, next_attempt_at, expires_at, created_at)
          VALUES ('x', 'telegram', '1', 'notice', 'case', 'created', '', '', '')`,
        args: [],
      },
    ]),
  ).rejects.toThrow('outbox_words')
})
