import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { totpOf } from '../helpers/totp.ts'
import { launchBrowser } from './launch.ts'
import { pressTwice } from './office.ts'

const PASSWORD = '春天来了花就开了真好看'.padEnd(16, '！')
const QUESTION = '养斗鸡能领宠物粮票不'
const ANSWER = '2018年方案没有提到宠物粮票。您可以问问当地微企办。'
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** `SHOTS=docs/images npx vitest run …` keeps what the pages look like. */
const { SHOTS } = process.env

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function look(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) {
    await page.screenshot({ path: `${SHOTS}/console-answers-${name}.png`, fullPage: true })
  }
  await page.evaluate(axe)
  const barriers = await page.evaluate(async () => {
    type Axe = {
      run: (o: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
    }
    const { axe: checker } = globalThis as unknown as { axe: Axe }
    const { violations } = await checker.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
  expect(barriers, name).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, name).toBe(0)
}

async function askInChat(chat: Page, question: string): Promise<void> {
  const turns = await chat.locator('.turn.mine').count()
  await chat.getByLabel('您想问什么').fill(question)
  await chat.keyboard.press('Enter')
  await chat.waitForFunction(
    (before) => document.querySelectorAll('.turn.mine').length > before,
    turns,
  )
  await chat.waitForFunction(() => document.querySelector('.typing') === null)
}

describe.each([
  ['desktop', 1280],
  ['phone', 390],
])('answers on a %s', (kind, width) => {
  it('a question nobody could answer: written, previewed, published, answered in the chat', async () => {
    const server = await startTestServer()
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 800 } })
    const chat = await context.newPage()
    await chat.goto(server.url)
    await chat.locator('.options button').first().waitFor()
    await askInChat(chat, QUESTION)
    expect(await chat.getByText('宠物粮票。').count()).toBe(0)

    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
        problems.push(message.text())
      }
    })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(server.adminLink ?? '')
    await page.getByLabel('新密码').fill(PASSWORD)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('绑定验证器').first().waitFor()
    const uri = await page.locator('input[name=uri]').inputValue()
    await page.getByLabel('验证码').fill(totpOf(uri))
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()

    await page.goto(`${server.url}/console/misses`)
    await look(page, `misses-${kind}`)
    await page.getByRole('link', { name: '写新答案' }).click()
    await page.locator('[name="answer-zh-Hans"]').fill(ANSWER)
    await page.locator('[name="variants-zh-Hans"]').fill('斗鸡有没有粮票')
    await page.locator('[name="question-en"]').fill('Do fighting cocks get pet food stamps?')
    await page.locator('[name="answer-en"]').fill('The 2018 plan says nothing of pet food stamps.')
    await page.getByLabel('依据').selectOption('not-stated')
    await page.getByLabel('分类').selectOption('not-stated')
    await look(page, `write-${kind}`)
    await page.getByRole('button', { name: '保存并预览' }).click()
    await page.getByRole('heading', { name: '会不会影响别的问题' }).waitFor()
    await page.getByLabel('输入一个问题').fill('斗鸡 粮票')
    await page.getByRole('button', { name: '问', exact: true }).click()
    await page.getByRole('heading', { name: '发布后的回答' }).waitFor()
    await look(page, `preview-${kind}`)
    await pressTwice(page, '发布')
    await page.getByText('已经发布').waitFor()
    await look(page, `entry-${kind}`)
    await askInChat(chat, '斗鸡有没有粮票')
    await chat.getByText('方案没有提到宠物粮票').first().waitFor()
    await askInChat(chat, '人工')

    await page.goto(`${server.url}/console/canned/new`)
    await page.getByLabel('名称').fill('带身份证')
    await page.locator('[name="words-zh-Hans"]').fill('请带上身份证原件，到区里的窗口来。')
    await page.locator('[name="words-en"]').fill('Please bring your identity card to the counter.')
    await page.getByRole('button', { name: '保存' }).click()
    await page.goto(`${server.url}/console/inbox`)
    await look(page, `inbox-${kind}`)
    await page.locator('#waiting a').first().click()
    await page.getByLabel('回复', { exact: true }).fill('您好。')
    await page.getByRole('link', { name: '带身份证' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('回复', { exact: true }).inputValue()).toBe(
      '您好。请带上身份证原件，到区里的窗口来。',
    )
    await look(page, `canned-${kind}`)

    await page.goto(`${server.url}/console/answers/two-kinds/edit?lang=en`)
    await page.locator('[name="answer-en"]').fill('Two kinds: a direct and an indirect subsidy.')
    await page.getByRole('button', { name: 'Save and preview' }).click()
    await page.getByRole('heading', { name: 'Changes' }).waitFor()
    await look(page, `preview-${kind}-en`)
    await pressTwice(page, 'Publish')
    await page.getByText('Published:').waitFor()
    await page.locator('.rows a').first().click()
    await page.getByRole('heading', { name: 'Undo this publication' }).waitFor()
    await look(page, `edition-${kind}-en`)
    for (const path of ['answers', 'audit', 'account']) {
      await page.goto(`${server.url}/console/${path}`)
      await look(page, `${path}-${kind}-en`)
    }
    expect(problems).toEqual([])
    await context.close()
    await server.stop()
  }, 120_000)
})
