import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { createWorld } from '../helpers/app.ts'
import { createTestMp, openDatabase } from '../helpers/channels/wechat-mp.ts'

it('a follower who floods an official account is told so, not that the service is broken', async () => {
  const db = await openDatabase()
  let now = () => '2018-06-01T02:00:00.000Z'
  const fake = await startFakeWechatMp({ now: () => Date.parse(now()) })
  const { channel } = await createTestMp(fake, { now: () => now(), db })
  const world = await createWorld([channel], { db })
  now = world.deps.now
  const server = serve({ fetch: createApp(world.deps).fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  fake.webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/wechat-mp`
  const person = fake.person('o-flood-000000000000000000000')
  for (let count = 0; count < 120; count++) await person.type('菜单')
  const before = person.seen.length
  await Promise.all([person.type('菜单'), person.type('菜单')])
  expect(person.seen.slice(before)).toEqual(
    Array(2).fill({ by: 'reply', text: expect.stringContaining('过一分钟') }),
  )
  world.tick(61)
  await person.type('钱多少')
  expect(person.texts().at(-1)).toContain('4.5万元')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await fake.close()
  await world.close()
})
