import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { testVault } from '../helpers/app.ts'
import { SETTINGS, startWorkerd } from './start-workerd.ts'

let api: FakeBotApi
let worker: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  api = await startFakeBotApi({ token: SETTINGS.TELEGRAM_BOT_TOKEN })
  worker = await startWorkerd({ ...SETTINGS, TELEGRAM_API_ROOT: api.url })
})
afterAll(async () => {
  await worker.stop()
  await api.close()
})

it('a row that is due before the next minute is sent by way of the queue, once', async () => {
  await fetch(`${worker.url}/readyz`)
  const person = api.person(78)
  const at = new Date()
  const db = openRemote({ url: worker.database.url, authToken: 'secret' })
  await db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES ('q', 'zh-Hans', ?)",
      args: [at.toISOString()],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
        VALUES ('telegram', '78', 'q', ?)`,
      args: [at.toISOString()],
    },
    await enqueue(testVault, {
      origin: 'notice',
      // By night everything else would wait.
      kind: 'answer',
      id: 'notice:queue',
      to: { channel: 'telegram', id: '78' },
      body: { text: '已经为您查到了。', quickReplies: [] },
      at: at.toISOString(),
      notBefore: new Date(at.getTime() + 4000).toISOString(),
      expiresAt: '2999-01-01T00:00:00.000Z',
    }),
  ])
  await worker.tick()
  expect(person.messages).toEqual([])
  await expect
    .poll(() => person.messages.map(({ text }) => text), { timeout: 20_000, interval: 200 })
    .toEqual(['已经为您查到了。'])
  const outcome = async () =>
    (await db.read([{ sql: 'SELECT status, attempts FROM outbox', args: [] }]))[0]
  await expect.poll(outcome, { timeout: 5000 }).toEqual([['sent', 1]])
  await db.close()
}, 60_000)
