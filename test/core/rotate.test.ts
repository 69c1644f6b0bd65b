import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginAttachment, loadAttachment, settleAttachment } from '../../db/cases/attachments.ts'
import { openCase } from '../../db/cases/content.ts'
import { loadEvents } from '../../db/cases/events.ts'
import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database, SqlValue } from '../../db/core/database.ts'
import { rotateColumns } from '../../db/core/keys/rotate.ts'
import { SEALED_COLUMNS } from '../../db/core/keys/sealed-columns.ts'
import { migrate } from '../../db/core/migrate.ts'
import { createVault, keyIdOf } from '../../db/core/vault.ts'
import { areDataKeys, isIndexKey } from '../../src/kernel/keys.ts'
import { newKeyLines, rotateKeys } from '../../src/platform/keys/cli.ts'
import { vault as oldVault, prepareCases, statements, submit } from '../helpers/cases.ts'

const newVault = createVault(
  {
    dataKeys: [
      { id: 'k2', bytes: new Uint8Array(32).fill(2) },
      { id: 'k1', bytes: new Uint8Array(32) },
    ],
    indexKey: new Uint8Array(32),
  },
  nodeCipher,
)
const onlyNew = createVault(
  { dataKeys: [{ id: 'k2', bytes: new Uint8Array(32).fill(2) }], indexKey: new Uint8Array(32) },
  nodeCipher,
)
const AT = '2018-06-01T02:00:00.000Z'
/** Three parts of a blob. */
const FILE = new Uint8Array(1_300_000).map((_, at) => (at * 7) % 251)

let db: Database
beforeEach(async () => {
  db = openFile(':memory:')
})
afterEach(() => db.close())

/** Every sealed value of the database. */
async function values(): Promise<{ where: string; value: Uint8Array }[]> {
  const found = await Promise.all(
    SEALED_COLUMNS.map(async ({ table, column }) => {
      const [rows = []] = await db.read([
        { sql: `SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL`, args: [] },
      ])
      return rows.map(([value]) => ({ where: `${table}.${column}`, value: value as Uint8Array }))
    }),
  )
  return found.flat()
}

/** One value in every sealed column, sealed with the old key, in a place that can be told. */
async function fill(): Promise<void> {
  const revision = await prepareCases(db)
  await submit(db, revision, 1)
  await db.write(
    await statements(db, 'case-1', 'return', undefined, {
      reasons: ['unreadable'],
      missing: [{ kind: 'field', id: 'mobile' }],
      note: '身份证照片看不清',
    }),
  )
  const seal = async (text: string, context: string) => oldVault.seal(text, context)
  const put = (sql: string, ...args: SqlValue[]) => ({ sql, args })
  await db.write([
    put(
      `UPDATE sessions SET version = version + 1, memory = ? WHERE id = 'web:w1'`,
      await seal('{"state":null}', 'session:web:w1'),
    ),
    put(
      `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at)
        VALUES ('web:w1', 1, 'e1', '', 0, ?, ?)`,
      await seal('{"said":[]}', 'turn:web:w1:e1'),
      AT,
    ),
    put(
      `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at)
        VALUES ('web:w1', 2, 'e2', '', 0, ?, ?)`,
      new TextEncoder().encode('{"said":[],"heard":{"text":"old"}}'),
      AT,
    ),
    put(
      `INSERT INTO outbox (id, channel, external_id, origin, body, status, next_attempt_at, expires_at, created_at)
        VALUES ('o1', 'web', 'w1', 'notice', ?, 'created', ?, ?, ?)`,
      await seal('{"text":"x"}', 'outbox:o1'),
      AT,
      AT,
      AT,
    ),
    put(
      `INSERT INTO unanswered_questions (id, session_id, question, locale, reason, shown, at)
        VALUES ('q1', 'web:w1', ?, 'en', 'unsure', '[]', ?)`,
      await seal('{"text":"?"}', 'question:q1'),
      AT,
    ),
    put(
      `INSERT INTO links (token_hash, contact_id, carried, expires_at) VALUES ('l1', 'zhang', ?, ?)`,
      await seal('{}', 'link:l1'),
      AT,
    ),
    put(
      'INSERT INTO late_events (event_id, body, at) VALUES (?, ?, ?)',
      'late1',
      await seal('{}', 'late:late1'),
      AT,
    ),
    put(
      'INSERT INTO erasures (id, body, at) VALUES (?, ?, ?)',
      'er1',
      await seal('{}', 'erasure:er1'),
      AT,
    ),
  ])
  const blobs = createSqlBlobs(db)
  await beginAttachment(db, oldVault, {
    id: 'a1',
    source: 's1',
    channel: 'web',
    from: { channel: 'web', id: 'w1' },
    mime: 'image/png',
    size: FILE.length,
    name: '身份证.png',
    at: AT,
  })
  await blobs.put('a1', await oldVault.seal(FILE, 'attachment:a1'))
  await settleAttachment(db, 'a1')
}

