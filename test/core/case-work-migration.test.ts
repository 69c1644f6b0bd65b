import { expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import { answersContext, applicantContext } from '../../db/cases/content.ts'
import { loadEvents } from '../../db/cases/events.ts'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { fillIndexes } from '../../src/cases/fill-indexes.ts'
import { testVault } from '../helpers/app.ts'

const at = (day: number) => `2018-06-0${day}T02:00:00.000Z`

it('tells of cases from before since when they stand where they stand, and finds them by mobile', async () => {
  const db = openFile(':memory:')
  const before = migrations.filter(({ name }) => name < '0009')
  const statements = before
    .flatMap(({ sql }) => sql.split(/;\s*$/m))
    .filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')
  const sealed = async (id: string, mobile: string) => [
    await testVault.seal(JSON.stringify({ name: '张三', mobile }), applicantContext(id)),
    await testVault.seal(JSON.stringify({ creditCode: null }), answersContext(id)),
  ]
  const insertCase = async (id: string, stage: string, version: number) => ({
    sql: `INSERT INTO cases (id, number, programme_id, revision_id, district, origin, stage, version, applicant,
        answers, has_key_group, key_group_jobs, in_low_income_village, submitted_at, completed_at, updated_at)
      VALUES (?, ?, 'p', 'r', 'yunyan', 'chat', ?, ?, ?, ?, 0, 0, 0, ?, ?, ?)`,
    args: [
      id,
      `N-${id}`,
      stage,
      version,
      ...(await sealed(id, '13900139000')),
      at(1),
      at(1),
      at(3),
    ],
  })
  const event = (id: string, ordinal: number, from: string, to: string) => ({
    sql: `INSERT INTO case_events (case_id, ordinal, move, from_stage, to_stage, role, actor, reasons, at)
      VALUES (?, ?, 'm', ?, ?, 'district-reviewer', '王芳', '[]', ?)`,
    args: [id, ordinal, from, to, at(ordinal)],
  })
  await db.write([
    ...statements.map((sql) => ({ sql, args: [] })),
    {
      sql: 'CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
      args: [],
    },
    ...before.map(({ name }) => ({
      sql: 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
      args: [name, at(1)],
    })),
    { sql: "INSERT INTO programmes (id) VALUES ('p')", args: [] },
    {
      sql: "INSERT INTO pack_revisions (id, programme_id, facts, loaded_at) VALUES ('r', 'p', '{}', ?)",
      args: [at(1)],
    },
    await insertCase('moved', 'accepted', 2),
    event('moved', 1, 'draft', 'submitted'),
    event('moved', 2, 'submitted', 'accepted'),
    await insertCase('corrected', 'submitted', 2),
    event('corrected', 1, 'draft', 'submitted'),
    event('corrected', 2, 'submitted', 'submitted'),
  ])
  await migrate(db, at(4))
  expect((await loadCase(db, { id: 'moved' }))?.stageAt).toBe(at(2))
  expect((await loadCase(db, { id: 'corrected' }))?.stageAt).toBe(at(1))
  const [first] = await loadEvents(db, testVault, 'moved')
  expect(first).toMatchObject({ actor: '王芳' })
  expect(first).not.toHaveProperty('actorId')
  const found = async () => {
    const [rows = []] = await db.read([
      {
        sql: 'SELECT id FROM cases WHERE mobile_index = ? ORDER BY id',
        args: [await testVault.index('mobile', '13900139000')],
      },
    ])
    return rows.map(([id]) => id)
  }
  expect(await found()).toEqual([])
  expect(await fillIndexes({ db, vault: testVault })).toBe(2)
  expect(await found()).toEqual(['corrected', 'moved'])
  const forge = { sql: "UPDATE case_events SET actor_id = 'somebody'", args: [] }
  await expect(db.write([forge])).rejects.toThrow('only added to')
  await db.close()
})
