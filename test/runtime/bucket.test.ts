import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { fileOf } from '../helpers/files.ts'
import { SETTINGS, startWorkerd } from './start-workerd.ts'

let worker: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  worker = await startWorkerd(SETTINGS)
})
afterAll(() => worker.stop())

it('a Worker keeps files in its bucket, not in the database, and its cron removes them', async () => {
  const { url, database, tick } = worker
  const hello = await fetch(`${url}/webhooks/web`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'm1', command: 'start' }),
  })
  const headers = { authorization: `Bearer ${hello.headers.get('x-conversation')}` }
  const bytes = fileOf('jpeg', '照片里的字')
  const uploaded = await fetch(`${url}/webhooks/web/files`, {
    method: 'POST',
    headers,
    body: bytes,
  })
  const { file } = (await uploaded.json()) as { file: string }
  const load = () => fetch(`${url}/webhooks/web/files/${file}`, { headers })
  expect(new Uint8Array(await (await load()).arrayBuffer())).toEqual(bytes)

  const db = openRemote({ url: database.url, authToken: 'secret' })
  const counts = async () => {
    const [rows] = await db.read([
      {
        sql: 'SELECT (SELECT count(*) FROM attachments), (SELECT count(*) FROM blobs)',
        args: [],
      },
    ])
    return rows?.[0]
  }
  expect(await counts()).toEqual([1, 0])
  await db.write([{ sql: "UPDATE attachments SET created_at = '2018-01-01T00:00:00Z'", args: [] }])
  await tick()
  expect(await counts()).toEqual([0, 0])
  expect((await load()).status).toBe(404)
})
