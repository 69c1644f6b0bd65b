import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { insertStaff } from '../../db/staff/members.ts'
import { runImports } from '../../src/ledger/import/run-imports.ts'
import { importSteps, uploadLedger } from '../../src/ledger/import/start.ts'
import { toCsv } from '../../src/platform/tables/csv.ts'
import { createWorld } from '../helpers/app.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'

const LINES = 600
const root = new URL('../..', import.meta.url).href

/** Works at the import until it is killed, and says when it has begun. */
const WORKER = `
  const [path, prefix] = process.argv.slice(1)
  const { openFile } = await import('${root}db/core/client.node.ts')
  const { createWorld } = await import('${root}test/helpers/app.ts')
  const { runImports } = await import('${root}src/ledger/import/run-imports.ts')
  const { deps } = await createWorld([], { db: openFile(path) })
  let ids = 0
  const mine = { ...deps, newId: () => prefix + '-' + ++ids }
  process.stdout.write('ready\\n')
  while (await runImports(mine));`

it('SIGKILL in the middle of an import leaves whole lines, and the rest is done by whoever comes next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-import-'))
  const path = join(folder, 'a.db')
  const { deps, db, close } = await createWorld([], { db: openFile(path) })
  const staff = { id: 'importer', district: null }
  await db.write([
    insertStaff({
      ...staff,
      name: '王芳',
      email: 'w@example.gov.cn',
      role: 'city-reviewer',
      providerId: null,
      at: deps.now(),
    }),
  ])
  const lines = Array.from({ length: LINES }, (_, person) => [
    '李小茶',
    identityNumber(person),
    '云岩区',
    '2018-03-05',
    '2018-03-09',
  ])
  const table = [['姓名', '身份证', '区县', '已提交', '已受理'], ...lines]
  const file = { name: '台账.csv', bytes: new TextEncoder().encode(toCsv(table)) }
  const uploaded = await uploadLedger(deps, staff, file, {
    pack,
    words: (_, key) => key,
    mostLines: LINES,
  })
  const id = uploaded.ok ? uploaded.id : ''
  const load = async () => {
    const [rows = []] = await db.read([
      { sql: 'SELECT state, cursor, mapping FROM ledger_imports WHERE id = ?', args: [id] },
    ])
    return rows[0] ?? []
  }
  const one = { id, lines: LINES, fresh: LINES } as Parameters<typeof importSteps.check>[1]
  await importSteps.check(deps, one, JSON.parse(String((await load())[2])))
  const cursors: number[] = []
  for (let round = 0; round < 6; round++) {
    if ((await load())[0] === 'checked') await importSteps.run(deps, one, staff.id)
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', WORKER, path, `r${round}`],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const from = String(await load())
    await once(child.stdout, 'data')
    // However slow the machine is: it is cut off within its work, or a little after it.
    while (String(await load()) === from && child.exitCode === null) await pause(5)
    await pause(round * 5)
    child.kill('SIGKILL')
    if (child.exitCode === null) await once(child, 'close')
    cursors.push(Number((await load())[1]))
    const [whole = []] = await db.read([
      {
        sql: `SELECT count(*), (SELECT added FROM ledger_imports), (SELECT count(*) FROM ledger_import_lines
            WHERE verdict = 'added'), (SELECT count(*) FROM cases WHERE version <> 2 OR import_id IS NULL)
          FROM cases`,
        args: [],
      },
    ])
    const [cases, added, marked, halves] = whole[0] ?? []
    expect([added, marked, halves]).toEqual([cases, cases, 0])
  }
  // Some round was cut off within its work.
  expect(cursors.some((cursor) => cursor > 1 && cursor <= LINES)).toBe(true)
  while (await runImports({ ...deps, newId: () => crypto.randomUUID() }));
  if ((await load())[0] === 'checked') {
    await importSteps.run(deps, one, staff.id)
    while (await runImports({ ...deps, newId: () => crypto.randomUUID() }));
  }
  const [cases = [], people = []] = await db.read([
    {
      sql: 'SELECT count(*), count(DISTINCT identity_index), count(DISTINCT number) FROM cases',
      args: [],
    },
    { sql: `SELECT state, added FROM ledger_imports`, args: [] },
  ])
  expect(cases).toEqual([[LINES, LINES, LINES]])
  expect(people).toEqual([['done', LINES]])
  await close()
  rmSync(folder, { recursive: true, force: true })
}, 600_000)
