import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
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

const PEOPLE = 10_000
const KILLS = 20

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-broadcast-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(`a sender killed ${KILLS} times tells each of ${PEOPLE} people once`, async () => {
  const database = join(folder, 'kill.db')
  const log = join(folder, 'arrived')
  writeFileSync(log, '')
  const world = await createWorld([createFakeChannel()], { db: openFile(database) })
  await seedPeople(world.deps, PEOPLE)
  const [author, other] = [await createStaff(world.deps, 's1'), await createStaff(world.deps, 's2')]
  const input = { id: 'c1', title: '宣讲会', segment: {}, content: CONTENT }
  await writeCampaign(world.deps, author, input)
  await submitCampaign(world.deps, author, { id: 'c1', version: 1 }, null)
  await approveCampaign(world.deps, other, { id: 'c1', version: 2 })
  await world.close()

  let kills = 0
  for (let run = 0; ; run++) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'sender.ts'), database, log],
      // Each start is minutes later, so that what the dead one held is free.
      {
        env: { ...process.env, JUMP_SECONDS: String(3600 + run * 120) },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await once(child.stdout, 'data')
    const ended = once(child, 'exit')
    if (run >= KILLS) {
      const [code] = await ended
      expect(code).toBe(0)
      break
    }
    await pause(20 + Math.random() * 500)
    kills += child.kill('SIGKILL') ? 1 : 0
    await ended
  }

  const arrived = readFileSync(log, 'utf8').trim().split('\n')
  const db = openFile(database)
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
  expect(inDoubt, 'in doubt is only what was on its way').toBeLessThanOrEqual(kills * 10)
}, 240_000)
