import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteNotice } from '../../db/conversation/transcripts.ts'
import { openFile } from '../../db/core/client.node.ts'
import { testVault } from '../helpers/app.ts'
import { startTestServer } from '../helpers/server.ts'
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

type Visit = { page: Page; problems: string[]; close: () => Promise<void> }

/** Opens the page as a newcomer and keeps every complaint of the browser, CSP violations among them. */
async function visit(options: { locale?: string; width?: number } = {}): Promise<Visit> {
  const context = await browser.newContext({
    locale: options.locale ?? 'zh-CN',
    viewport: { width: options.width ?? 390, height: 844 },
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(server.url)
  await page.locator('.options button').first().waitFor()
  return { page, problems, close: () => context.close() }
}

const botTurns = (page: Page) => page.locator('.turn:not(.mine)')
async function ask(page: Page, text: string): Promise<string> {
  const before = await botTurns(page).count()
  await page.getByLabel('您想问什么').fill(text)
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll('.turn:not(.mine)').length > count &&
      document.querySelector('.typing') === null,
    before,
  )
  return (await botTurns(page).last().textContent()) ?? ''
}

describe('the chat page', () => {
  it('greets, answers a question with the clause it comes from, and shows the original', async () => {
    const { page, problems, close } = await visit()
    expect(await botTurns(page).first().textContent()).toContain('您好')
    const answer = await ask(page, '钱多少')
    expect(answer).toContain('4.5万')
    expect(answer).toContain('依据：贵阳市2018年扶持微型企业方案 二、工作目标')
    await page.getByRole('button', { name: '看原文' }).last().click()
    await page.getByText('“成熟一户,扶持一户”的原则').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('answers a veteran who writes in their own words, and a typed number', async () => {
    const { page, close } = await visit()
    expect(await ask(page, '我是退伍军人能不能优先')).toContain('复员退伍军人是重点人群')
    expect(await ask(page, '问政策')).toContain('能补多少钱')
    expect(await ask(page, '2')).toContain('返乡农民工')
    await close()
  })

  it('keeps the conversation over a reload', async () => {
    const { page, close } = await visit()
    await ask(page, '钱多少')
    await page.reload()
    await page.getByText('钱多少', { exact: true }).waitFor()
    expect(await page.locator('.turn.mine').count()).toBe(1)
    expect(await botTurns(page).count()).toBe(2)
    await close()
  })

  it('says that nothing was sent, and a second try is not a second message', async () => {
    const { page, close } = await visit()
    // What comes by itself would show the answer before anybody tries again.
    await page.route('**/webhooks/web/events*', (route) => route.abort())
    await page.reload()
    await page.route('**/webhooks/web', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.getByLabel('您想问什么').fill('钱多少')
    await page.keyboard.press('Enter')
    const again = page.getByRole('button', { name: '没发出去' })
    await again.waitFor()
    await page.unroute('**/webhooks/web')
    await again.click()
    await page.getByText('4.5万').waitFor()
    await page.reload()
    await page.getByText('4.5万').waitFor()
    expect(await page.locator('.turn.mine').count()).toBe(1)
    await close()
  })

  it('shows a message that comes later, without being asked', async () => {
    const { page, close } = await visit()
    await ask(page, '钱多少')
    const cookie = (await page.context().cookies()).find(({ name }) => name === 'weiqitong')
    const conversation = cookie?.value.split('.')[0] ?? ''
    const db = openFile(server.databasePath)
    await db.write(
      await noteNotice(
        db,
        testVault,
        { channel: 'web', id: conversation },
        {
          id: 'notice:1',
          body: { text: '您的申请有新进展。', quickReplies: [] },
          at: new Date().toISOString(),
        },
      ),
    )
    await db.close()
    await page.getByText('您的申请有新进展。').waitFor({ timeout: 30_000 })
    expect(await page.getByText('4.5万').count()).toBe(1)
    await close()
  })

  it('works by keyboard alone', async () => {
    const { page, close } = await visit()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.type('钱多少')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('一户')
    expect(await page.getByLabel('您想问什么').inputValue()).toBe('钱多少\n一户')
    await page.keyboard.press('Enter')
    await page.getByText('4.5万').first().waitFor()
    await close()
  })

  it('speaks English to an English browser and changes language with one tap', async () => {
    const { page, problems, close } = await visit({ locale: 'en-US' })
    expect(await page.title()).toContain('Weiqitong')
    expect(await botTurns(page).first().textContent()).toContain('Hello')
    await page.getByRole('link', { name: '中文' }).click()
    await page.getByText('好的，现在用中文。').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans')
    expect(problems).toEqual([])
    await close()
  })

  it('fits the smallest phone and a desk, with targets that a thumb can hit', async () => {
    for (const width of [320, 1280]) {
      const { page, close } = await visit({ width })
      await ask(page, '重点人群有哪些')
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
      const heights = await page
        .locator('button:visible, .tools a:visible, textarea:visible')
        .evaluateAll((elements) =>
          elements.map((element) => element.getBoundingClientRect().height),
        )
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
      await close()
    }
  })

  it('names what a screen reader needs', async () => {
    const { page, close } = await visit()
    expect(await page.getByRole('log').getAttribute('aria-live')).toBe('polite')
    expect(await page.getByRole('textbox', { name: '您想问什么' }).count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('微企通')
    const nameless = await page
      .locator('button, a, textarea')
      .evaluateAll(
        (elements) =>
          elements.filter(
            (element) =>
              !(element.textContent ?? '').trim() &&
              !element.getAttribute('aria-label') &&
              !document.querySelector(`label[for="${element.id}"]`),
          ).length,
      )
    expect(nameless).toBe(0)
    await close()
  })
})

it('goes on as one conversation where the browser keeps no cookies and no settings', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  await context.addInitScript(() => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    Object.defineProperty(window, 'localStorage', { get: denied })
    Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false })
  })
  const page = await context.newPage()
  const began: string[] = []
  page.on('response', (response) => {
    const token = response.headers()['x-conversation']
    if (token !== undefined) began.push(token)
  })
  await page.goto(server.url)
  await page.locator('.options button').first().waitFor()
  for (const text of ['钱多少', '我的数据', '重点人群有哪些']) {
    await context.clearCookies()
    await ask(page, text)
  }
  expect(began).toHaveLength(1)
  await context.close()
})
