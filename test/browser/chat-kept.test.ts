import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const mine = (page: Page) => page.locator('.turn.mine .bubble').allTextContents()
const open = (options = {}) => visit(browser, server.url, options)

const noStorage = () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  Object.defineProperty(window, 'localStorage', { get: denied })
  Object.defineProperty(window, 'sessionStorage', { get: denied })
}

/** No cookie arrives and none is kept, as where a browser or a proxy blocks them without saying so. */
async function blockCookies(page: Page) {
  await page.context().route('**/*', async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders()
    await route.continue({ headers })
  })
  page.on(
    'response',
    () =>
      void page
        .context()
        .clearCookies()
        .catch(() => {}),
  )
}

describe('a browser that keeps little', () => {
  it.each([
    ['no cookies', true, false],
    ['no storage', false, true],
    ['neither', true, true],
  ])(
    'with %s: one conversation, a form, the other language, one’s data',
    async (_, blocks, denies) => {
      const context = await browser.newContext({
        locale: 'zh-CN',
        viewport: { width: 390, height: 844 },
      })
      if (denies) await context.addInitScript(noStorage)
      const page = await context.newPage()
      if (blocks) await blockCookies(page)
      const began = new Set<string>()
      page.on('response', (response) => {
        const token = response.headers()['x-conversation']
        if (token !== undefined) began.add(token)
      })
      await page.goto(server.url)
      await page.locator('.options button').first().waitFor()
      expect(await ask(page, '钱多少')).toContain('4.5万')
      await ask(page, '我要申请')
      await tap(page, '同意，开始填')
      expect(await ask(page, '王小明')).toContain('身份证号')
      expect(await tap(page, '上一步')).toContain('名字')
      await page.getByRole('link', { name: 'English' }).click()
      await page
        .getByText('English from now on')
        .or(page.getByText(/English/))
        .first()
        .waitFor()
      await page.waitForFunction(() => document.documentElement.lang === 'en')
      expect(await page.locator('.send').textContent()).toBe('Send')
      const answer = await ask(page, 'my data')
      expect(answer).not.toContain('2018')
      await tap(page, 'Get a copy')
      await page.locator('.bubble a').last().click()
      await page.getByRole('dialog').getByText('What you and I have said').waitFor()
      expect(await page.getByRole('dialog').textContent()).toContain('钱多少')
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /Save as a file/ }).click()
      expect((await download).suggestedFilename()).toBe('my-data.json')
      expect(began.size).toBe(1)
      await context.close()
    },
  )
})

describe('what is not sent yet', () => {
  it('survives a reload, typed and said, and goes by itself, once and in order', async () => {
    const { page, close } = await open()
    await ask(page, '我要申请')
    await tap(page, '同意，开始填')
    const context = page.context()
    await page.route('**/webhooks/web', (route) => route.abort())
    const say = async (text: string) => {
      await page.locator('#say').fill(text)
      await page.locator('#say').press('Enter')
    }
    await say('王小明')
    await page.getByRole('button', { name: '没发出去' }).waitFor()
    await say('菜单')
    await page.getByText('等网络，连上后自动发出').waitFor()
    await page.locator('#say').fill('还没写完的话')
    await page.reload()
    await page.getByText('等网络，连上后自动发出').waitFor()
    expect(await page.locator('#say').inputValue()).toBe('还没写完的话')
    expect((await mine(page)).slice(-2)).toEqual(['王小明', '菜单'])
    await page.unroute('**/webhooks/web')
    const before = await botTurns(page).count()
    await context.setOffline(true)
    await context.setOffline(false)
    await answered(page, before + 1)
    expect(await page.locator('.state').count()).toBe(0)
    await page.reload()
    await page.locator('.turn').last().waitFor()
    const said = await mine(page)
    expect(said.filter((text) => text === '王小明')).toHaveLength(1)
    expect(said.slice(-2)).toEqual(['王小明', '菜单'])
    expect(await page.evaluate(() => localStorage.getItem('unsent'))).toBeNull()
    await close()
  })

  it('is not sent again where it had arrived and only the answer was lost', async () => {
    const { page, close } = await open()
    await page.route('**/webhooks/web/events*', (route) => route.abort())
    await page.reload()
    await page.route('**/webhooks/web', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.locator('#say').fill('钱多少')
    await page.locator('#say').press('Enter')
    await page.getByRole('button', { name: '没发出去' }).waitFor()
    await page.unroute('**/webhooks/web')
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url())
    })
    await page.reload()
    await page.getByText('4.5万').waitFor()
    expect(await mine(page)).toEqual(['钱多少'])
    expect(sent).toEqual([])
    await close()
  })

  it('has its answer at once where only that of the request was lost', async () => {
    const { page, close } = await open()
    await ask(page, '谁优先')
    await page.route('**/webhooks/web', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.locator('#say').fill('钱多少')
    await page.locator('#say').press('Enter')
    await page.getByText('4.5万').waitFor()
    expect(await mine(page)).toEqual(['谁优先', '钱多少'])
    expect(await page.locator('.state').count()).toBe(0)
    await close()
  })

  it('waits until the earlier conversation is known, and begins nothing over it', async () => {
    const { page, close } = await open()
    await ask(page, '我要申请')
    await tap(page, '同意，开始填')
    await page.route('**/webhooks/web/history', (route) => route.abort(), { times: 1 })
    await page.reload()
    await page.locator('#say').fill('王小明')
    await page.locator('#say').press('Enter')
    await page.getByText('身份证号码是多少').waitFor({ timeout: 15_000 })
    await close()
  })
})

it('shows what was typed after a reload, whatever it looks like', async () => {
  const { page, close } = await open()
  const texts = ['/x', '[media]', '/菜单 是什么', 'https://example.com/a', '<b>粗</b>']
  for (const text of texts) {
    await page.locator('#say').fill(text)
    await page.locator('#say').press('Enter')
    await page.waitForFunction(() => document.querySelector('.typing') === null)
  }
  expect(await mine(page)).toEqual(texts)
  await page.reload()
  await page
    .locator('.turn.mine')
    .nth(texts.length - 1)
    .waitFor()
  expect(await mine(page)).toEqual(texts)
  expect(await page.locator('.bubble a').count()).toBe(0)
  await close()
})

it('leaves nothing on the page, in the browser or in another tab once all is deleted', async () => {
  const { page, close } = await open()
  await ask(page, '我的秘密是三七二十一')
  await page.locator('#larger').click()
  const other = await page.context().newPage()
  await other.goto(server.url)
  await other.getByText('我的秘密是三七二十一').waitFor()
  await other.locator('#say').fill('我的身份证号还没写完')
  await page.bringToFront()
  await ask(page, '我的数据')
  await tap(page, '删除')
  await page.locator('#say').fill('删除')
  await page.locator('#say').press('Enter')
  await page.getByText('回执').waitFor()
  expect(await page.locator('.turn').count()).toBe(1)
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await other.bringToFront()
  await other.getByText('回执').waitFor({ timeout: 15_000 })
  expect(await other.locator('main').textContent()).not.toContain('三七二十一')
  expect(await other.locator('#say').inputValue()).toBe('')
  expect(await other.evaluate(() => Object.keys(localStorage))).toEqual([])
  await page.reload()
  await page.getByText('回执').waitFor()
  expect(await page.locator('.turn').count()).toBe(1)
  await close()
})
