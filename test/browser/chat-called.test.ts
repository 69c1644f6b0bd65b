import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SETTINGS, startWorkers } from '../runtime/start-workerd.ts'
import { ask, botTurns, visit } from './chat-page.ts'
import { launchBrowser } from './launch.ts'

let workers: Awaited<ReturnType<typeof startWorkers>>
let browser: Browser
beforeAll(async () => {
  ;[workers, browser] = await Promise.all([
    startWorkers(['wrangler.toml', 'test/runtime/workers/bound.toml'], SETTINGS),
    launchBrowser(),
  ])
})
afterAll(async () => {
  await browser.close()
  await workers.stop()
})

it('a page on a Worker is called when another Worker answers, and asks for nothing while it is quiet', async () => {
  const { page } = await visit(browser, workers.url)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).search))
  const begun = page.waitForResponse((response) => response.url().endsWith('/webhooks/web'))
  await ask(page, '你好')
  const conversation = (await begun).request().headers().authorization ?? ''
  await page.waitForTimeout(1500)
  asked.length = 0
  const before = workers.database.requests()
  await page.waitForTimeout(4000)
  expect([asked, workers.database.requests() - before]).toEqual([[], 0])
  const turns = await botTurns(page).count()
  await workers.post('weiqitong-bound', '/webhooks/web', {
    headers: { 'content-type': 'application/json', authorization: conversation },
    body: JSON.stringify({ id: 'elsewhere', text: '钱多少' }),
  })
  await expect.poll(() => botTurns(page).count(), { timeout: 5000 }).toBeGreaterThan(turns)
  expect(asked.filter((search) => !search.includes('once'))).toEqual([])
})
