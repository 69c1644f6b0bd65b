import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileOf } from '../helpers/files.ts'
import { startTestServer } from '../helpers/server.ts'
import { visit } from './chat-page.ts'
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

async function send(page: Page, text: string) {
  await page.locator('#say').fill(text)
  await page.getByRole('button', { name: '发送' }).click()
}

it.each([
  ['with cookies', false],
  ['without cookies', true],
])(
  'without scripts, %s: asks, fills in a form, goes back, sends a photo, changes the language',
  async (_, blocks) => {
    const { page, problems, close } = await visit(browser, server.url, {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    })
    if (blocks) {
      await page.context().route('**/*', async (route) => {
        const { cookie: _cookie, ...headers } = await route.request().allHeaders()
        await route.continue({ headers })
      })
    }
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await send(page, '钱多少')
    await page.getByText('4.5万').waitFor()
    await page.getByRole('button', { name: '看原文' }).click()
    await page.getByText('“成熟一户,扶持一户”的原则').waitFor()
    await send(page, '我要申请')
    await page.getByRole('button', { name: '同意，开始填' }).click()
    await page.getByText('请写姓名').waitFor()
    expect(await page.locator('#say').getAttribute('autocomplete')).toBe('name')
    await send(page, '王小明')
    await page.getByText('身份证号码是多少').waitFor()
    await page.getByRole('button', { name: '上一步' }).click()
    await page.locator('.turn').last().getByText('名字').waitFor()
    await page.locator('#file').setInputFiles({
      name: 'a.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(fileOf('jpeg')),
    })
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('照片或文件').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Send' }).waitFor()
    const sizes = await page
      .locator('button, #say')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44)
    expect(
      addresses.filter((url) => !/^https?:\/\/[^/]+\/(plain|assets\/[\w.-]+)?$/.test(url)),
    ).toEqual([])
    expect(problems).toEqual([])
    await close()
  },
)

it('a script that never comes leaves the form, which talks all the same', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.goto(server.url)
  await page.locator('#say').fill('钱多少')
  await page.getByRole('button', { name: '发送' }).click()
  await page.getByText('4.5万').waitFor()
  await context.close()
})
