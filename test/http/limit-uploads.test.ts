import { Hono } from 'hono'
import { afterEach, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { LARGEST_MESSAGE, largestBody } from '../../src/http/largest-body.ts'
import { limitUploads } from '../../src/http/limit-uploads.ts'
import { testVault } from '../helpers/app.ts'

const FILES = '/webhooks/web/files'
const MEDIA = '/webhooks/wechat/media/x'

const opened: ReturnType<typeof openFile>[] = []
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

/** A database of its own, migrated. */
async function createDatabase() {
  const db = openFile(':memory:')
  opened.push(db)
  await migrate(db, '2018-06-01T02:00:00.000Z')
  return db
}

/** An application whose uploads stay open until they are let go. */
async function create(
  bounds: Partial<Parameters<typeof limitUploads>[2]>,
  shared?: ReturnType<typeof openFile>,
) {
  const db = shared ?? (await createDatabase())
  let time = Date.parse('2018-06-01T02:00:00.000Z')
  let letGo: () => void = () => {}
  const open = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const deps = {
    db,
    vault: testVault,
    now: () => new Date(time).toISOString(),
    translate: createTranslate(),
  }
  const app = new Hono()
    .use(limitUploads(deps, largestBody, { from: LARGEST_MESSAGE, ...bounds }))
    .post('*', async (c) => {
      if (c.req.header('x-stays') !== undefined) await open
      return c.text('kept')
    })
  const post = (path: string, headers: Record<string, string> = {}, address = '203.0.113.1') =>
    app.request(
      path,
      { method: 'POST', headers, body: 'x' },
      { incoming: { socket: { remoteAddress: address } } },
    )
  const tick = (ms: number) => {
    time += ms
  }
  return { post, letGo, tick }
}

it('holds so many bytes at once, however small each announces the rest, and so many requests', async () => {
  const { post, letGo } = await create({ atOnce: { requests: 4, bytes: 10_000_000 } })
  // Of unknown length, it counts as the largest of its path: 10 MiB is more than there is room for.
  expect((await post(FILES)).status).toBe(503)
  const sized = { 'content-length': '3000000', 'x-stays': '1' }
  const three = [post(FILES, sized), post(MEDIA, sized), post(FILES, sized)]
  const refused = await post(FILES, { 'content-length': '3000000', 'accept-language': 'zh' })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.text()).toContain('请过几秒再发一次')
  const small = { 'content-length': '10', 'x-stays': '1' }
  const fourth = post(FILES, small)
  expect((await post(FILES, { 'content-length': '10' })).status).toBe(503)
  // Words find their way meanwhile.
  expect((await post('/webhooks/web', { 'content-length': '10' })).status).toBe(200)
  letGo()
  expect((await Promise.all([...three, fourth])).map(({ status }) => status)).toEqual([
    200, 200, 200, 200,
  ])
  expect((await post(FILES, { 'content-length': '3000000' })).status).toBe(200)
})

it('takes so many files and bytes of one network in a day, and any number by the gateway', async () => {
  const { post, tick } = await create({ aDay: { files: 3, bytes: 5_000_000 } })
  const one = { 'content-length': '1000000', 'accept-language': 'en' }
  for (let count = 0; count < 3; count++) expect((await post(FILES, one)).status).toBe(200)
  const refused = await post(FILES, one)
  expect([refused.status, Number(refused.headers.get('retry-after')) > 3600]).toEqual([429, true])
  expect(await refused.text()).toContain('tomorrow')
  expect((await post(FILES, one, '198.51.100.1')).status, 'a neighbour').toBe(200)
  expect((await post(MEDIA, one)).status, 'the gateway').toBe(200)
  const large = { 'content-length': '3000000' }
  expect((await post(FILES, large, '198.51.100.2')).status).toBe(200)
  expect((await post(FILES, large, '198.51.100.2')).status, 'more bytes than a day has').toBe(429)
  tick(86_400_001)
  expect((await post(FILES, one)).status).toBe(200)
})

it('counts a day over all processes and isolates of one database', async () => {
  const db = await createDatabase()
  const bounds = { aDay: { files: 3, bytes: 50_000_000 } }
  const apart = [await create(bounds, db), await create(bounds, db)]
  const statuses: number[] = []
  for (let count = 0; count < 4; count++) {
    const one = apart[count % 2]
    if (one !== undefined) statuses.push((await one.post(FILES, { 'content-length': '10' })).status)
  }
  expect(statuses).toEqual([200, 200, 200, 429])
})

it('leaves room for others where one network holds files that never end', async () => {
  const { post, letGo } = await create({
    atOnce: { requests: 16, bytes: 64_000_000 },
    ofOne: { requests: 4, bytes: 24_000_000 },
  })
  const large = { 'content-length': '10000000', 'x-stays': '1' }
  const small = { 'content-length': '10', 'x-stays': '1' }
  const two = [post(FILES, large), post(FILES, large)]
  // A neighbour of the same network waits; another network does not, and the gateway brings many people's.
  expect((await post(FILES, large)).status).toBe(503)
  expect((await post('/plain', large)).status).toBe(503)
  const more = [post(FILES, small), post(FILES, small)]
  expect((await post(FILES, small)).status).toBe(503)
  const others = [post(FILES, large, '203.0.113.2'), post(FILES, large, '2001:db8::1')]
  const many = [1, 2].map(() => post(MEDIA, large))
  letGo()
  const all = await Promise.all([...two, ...more, ...others, ...many])
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 200))
  expect((await post(FILES, { 'content-length': '10000000' })).status).toBe(200)
})
