import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { openFile } from '../../db/core/client.node.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { deriveStage } from '../../flows/programme/lifecycle/application-stages.ts'
import { otherApplicant, pack, prepareCases, submit, vault } from '../helpers/cases.ts'
import type { BreakName } from '../prove/breaks/list.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-moves-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Moves cases round and round, and says each move that was acknowledged. */
const WRITER = `
  if (process.argv[5] !== '') {
    const { installBreak } = await import(process.argv[1] + '/test/prove/breaks/install.ts')
    installBreak(process.argv[5])
  }
  const { openFile } = await import(process.argv[1] + '/db/core/client.node.ts')
  const { moveCaseNow } = await import(process.argv[1] + '/src/cases/move-case.ts')
  const { vault, pack, AT } = await import(process.argv[1] + '/test/helpers/cases.ts')
  const db = openFile(process.argv[2])
  const numbers = process.argv[3].split(',')
  const world = { db, vault, pack, now: () => AT, personalData: () => true }
  const city = { role: 'city-reviewer', name: '赵敏' }
  const wang = { role: 'district-reviewer', name: '王芳' }
  const round = [['publish', city, []], ['object', city, ['objection']], ['file', wang, []]]
  const start = Number(process.argv[4])
  if (start === 0) for (const number of numbers) {
    for (const move of ['accept', 'begin-review', 'file']) await moveCaseNow(world, { number, move, actor: wang })
  }
  await Promise.all(numbers.map(async (number) => {
    for (;;) for (const [move, actor, reasons] of round) {
      const moved = await moveCaseNow(world, { number, move, actor, reasons, note: '看看' })
      if (moved.ok) process.stdout.write(number + ' ' + moved.event.ordinal + '\\n')
    }
  }))`

/** Kills a writer five times; each acknowledged move, each move's notice and the audit, as they are then. */
async function killWriter(broken: BreakName | '') {
  const path = join(folder, `killed-${broken}.db`)
  const own = openFile(path)
  const rev = await prepareCases(own)
  const numbers: string[] = []
  for (let serial = 1; serial <= 4; serial++) {
    numbers.push((await submit(own, rev, serial, { applicant: otherApplicant(serial) })).number)
  }
  await own.close()
  const root = new URL('../..', import.meta.url).href.replace(/\/$/, '')
  const acknowledged: string[] = []
  for (let kill = 0; kill < 5; kill++) {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', WRITER, root, path, numbers.join(), String(kill), broken],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let heard = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    // However slow the machine is: some moves are acknowledged before the end comes.
    while (heard.split('\n').length <= 5) await once(child.stdout, 'data')
    await pause(kill * 37)
    child.kill('SIGKILL')
    await once(child, 'close')
    acknowledged.push(...heard.split('\n').slice(0, -1))
  }
  const after = openFile(path)
  const files = new Map<string, NonNullable<Awaited<ReturnType<typeof loadCaseFile>>>>()
  for (const number of numbers) {
    const file = await loadCaseFile(after, vault, { number })
    if (file === null) throw new Error('a case is gone')
    files.set(number, file)
    expect(deriveStage(pack.stages, file.events)).toEqual({ ok: true, stage: file.head.stage })
  }
  expect(acknowledged.length).toBeGreaterThan(20)
  const lost = acknowledged.filter((one) => {
    const [number = '', ordinal = ''] = one.split(' ')
    return (files.get(number)?.events.length ?? 0) < Number(ordinal)
  })
  expect(lost).toEqual([])
  const [rows = []] = await after.read([{ sql: 'SELECT id FROM outbox', args: [] }])
  const moves = [...files.values()].flatMap(({ head, events }) =>
    events.slice(1).map(({ ordinal }) => `notice:case:${head.id}:${ordinal}`),
  )
  const audit = await verifyAudit(after)
  await after.close()
  return { moves: moves.sort(), notices: rows.map(([id]) => String(id)).sort(), audit }
}

it('SIGKILL leaves every acknowledged move, and no half of one', async () => {
  const { moves, notices, audit } = await killWriter('')
  expect(notices, 'each move by staff has its notice, and each notice its move').toEqual(moves)
  expect(audit, 'and its entry, in a chain that is whole').toMatchObject({
    ok: true,
    entries: moves.length,
  })
}, 300_000)

it('finds a seeded bug that writes the audit apart from the move', async () => {
  const { moves, audit } = await killWriter('audit-apart')
  expect(audit.ok && audit.entries).not.toBe(moves.length)
}, 300_000)