describe('the list of sealed columns', () => {
  it('names every BLOB of the schema but the parts of files, with its key', async () => {
    await migrate(db, AT)
    const [blobs = []] = await db.read([
      {
        sql: `SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
          WHERE t.type = 'table' AND c.type = 'BLOB'`,
        args: [],
      },
    ])
    const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`)
    expect(blobs.map(String).sort()).toEqual([...listed, 'blobs.bytes'].sort())
    for (const { table, key, place } of SEALED_COLUMNS) {
      const [columns = []] = await db.read([
        { sql: 'SELECT name, pk FROM pragma_table_info(?)', args: [table] },
      ])
      expect(columns.filter(([, pk]) => Number(pk) > 0).map(([name]) => name)).toEqual(key)
      const names = columns.map(([name]) => name)
      for (const column of place) expect(names).toContain(column)
    }
  })
})

describe('a rotation', () => {
  it('seals every column and file anew, and what was never sealed', async () => {
    await fill()
    const before = await values()
    expect(new Set(before.map(({ where }) => where)).size).toBeGreaterThanOrEqual(9)
    const lines: string[] = []
    expect(await rotateKeys(db, newVault, (line) => lines.push(line))).toBe(true)
    expect(lines.at(-1)).toBe('Nothing is left that needs an older key.')
    const after = await values()
    expect(after).toHaveLength(before.length)
    for (const { where, value } of after) expect(keyIdOf(value), where).toBe('k2')
    // The old key is no longer needed, and each value is still in its own place.
    expect((await openCase(db, onlyNew, 'case-1'))?.applicant.name).toBe('张三')
    expect((await loadEvents(db, onlyNew, 'case-1')).at(-1)?.note).toContain('看不清')
    const file = await loadAttachment({ db, vault: onlyNew, blobs: createSqlBlobs(db) }, 'a1')
    expect(file?.name).toBe('身份证.png')
    expect(Buffer.compare(file?.bytes ?? new Uint8Array(), FILE)).toBe(0)
    const [turns] = await db.read([
      { sql: `SELECT body FROM turns WHERE event_id = 'e2'`, args: [] },
    ])
    const words = await onlyNew.openText(turns?.[0]?.[0] as Uint8Array, 'turn:web:w1:e2')
    expect(JSON.parse(words).heard.text).toBe('old')
  })

  it('does nothing the second time', async () => {
    await fill()
    await rotateKeys(db, newVault, () => {})
    const once = await values()
    const lines: string[] = []
    expect(await rotateKeys(db, newVault, (line) => lines.push(line))).toBe(true)
    expect(lines).toHaveLength(2)
    expect(await values()).toEqual(once)
  })

  it('goes on where it was stopped', async () => {
    await fill()
    for await (const { table } of rotateColumns(db, newVault)) if (table === 'outbox') break
    const ids = (await values()).map(({ value }) => (value[0] === 0x7b ? '-' : keyIdOf(value)))
    expect(new Set(ids)).toEqual(new Set(['k1', 'k2']))
    expect(await rotateKeys(db, newVault, () => {})).toBe(true)
  })

  it('leaves alone what the server changes meanwhile', async () => {
    await fill()
    const racing: Database = {
      ...db,
      async read(asked) {
        const rows = await db.read(asked)
        if (asked[0]?.sql.includes('FROM sessions') && asked[0].sql.includes('LIMIT')) {
          const fresh = await newVault.seal('{"state":null,"n":2}', 'session:web:w1')
          await db.write([
            {
              sql: `UPDATE sessions SET version = version + 1, memory = ? WHERE id = 'web:w1'`,
              args: [fresh],
            },
          ])
        }
        return rows
      },
    }
    expect(await rotateKeys(racing, newVault, () => {})).toBe(true)
    const [rows] = await db.read([
      { sql: `SELECT memory FROM sessions WHERE id = 'web:w1'`, args: [] },
    ])
    const memory = await onlyNew.openText(rows?.[0]?.[0] as Uint8Array, 'session:web:w1')
    expect(memory).toContain('"n":2')
  })

  it('goes past what does not open, and says so', async () => {
    await fill()
    const stranger = createVault(
      { dataKeys: [{ id: 'k9', bytes: new Uint8Array(32).fill(9) }], indexKey: new Uint8Array(32) },
      nodeCipher,
    )
    const sealed = await stranger.seal('{}', 'session:web:w1')
    await db.write([
      {
        sql: `UPDATE sessions SET version = version + 1, memory = ? WHERE id = 'web:w1'`,
        args: [sealed],
      },
    ])
    const lines: string[] = []
    expect(await rotateKeys(db, newVault, (line) => lines.push(line))).toBe(false)
    expect(lines.join('\n')).toContain('1 do not open')
    expect(lines.at(-1)).toContain('1 values are left')
  })

  it('takes more rows than fit one batch', async () => {
    await fill()
    await db.write(
      await Promise.all(
        Array.from({ length: 350 }, async (_, index) => ({
          sql: `INSERT INTO late_events (event_id, body, at) VALUES (?, ?, ?)`,
          args: [`m${index}`, await oldVault.seal('{}', `late:m${index}`), AT],
        })),
      ),
    )
    expect(await rotateKeys(db, newVault, () => {})).toBe(true)
  })
})

describe('new keys', () => {
  it('are the settings of a new installation', async () => {
    const settings = Object.fromEntries(
      (await newKeyLines(null))
        .filter((line) => !line.startsWith('#'))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    expect(areDataKeys(settings.DATA_KEYS ?? '')).toBe(true)
    expect(isIndexKey(settings.INDEX_KEY ?? '')).toBe(true)
  })

  it('go before the ones there are, under an id of their own', async () => {
    const dataKeys = `k2:${'A'.repeat(43)}=,k3:${'B'.repeat(43)}=`
    const lines = await newKeyLines({ keptIn: null })
    const fresh = lines.at(-1) ?? ''
    expect(fresh).toMatch(/^k[0-9a-f]{12}:/)
    expect((await newKeyLines({ keptIn: null })).at(-1)?.slice(0, 13)).not.toBe(fresh.slice(0, 13))
    expect(areDataKeys(`${fresh},${dataKeys}`)).toBe(true)
    expect(lines.join('\n')).not.toContain('INDEX_KEY')
  })
})
