import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { requireKeys } from '../../db/core/keys/key-marks.ts'
import { eraseStatements } from '../../db/people/erase.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { ageOutFormer } from '../../src/platform/backup/age-out.node.ts'
import { runBackup, runRestore, runVerify } from '../../src/platform/backup/cli.node.ts'
import { keepHouse } from '../../src/platform/backup/keep-house.node.ts'
import { AT, otherApplicant, prepareCases, submit, vault } from '../helpers/cases.ts'

let folder: string
let database: string
const LATER = '2018-06-02T02:00:00.000Z'
let said: string[]
const world = () => ({
  config: readConfig({ DATABASE_URL: `file:${database}` }),
  vault: async () => vault,
  now: () => LATER,
  say: (line: string) => void said.push(line),
})
async function within<Result>(use: (db: Database) => Promise<Result>): Promise<Result> {
  const db = openFile(database)
  try {
    return await use(db)
  } finally {
    await db.close()
  }
}
const count = (sql: string) =>
  within(async (db) => Number((await db.read([{ sql, args: [] }]))[0]?.[0]?.[0]))
const house = () =>
  within(async (db) =>
    keepHouse(world().config, {
      ...world(),
      db,
      vault,
      log: { info: () => {}, warn: () => {}, error: (_, error) => expect(error).toBeNull() },
    }),
  )

/** 张三 and 李, each with an application; a backup; then 张三 is erased, in the window of their web chat. */
beforeEach(async () => {
  said = []
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-erasures-'))
  database = join(folder, 'weiqitong.db')
  await within(async (db) => {
    const revision = await prepareCases(db)
    expect(await requireKeys(db, vault, AT)).toBeNull()
    await submit(db, revision, 1)
    await submit(db, revision, 2, { contactId: 'li', applicant: otherApplicant(2) })
  })
  expect(await runBackup(world(), join(folder, 'backups', 'old.db'))).toBe(true)
  await within(async (db) => {
    const asked = {
      contactId: 'zhang',
      sessionId: 'web:w1',
      from: { channel: 'web', id: 'w1' } as const,
      turn: 2,
      at: LATER,
    }
    const erasure = { newContactId: 'fresh', withdraw: [], erase: ['case-1'] }
    await db.write(await eraseStatements(vault, asked, erasure))
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const OF_ZHANG = `SELECT (SELECT count(*) FROM contacts WHERE id = 'zhang')
  + (SELECT count(*) FROM sessions WHERE contact_id = 'zhang')
  + (SELECT count(*) FROM addresses WHERE contact_id = 'zhang')
  + (SELECT count(*) FROM cases WHERE contact_id = 'zhang' OR (id = 'case-1' AND applicant IS NOT NULL))`

/** A file that this process has never opened: libSQL lets go of one only with the process. */
function leave(): void {
  if (!existsSync(database)) return
  copyFileSync(database, `${database}.copy`)
  renameSync(`${database}.copy`, database)
  for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true })
}

async function restoredWithout(): Promise<void> {
  leave()
  const restored = await runRestore(world(), join(folder, 'backups', 'old.db'))
  expect(said.join('\n')).not.toContain('✗')
  expect(restored).toBe(true)
  expect(said.join('\n')).toContain('1 people who were erased since then were erased again')
  expect(await count(OF_ZHANG)).toBe(0)
  expect(
    await count("SELECT count(*) FROM cases WHERE contact_id = 'li' AND applicant IS NOT NULL"),
  ).toBe(1)
  expect(await count('SELECT count(*) FROM erasures')).toBe(1)
  expect(await runVerify(world(), undefined)).toBe(true)
}

it('a restore erases again whom the database has erased since', async () => {
  expect(await count(OF_ZHANG)).toBe(0)
  await restoredWithout()
  // And once more from the same backup, by the list of the database that it brought back.
  said = []
  await restoredWithout()
})

it('a restore knows them by the list beside the backups where the database is lost', async () => {
  await house()
  const list = join(folder, 'backups', 'erasures')
  expect(readFileSync(list).includes('zhang')).toBe(false)
  for (const name of readdirSync(folder)) if (name !== 'backups') rmSync(join(folder, name))
  await restoredWithout()
  // A younger list is not made shorter by an older database.
  rmSync(database)
  await within(async (db) => void (await prepareCases(db)))
  await house()
  said = []
  await restoredWithout()
})

it('a list that other keys have sealed stops a restore, and nothing is changed', async () => {
  writeFileSync(join(folder, 'backups', 'erasures'), Buffer.from('not a list'))
  leave()
  expect(await runRestore(world(), join(folder, 'backups', 'old.db'))).toBe(false)
  expect(said.at(-1)).toContain('does not open with the keys')
  expect(await count(OF_ZHANG)).toBe(0)
})

it('what a restore has put aside goes after thirty days, and nothing else', async () => {
  await restoredWithout()
  const names = () => readdirSync(folder).sort()
  const former = names().find((name) => name.includes('before-restore')) ?? ''
  expect(former).toBe('weiqitong.db.before-restore-20180602T020000')
  for (const other of [
    'weiqitong.db.before-restore-mine',
    'other.db.before-restore-20000101T000000',
  ])
    writeFileSync(join(folder, other), '')
  expect(ageOutFormer(database, '2018-07-02T01:59:00.000Z')).toEqual([])
  expect(ageOutFormer(database, '2018-07-02T02:00:01.000Z')).toEqual([former])
  expect(existsSync(join(folder, former))).toBe(false)
  expect(names()).toContain('other.db.before-restore-20000101T000000')
  expect(names()).toContain('weiqitong.db.before-restore-mine')
})
