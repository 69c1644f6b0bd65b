import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { nextTotpOf, totpOf } from '../helpers/totp.ts'
import { launchBrowser } from './launch.ts'
import { pressTwice } from './office.ts'

const PASSWORD = '春天来了花就开了真好看'.padEnd(16, '！')
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** `SHOTS=docs/images npx vitest run …` keeps what the pages look like. */
const { SHOTS } = process.env

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Somebody at a screen; `problems` has every complaint of the browser, CSP violations among them. */
async function sitDown(width: number, locale = 'zh-CN') {
  const context = await browser.newContext({
    locale,
    viewport: { width, height: width < 600 ? 844 : 800 },
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    // A refused form is answered with 401, which Chromium puts into its console.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      problems.push(message.text())
    }
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return { context, page, problems }
}

/** What axe finds against WCAG 2.2 AA, by rule and place. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run: (
            options: unknown,
          ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
        }
      }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

async function look(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  expect(await findBarriers(page), name).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, name).toBe(0)
}

/** A person in the web chat who asks for a person. */
async function askForPerson(context: BrowserContext, url: string): Promise<Page> {
  const chat = await context.newPage()
  await chat.goto(url)
  await chat.locator('.options button').first().waitFor()
  await chat.getByLabel('您想问什么').fill('我要办的事说不清楚，想找人问问')
  await chat.keyboard.press('Enter')
  await chat.locator('.turn.mine').first().waitFor()
  await chat.getByLabel('您想问什么').fill('人工')
  await chat.keyboard.press('Enter')
  await chat.waitForFunction(() => document.querySelectorAll('.turn.mine').length === 2)
  await chat.waitForFunction(() => document.querySelector('.typing') === null)
  return chat
}

describe.each([
  ['desktop', 1280],
  ['phone', 390],
])('the console on a %s', (kind, width) => {
  it('first administrator: link, password, authenticator, hand-off answered and closed, out and in again', async () => {
    const server = await startTestServer()
    const person = await sitDown(390)
    const chat = await askForPerson(person.context, server.url)
    const { page, problems, context } = await sitDown(width)
    // The extension of the live conversation comes late, as over a poor line: it is live all the same.
    await page.route('**/assets/ext/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      await route.continue()
    })
    const menu = async (name: string) => {
      if (kind === 'phone') await page.locator('.sections summary').click()
      await page.getByRole('navigation').getByText(name, { exact: true }).click()
    }

    await page.goto(server.adminLink ?? '')
    await look(page, `console-password-${kind}`)
    await page.getByLabel('新密码').fill('short')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('密码太短了').waitFor()
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('绑定验证器').first().waitFor()
    await look(page, `console-authenticator-${kind}`)
    const uri = await page.locator('input[name=uri]').inputValue()
    await page.getByLabel('验证码').fill('000000')
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByText('验证码不对').waitFor()
    await page.getByLabel('验证码').fill(totpOf(uri))
    await page.getByRole('button', { name: '完成' }).click()

    await page.getByRole('heading', { name: '待办来话' }).waitFor()
    await look(page, `console-inbox-${kind}`)
    await page.getByRole('link', { name: '我要办的事说不清楚' }).click()
    await page.getByRole('heading', { name: '对话' }).waitFor()
    await page.getByLabel('回复').fill('您好，我是工作人员，请把材料带到区里的窗口。')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('已经发出').waitFor()
    await page.locator('.line.us').getByText('请把材料带到区里的窗口').waitFor({ timeout: 30_000 })
    await chat.getByText('请把材料带到区里的窗口').waitFor({ timeout: 30_000 })
    expect(await page.locator('.line.us').count()).toBe(1)
    await chat.getByLabel('您想问什么').fill('好的谢谢')
    await chat.keyboard.press('Enter')
    await page.locator('.line.person').getByText('好的谢谢').waitFor({ timeout: 30_000 })
    await page.getByLabel('写一条备注').fill('已告知带材料。')
    await page.getByRole('button', { name: '添加备注' }).click()
    await page.getByText('已告知带材料。').waitFor()
    await look(page, `console-conversation-${kind}`)
    await pressTwice(page, '办结')
    await page.getByRole('heading', { name: '待办来话' }).waitFor()

    for (const [name, file] of [
      ['没答好的问题', 'misses'],
      ['工作人员', 'staff'],
      ['审计记录', 'audit'],
      ['我的账号', 'account'],
    ] as const) {
      await menu(name)
      await page.getByRole('heading', { name, level: 1 }).waitFor()
      await look(page, `console-${file}-${kind}`)
    }
    await menu('审计记录')
    await page.getByRole('link', { name: '核对全部记录' }).click()
    await page.getByText('条记录完整').waitFor()
    for (const action of ['登录', '回复来话', '写备注', '办结来话']) {
      expect(await page.getByRole('cell', { name: new RegExp(`^${action}`) }).count()).toBe(1)
    }

    await menu('退出登录')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await page.goto(`${server.url}/console/inbox`)
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await look(page, `console-sign-in-${kind}`)
    await page.getByLabel('邮箱').fill('admin@weiqitong.local')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('heading', { name: '输入验证码' }).waitFor()
    await look(page, `console-code-${kind}`)
    await page.getByLabel('验证码').fill(nextTotpOf(uri))
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '待办来话' }).waitFor()
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of ['inbox?closed', 'staff', 'audit?verify', 'account']) {
      await page.goto(`${server.url}/console/${path}${path.includes('?') ? '&' : '?'}lang=en`)
      await look(page, `console-${path.split('?')[0]}-${kind}-dark`)
    }
    await page.getByRole('link', { name: 'Weiqitong Console' }).waitFor()
    expect(problems).toEqual([])
    await context.close()
    await person.context.close()
    await server.stop()
  }, 180_000)
})
