import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { describeDatabase, describeSchema, schemaTables } from './described.ts'

let db: Database

beforeEach(async () => {
  db = openFile(':memory:')
  await migrate(db, '2018-06-01T00:00:00.000Z')
})
afterEach(() => db.close())

const SCHEMA = (await schemaTables()).map(describeSchema)

/** What the schema says and the migrations do not, table by table, and the other way round. */
async function differences(): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
      args: [],
    },
  ])
  const made = new Set(rows.map(([name]) => String(name)))
  const named = new Set(SCHEMA.map(({ name }) => name))
  const found = [
    ...[...made].filter((name) => !named.has(name)).map((name) => `${name}: no schema`),
    ...[...named].filter((name) => !made.has(name)).map((name) => `${name}: no table`),
  ]
  for (const { name, ...schema } of SCHEMA) {
    if (!made.has(name)) continue
    const table = await describeDatabase(db, name)
    for (const part of ['columns', 'primaryKey', 'uniques', 'foreignKeys', 'indexes'] as const) {
      const [ours, theirs] = [schema[part].join('\n'), table[part].join('\n')]
      if (ours !== theirs) found.push(`${name} ${part}:\n${ours}\nbut the migrations:\n${theirs}`)
    }
  }
  return found
}

it('describes every table as the migrations make it, and no other', async () => {
  expect(SCHEMA.length).toBeGreaterThan(90)
  expect(new Set(SCHEMA.map(({ name }) => name)).size).toBe(SCHEMA.length)
  expect(await differences()).toEqual([])
})

it.each([
  ['a table', 'CREATE TABLE stray (id TEXT) STRICT', 'stray: no schema'],
  ['a table that is gone', 'DROP TABLE gateway_nonces', 'gateway_nonces: no table'],
  ['a column', 'ALTER TABLE staff ADD COLUMN nickname TEXT', 'staff columns'],
  ['a default', 'ALTER TABLE staff ADD COLUMN age INTEGER NOT NULL DEFAULT 1', 'staff columns'],
  ['an index', 'CREATE INDEX stray ON staff (name)', 'staff indexes'],
  [
    'the condition of an index',
    'DROP INDEX cases_open; CREATE INDEX cases_open ON cases (programme_id, district, stage)',
    'cases indexes',
  ],
  [
    'the order of an index',
    'DROP INDEX audit_by_actor; CREATE INDEX audit_by_actor ON audit_entries (actor, ordinal DESC)',
    'audit_entries indexes',
  ],
  [
    'a uniqueness',
    'DROP INDEX audit_by_actor; CREATE UNIQUE INDEX audit_by_actor ON audit_entries (actor, ordinal)',
    'audit_entries indexes',
  ],
  [
    'a key, its references and what may be null',
    `DROP TABLE quiz_answers; CREATE TABLE quiz_answers (round_id TEXT NOT NULL, question_id TEXT NOT NULL, answered_right INTEGER,
      PRIMARY KEY (question_id, round_id)) STRICT`,
    'quiz_answers columns quiz_answers primaryKey quiz_answers foreignKeys',
  ],
  [
    'what becomes of a row when another goes',
    `DROP TABLE outbox_history; CREATE TABLE outbox_history (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES outbox (seq),
      what TEXT NOT NULL, detail TEXT, staff_id TEXT REFERENCES staff (id), at TEXT NOT NULL) STRICT;
      CREATE INDEX outbox_history_by_row ON outbox_history (seq)`,
    'outbox_history foreignKeys',
  ],
])('finds %s that only one side has', async (_, change, wanted) => {
  await db.write(change.split(/;\s+/).map((sql) => ({ sql, args: [] })))
  const found = (await differences()).map((one) => one.split(':\n')[0])
  expect(found.join(' ')).toBe(wanted)
})
