import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { totpOf } from '../helpers/totp.ts'
import { launchBrowser } from './launch.ts'

const PASSWORD = '春天来了花就开了真好看'.padEnd(16, '！')
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** `SHOTS=docs/images npx vitest run …` keeps what the pages look like. */
const { SHOTS } = process.env

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it.each([
  ['desktop', 1280],
  ['phone', 390],
])(
  'a chat is linked from the account page and opened for work on a %s',
  async (kind, width) => {
    const server = await startTestServer()
    const viewport = { width, height: width < 600 ? 844 : 800 }
    const context = await browser.newContext({ locale: 'zh-CN', viewport })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    const keep = async (name: string) => {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}-${kind}.png` })
    }

    await page.goto(server.adminLink ?? '')
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('绑定验证器').first().waitFor()
    const uri = await page.locator('input[name=uri]').inputValue()
    await page.getByLabel('验证码').fill(totpOf(uri))
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('heading', { name: '待办来话' }).waitFor()

    await page.goto(`${server.url}/console/account`)
    await page.getByRole('button', { name: '要一个绑定代码' }).click()
    await page.getByRole('heading', { name: '您的绑定代码' }).waitFor()
    await keep('staff-chat-code')
    await page.evaluate(axe)
    const barriers = await page.evaluate(async () => {
      const { run } = (
        globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      ).axe
      return (await run()).violations.map(({ id }) => id)
    })
    expect(barriers).toEqual([])
    await page.getByRole('link', { name: '在网页聊天打开' }).click()

    await page.getByText('代码对了').waitFor()
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('您想问什么').fill(totpOf(uri))
    await page.keyboard.press('Enter')
    await page.getByText('绑定好了').waitFor()
    await page.getByRole('button', { name: '群发通知（待批0）' }).click()
    await page.getByText('现在没有要发的通知').waitFor()
    await keep('staff-chat-web')

    await page.goto(`${server.url}/console/account`)
    await page.getByRole('button', { name: '解除绑定' }).click()
    await page.getByText('还没有绑定聊天').waitFor()
    expect(problems).toEqual([])
    await context.close()
    await server.stop()
  },
  60_000,
)
