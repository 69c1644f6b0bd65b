import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { loadReport } from '../../db/campaigns/figures.ts'
import { openFile } from '../../db/core/client.node.ts'
import {
  approveCampaign,
  submitCampaign,
  writeCampaign,
} from '../../src/campaigns/change-campaign.ts'
import { createWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import type { BreakName } from '../prove/breaks/list.ts'

const PEOPLE = 10_000
const KILLS = 20
/** So many rows a process has on their way at most (src/outbox/dispatch-outbox.ts). */
const IN_FLIGHT = 30

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-broadcast-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let broadcasts = 0

/** A broadcast that waits for a sender; gives its database and where its network writes down who got it. */
async function prepareBroadcast() {
  const name = String(++broadcasts)
  const [database, log] = [join(folder, `${name}.db`), join(folder, `${name}.log`)]
  writeFileSync(log, '')
  const world = await createWorld([createFakeChannel()], { db: openFile(database) })
  await seedPeople(world.deps, PEOPLE)
  const [author, other] = [await createStaff(world.deps, 's1'), await createStaff(world.deps, 's2')]
  const input = { id: 'c1', title: '宣讲会', segment: {}, content: CONTENT }
  await writeCampaign(world.deps, author, input)
  await submitCampaign(world.deps, author, { id: 'c1', version: 1 }, null)
  await approveCampaign(world.deps, other, { id: 'c1', version: 2 })
  await world.close()
  return { database, log, arrived: () => readFileSync(log, 'utf8').trim().split('\n') }
}

/** Starts a sender minutes after the one before, so that what the dead one held is free, once it is at work. */
async function startSender(
  { database, log }: { database: string; log: string },
  run: number,
  broken?: BreakName,
) {
  const install = new URL('../prove/breaks/install.ts', import.meta.url).href
  const code = `import { installBreak } from '${install}'; installBreak('${broken}')`
  const child = spawn(
    process.execPath,
    [
      ...(broken === undefined ? [] : ['--import', `data:text/javascript,${code}`]),
      join(import.meta.dirname, 'sender.ts'),
      database,
      log,
    ],
    {
      env: { ...process.env, JUMP_SECONDS: String(3600 + run * 120) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended: Promise<(number | null)[]> = once(child, 'exit')
  await once(child.stdout, 'data')
  const kill = async (milliseconds = 20 + Math.random() * 500) => {
    await pause(milliseconds)
    const killed = child.kill('SIGKILL')
    await ended
    return killed ? 1 : 0
  }
  return { kill, ended }
}

it(`a sender killed ${KILLS} times tells each of ${PEOPLE} people once`, async () => {
  const broadcast = await prepareBroadcast()
  let kills = 0
  for (let run = 0; run < KILLS; run++) kills += await (await startSender(broadcast, run)).kill()
  const [code] = await (await startSender(broadcast, KILLS)).ended
  expect(code).toBe(0)

  const arrived = broadcast.arrived()
  const db = openFile(broadcast.database)
  const [report] = await loadReport(db, 'c1')
  const [doubted = []] = await db.read([
    { sql: `SELECT external_id FROM outbox WHERE status = 'in-doubt'`, args: [] },
  ])
  await db.close()
  expect(new Set(arrived).size, 'nobody got it twice').toBe(arrived.length)
  const told = new Set(arrived)
  const missed = PEOPLE - told.size
  const { sent = 0, 'in-doubt': inDoubt = 0 } = report?.statuses ?? {}
  console.log(
    `${kills} kills, ${arrived.length} arrived, ${inDoubt} in doubt, ${missed} of those did not arrive`,
  )
  expect(sent + inDoubt, 'everybody is accounted for').toBe(PEOPLE)
  expect(doubted.length).toBe(inDoubt)
  expect(missed, 'whoever was not told is one in doubt').toBeLessThanOrEqual(inDoubt)
  expect(inDoubt, 'in doubt is only what was on its way').toBeLessThanOrEqual(kills * IN_FLIGHT)
}, 600_000)

describe('a seeded bug', () => {
  it('that does not note what is handed to the network sends twice', async () => {
    const broadcast = await prepareBroadcast()
    for (let run = 0; run < 5; run++) {
      const before = broadcast.arrived().length
      const sender = await startSender(broadcast, run, 'sends-unnoted')
      while (broadcast.arrived().length === before) await pause(5)
      await sender.kill(0)
    }
    // What was on its way at a kill comes last again.
    await (await startSender(broadcast, KILLS, 'sends-unnoted')).ended
    const arrived = broadcast.arrived()
    expect(new Set(arrived).size, 'each got it once').toBeLessThan(arrived.length)
  }, 600_000)

  it.each(['lease-for-ever', undefined] as const)(
    '%s: what a dead sender held',
    async (broken) => {
      const broadcast = await prepareBroadcast()
      const db = openFile(broadcast.database)
      const sending = async () => {
        const [rows = []] = await db.read([
          { sql: `SELECT id FROM outbox WHERE status = 'sending'`, args: [] },
        ])
        return new Set(rows.map(([id]) => id))
      }
      let held = new Set<unknown>()
      let run = 0
      for (; run < KILLS && held.size === 0; run++) {
        await (await startSender(broadcast, run, broken)).kill()
        held = await sending()
      }
      expect(held.size).toBeGreaterThan(0)
      const before = broadcast.arrived().length
      const next = await startSender(broadcast, run, broken)
      while (broadcast.arrived().length < before + IN_FLIGHT) await pause(5)
      await next.kill(0)
      const isFreed = [...(await sending())].every((id) => !held.has(id))
      await db.close()
      expect(isFreed).toBe(broken === undefined)
    },
    600_000,
  )
})
