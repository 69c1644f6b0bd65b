import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openFile } from '../../db/core/client.node.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'

/**
 * A process that sends a broadcast until it is finished: `node sender.ts <database> <log>`. Its network
 * writes down who got a message, a moment before it says so, as a real one would.
 */
const [database = '', log = ''] = process.argv.slice(2)

// By day, so that nobody sleeps; a lease of a dead process is over for the next one.
const jump = Number(process.env.JUMP_SECONDS ?? 0)
const start = Date.parse('2018-06-01T01:00:00.000Z') + jump * 1000 - Date.now()
const network = createFakeChannel({ ratePerSecond: 5000 })
network.send = async ({ to }) => {
  await pause(Math.random() * 4)
  appendFileSync(log, `${to.id}\n`)
  await pause(Math.random() * 4)
  return { ok: true, externalId: to.id }
}
const world = await createWorld([network], { db: openFile(database) })
const deps = { ...world.deps, now: () => new Date(Date.now() + start).toISOString() }
process.stdout.write('ready\n')
for (;;) {
  const busy = await runCampaigns(deps)
  const sent = await dispatchOutbox(deps, pause)
  if (busy || sent > 0) continue
  const [rows] = await world.db.read([
    {
      sql: `SELECT count(*) FROM campaigns WHERE state NOT IN ('finished', 'cancelled')`,
      args: [],
    },
  ])
  if (Number(rows?.[0]?.[0]) === 0) break
  await pause(20)
}
await world.close()
