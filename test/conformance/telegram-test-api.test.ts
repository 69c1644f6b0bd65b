import { once } from 'node:events'
import { createServer } from 'node:net'
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'

const TOKEN = '123456:fake-token-for-tests'

/** It takes no port 0. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

let api: TelegramServer
let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  api = new TelegramServer({ port: await freePort() })
  await api.start()
  // Without a public address the messages are fetched by long polling.
  server = await startTestServer({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.config.apiURL,
  })
})
afterAll(async () => {
  await server.stop()
  await api.stop()
})

it('telegram-test-api: what a person types is fetched, answered, and its buttons work', async () => {
  const client = api.getClient(TOKEN, { timeout: 20_000 })
  await client.sendMessage(client.makeMessage('钱多少'))
  const { result } = await client.getUpdates()
  expect(result.map(({ message }) => message.text).join()).toContain('4.5万')

  const keyboard = JSON.stringify(result.at(-1)?.message.reply_markup)
  const data = /"callback_data":"([^"]+)"/.exec(keyboard)?.[1] ?? ''
  expect(data).not.toBe('')
  await client.sendCallback(client.makeCallbackQuery(data))
  const after = await client.getUpdates()
  expect(after.result.map(({ message }) => message.text).join()).not.toBe('')
}, 60_000)

it('telegram-test-api: an album that is fetched is one turn with one answer, its words heard', async () => {
  const client = api.getClient(TOKEN, { timeout: 20_000 })
  const photo = [{ file_id: 'f', file_unique_id: 'u', width: 90, height: 90 }]
  for (const index of [0, 1, 2]) {
    const words = index === 1 ? { caption: '钱多少' } : {}
    const { text: _, ...message } = client.makeMessage('x')
    await client.sendMessage({ ...message, photo, media_group_id: 'a1', ...words } as never)
  }
  const heard: string[] = []
  for (const until = Date.now() + 15_000; Date.now() < until && heard.length === 0; ) {
    const { result } = await client.getUpdates()
    heard.push(...result.map(({ message }) => message.text))
  }
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const { result } = await client.getUpdates().catch(() => ({ result: [] }))
  heard.push(...result.map(({ message }) => message.text))
  expect(heard).toEqual([expect.stringContaining('4.5万')])
}, 60_000)
