import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import {
  type AuditDraft,
  auditStatements,
  hashOf,
  isAuditRace,
  readAuditHead,
  writeAudited,
} from '../../db/staff/audit.ts'
import type { AuditAction } from '../../db/staff/audit-actions.ts'
import { listAudit, verifyAudit } from '../../db/staff/audit-log.ts'
import { runAuditCommand } from '../../src/staff/cli.ts'

const AT = '2018-06-01T02:00:00.000Z'
const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function open(path = ':memory:'): Promise<Database> {
  const db = openFile(path)
  closers.push(() => db.close())
  await migrate(db, AT)
  return db
}
/** The chain takes whatever it is given; which actions there are is another table's matter. */
const draft = (action: string, actor = 'anna'): AuditDraft => ({
  at: AT,
  actor,
  action: action as AuditAction,
  subject: 'case:1',
})
const run = (db: Database, sql: string) => db.write([{ sql, args: [] }])

describe('the audit chain', () => {
  it('ties each entry to the one before, and says that it is whole', async () => {
    const db = await open()
    await writeAudited(db, [draft('case.accepted'), draft('case.noted')], [])
    await writeAudited(db, [{ ...draft('case.paid'), reason: '名册第 3 行' }], [])
    const entries = (await listAudit(db, { limit: 10 })).rows.reverse()
    expect(entries.map(({ ordinal, action }) => [ordinal, action])).toEqual([
      [1, 'case.accepted'],
      [2, 'case.noted'],
      [3, 'case.paid'],
    ])
    expect(entries.map(({ previousHash }) => previousHash)).toEqual([
      '',
      entries[0]?.hash,
      entries[1]?.hash,
    ])
    expect(await verifyAudit(db)).toEqual({ ok: true, entries: 3, hash: entries[2]?.hash })
    expect(await readAuditHead(db)).toEqual({ ordinal: 3, hash: entries[2]?.hash })
  })

  it('is whole while it is empty', async () => {
    expect(await verifyAudit(await open())).toEqual({ ok: true, entries: 0, hash: '' })
  })

  it('hashes the same value alike, in whatever order its keys come', async () => {
    expect(await hashOf({ b: 1, a: { d: [2, 1], c: null } })).toBe(
      await hashOf({ a: { c: null, d: [2, 1] }, b: 1 }),
    )
    expect(await hashOf({ a: [1, 2] })).not.toBe(await hashOf({ a: [2, 1] }))
  })

  it('refuses to change or delete an entry', async () => {
    const db = await open()
    await writeAudited(db, [draft('case.accepted')], [])
    await expect(run(db, "UPDATE audit_entries SET actor = 'bob'")).rejects.toThrow('never changed')
    await expect(run(db, 'DELETE FROM audit_entries')).rejects.toThrow('never deleted')
    expect((await verifyAudit(db)).ok).toBe(true)
  })

  it.each([
    ["UPDATE audit_entries SET actor = 'bob' WHERE ordinal = 2", 2, 'altered'],
    ["UPDATE audit_entries SET reason = '' WHERE ordinal = 3", 3, 'altered'],
    ['DELETE FROM audit_entries WHERE ordinal = 2', 2, 'missing'],
    ["UPDATE audit_entries SET previous_hash = 'x' WHERE ordinal = 3", 3, 'unlinked'],
    ['DELETE FROM audit_entries WHERE ordinal = 1', 1, 'missing'],
    // Put before the first, where nobody looks.
    ['UPDATE audit_entries SET ordinal = -4 WHERE ordinal = 4', -4, 'unlinked'],
    // The third takes the place of the second.
    [
      'UPDATE audit_entries SET ordinal = CASE ordinal WHEN 2 THEN 9 WHEN 3 THEN 2 ELSE ordinal END',
      2,
      'unlinked',
    ],
  ])('names the entry where somebody got around that: %s', async (sql, ordinal, problem) => {
    const db = await open()
    for (const action of ['case.a', 'case.b', 'case.c', 'case.d']) {
      await writeAudited(db, [draft(action)], [])
    }
    await run(db, 'DROP TRIGGER audit_entries_stay')
    await run(db, 'DROP TRIGGER audit_entries_remain')
    await run(db, sql)
    expect(await verifyAudit(db)).toEqual({ ok: false, ordinal, problem })
  })

  it('names the following entry where one was forged with a hash of its own', async () => {
    const db = await open()
    for (const action of ['case.a', 'case.b']) await writeAudited(db, [draft(action)], [])
    const {
      rows: [, first],
    } = await listAudit(db, { limit: 2 })
    const { hash: _, ...fields } = { ...first, actor: 'bob' }
    await run(db, 'DROP TRIGGER audit_entries_stay')
    await db.write([
      {
        sql: "UPDATE audit_entries SET actor = 'bob', hash = ? WHERE ordinal = 1",
        args: [await hashOf(fields)],
      },
    ])
    expect(await verifyAudit(db)).toEqual({ ok: false, ordinal: 2, problem: 'unlinked' })
  })

  it('tells by a hash noted earlier that the end was cut off, or all of it written anew', async () => {
    const db = await open()
    for (const action of ['case.a', 'case.b', 'case.c']) await writeAudited(db, [draft(action)], [])
    const { hash: noted } = await readAuditHead(db)
    await writeAudited(db, [draft('case.d')], [])
    expect(await verifyAudit(db, noted)).toMatchObject({ ok: true, entries: 4 })
    expect(await verifyAudit(db, noted.slice(0, 12))).toMatchObject({ ok: true })
    await run(db, 'DROP TRIGGER audit_entries_remain')
    await run(db, 'DELETE FROM audit_entries WHERE ordinal > 2')
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 2 })
    expect(await verifyAudit(db, noted)).toEqual({ ok: false, ordinal: 3, problem: 'cut' })
    await run(db, 'DELETE FROM audit_entries')
    for (const action of ['case.x', 'case.y', 'case.z']) await writeAudited(db, [draft(action)], [])
    expect(await verifyAudit(db, noted)).toMatchObject({ ok: false, problem: 'cut' })
    const told = await runAuditCommand({ db }, ['verify'], { head: noted })
    expect([told.ok, told.lines.join()]).toEqual([false, expect.stringContaining('cut')])
    expect((await runAuditCommand({ db }, ['verify'], { head: 'no hash' })).ok).toBe(false)
    const { hash } = await readAuditHead(db)
    expect((await runAuditCommand({ db }, ['verify'])).lines.join()).toContain(hash)
  })

  it('lets no refused action take those along that were written with it', async () => {
    const db = await open()
    const attempt = (key: string) => ({
      sql: 'INSERT INTO attempts (key, count, ends_at) VALUES (?, 1, ?) RETURNING key',
      args: [key, AT],
    })
    const done = await Promise.allSettled(
      ['a', 'b', 'b', 'c', 'd'].map((key) => writeAudited(db, [draft(`x.${key}`)], [attempt(key)])),
    )
    expect(done.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual([
      [[['a']]],
      [[['b']]],
      'refused',
      [[['c']]],
      [[['d']]],
    ])
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 4 })
  })

  it('writes an action and its entry together or not at all', async () => {
    const db = await open()
    const attempt = {
      sql: "INSERT INTO attempts (key, count, ends_at) VALUES ('k', 1, ?)",
      args: [AT],
    }
    await writeAudited(db, [draft('a')], [attempt])
    await expect(writeAudited(db, [draft('b')], [attempt])).rejects.toMatchObject({
      columns: ['attempts.key'],
    })
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 1 })
  })

  it('fails as a race, with nothing written, where the chain has grown since it was read', async () => {
    const db = await open()
    const head = await readAuditHead(db)
    await writeAudited(db, [draft('first')], [])
    const late = db.write(await auditStatements(head, [draft('late')]))
    await expect(late).rejects.toSatisfy(isAuditRace)
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 1 })
  })

  it('takes two hundred at once from two processes, none lost and none twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'))
    closers.push(() => rmSync(folder, { recursive: true, force: true }))
    const path = `${folder}/test.db`
    const ones = [await open(path), await open(path)]
    await Promise.all(
      ones.flatMap((db, process) =>
        Array.from({ length: 100 }, (_, n) =>
          writeAudited(db, [draft(`n${n}`, `p${process}`)], []),
        ),
      ),
    )
    const [db = await open(path)] = ones
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 200 })
    const { rows: entries } = await listAudit(db, { limit: 500 })
    expect(new Set(entries.map(({ actor, action }) => `${actor} ${action}`)).size).toBe(200)
  })

  it('lists what an auditor asks for', async () => {
    const db = await open()
    await writeAudited(db, [draft('case.a'), draft('staff.b', 'bob'), draft('case.c', 'bob')], [])
    const actions = async (filter: Omit<Parameters<typeof listAudit>[1], 'limit'>) =>
      (await listAudit(db, { ...filter, limit: 10 })).rows.map(({ action }) => action)
    expect(await actions({ actor: 'bob' })).toEqual(['case.c', 'staff.b'])
    expect(await actions({ action: 'case.' })).toEqual(['case.c', 'case.a'])
    expect(await actions({ actor: 'bob', action: 'case.', subject: 'case:1' })).toEqual(['case.c'])
    const { next } = await listAudit(db, { limit: 2 })
    expect(await actions({ cursor: next ?? '' })).toEqual(['case.a'])
  })
})
