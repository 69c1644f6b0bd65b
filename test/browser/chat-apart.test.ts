import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { answered, ask, botTurns, tap, visit } from './chat-page.ts'
import { launchBrowser } from './launch.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startTestServer(), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const SECRET = '张三收了两条烟'
const stored = (page: Page) =>
  page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))

it('keeps nothing in the browser of what is typed for a tip-off and not sent', async () => {
  const { page, close } = await visit(browser, server.url)
  await page.locator('#say').fill('还没发出去的话')
  expect(await stored(page)).toContain('还没发出去的话')
  await ask(page, '举报')
  await tap(page, '匿名举报')
  await page.locator('#say').pressSequentially(SECRET)
  expect(await stored(page)).not.toContain(SECRET)
  expect(await page.locator('#say').getAttribute('placeholder')).toContain('不存在这台设备上')
  const before = await botTurns(page).count()
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await page.getByText(SECRET).waitFor()
  expect(await stored(page)).not.toContain(SECRET)
  await page.context().setOffline(false)
  await answered(page, before)
  await page.locator('#say').pressSequentially('在二号窗口')
  await page.reload()
  await page.locator('.turn').first().waitFor()
  expect(await stored(page)).not.toMatch(/二号窗口|两条烟/)
  await ask(page, '菜单')
  await page.locator('#say').pressSequentially('钱多少')
  expect(await stored(page)).toContain('钱多少')
  await close()
})
