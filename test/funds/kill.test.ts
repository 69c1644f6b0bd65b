import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findAct } from '../../db/funds/acts.ts'
import { verifyFunds } from '../../db/funds/verify.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { CITY, createFundTest, fillYunyan } from './fund-world.ts'

const root = new URL('../..', import.meta.url).href

/** Allots, pays and takes back, several at once, and says each key when it is done, until it is killed. */
const WORKER = `
  const [path, prefix] = process.argv.slice(1)
  const { openFile } = await import('${root}db/core/client.node.ts')
  const { fundWorld, YUNYAN, papers } = await import('${root}test/funds/fund-world.ts')
  const { moveMoney, reverseMoney } = await import('${root}src/funds/move-money.ts')
  const world = fundWorld(openFile(path), prefix)
  let count = 0
  const act = async (move, serial, fen) => {
    const key = prefix + move + ++count
    const grant = { caseId: 'case-' + serial }
    const done = await moveMoney(world, YUNYAN, { move, grant, amountFen: fen, ...papers(key) })
    if (!done.ok) return null
    process.stdout.write(key + '\\n')
    return done.act.id
  }
  for (;;) {
    await Promise.all([1, 2, 3].map(async (serial) => {
      const actId = await act('allot', serial, 900_000 + count)
      await act('pay', serial, 1 + count)
      const key = prefix + 'back' + ++count
      if (actId !== null && (await reverseMoney(world, YUNYAN, { actId, reason: 'x', key })).ok) process.stdout.write(key + '\\n')
    }))
  }`

it('every sum agrees after SIGKILL of two processes at work, and nothing acknowledged is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-funds-'))
  const path = join(folder, 'a.db')
  const { db, world } = await createFundTest({ path, cases: 3 })
  await fillYunyan(world, 2)
  const acknowledged: string[] = []
  for (let round = 0; round < 2; round++) {
    const children = ['a', 'b'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', WORKER, path, `${name}${round}-`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    )
    const heard = await Promise.all(
      children.map(async (child, index) => {
        let lines = ''
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
          lines += chunk
        })
        await once(child.stdout, 'data')
        await new Promise((resolve) => setTimeout(resolve, 150 + 90 * round + 40 * index))
        child.kill('SIGKILL')
        await once(child, 'close')
        return lines.split('\n').slice(0, -1)
      }),
    )
    acknowledged.push(...heard.flat())
    expect(await verifyFunds(db)).toMatchObject({ ok: true })
  }
  expect(acknowledged.length).toBeGreaterThan(6)
  for (const key of acknowledged) expect(await findAct(db, CITY, { key }), key).not.toBe(null)
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
