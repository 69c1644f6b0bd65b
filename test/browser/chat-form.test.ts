import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteNotice } from '../../db/conversation/transcripts.ts'
import { openFile } from '../../db/core/client.node.ts'
import { testVault } from '../helpers/app.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { startTestServer } from '../helpers/server.ts'
import { ask, botTurns, tap, visit } from './chat-page.ts'
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
const open = (options = {}) => visit(browser, server.url, options)

async function begin(page: Page) {
  await ask(page, '我要申请')
  await tap(page, '同意，开始填')
}

const control = (page: Page) =>
  page.locator('#say').evaluate((element) => ({
    type: element instanceof HTMLInputElement ? element.type : 'textarea',
    inputmode: element.getAttribute('inputmode'),
    autocomplete: element.getAttribute('autocomplete'),
    placeholder: element.getAttribute('placeholder'),
  }))

describe('a step', () => {
  it('has 上一步, 帮助 and 人工 below it, and rest has none of them', async () => {
    const { page, close } = await open()
    const ways = page.getByRole('group', { name: '这一步还可以' })
    expect(await ways.isVisible()).toBe(false)
    await begin(page)
    expect(await ways.getByRole('button').allTextContents()).toEqual(['上一步', '帮助', '人工'])
    await ask(page, '王小明')
    expect(await tap(page, '上一步')).toContain('名字')
    expect(await tap(page, '帮助')).toContain('名字')
    await tap(page, '菜单')
    expect(await ways.isVisible()).toBe(false)
    await ask(page, '我要申请')
    await page.reload()
    await botTurns(page).last().waitFor()
    expect(await ways.isVisible()).toBe(true)
    await tap(page, '人工')
    expect(await ways.isVisible()).toBe(false)
    await close()
  })

  it('makes the box fit what it asks, by what the question says of itself', async () => {
    const { page, close } = await open()
    expect(await control(page)).toMatchObject({ type: 'textarea', inputmode: null })
    await begin(page)
    expect(await control(page)).toMatchObject({
      type: 'text',
      autocomplete: 'name',
      placeholder: '写姓名',
    })
    await ask(page, '王小明')
    expect(await control(page)).toMatchObject({
      type: 'text',
      inputmode: null,
      autocomplete: 'off',
    })
    await ask(page, identityNumber(7))
    expect(await control(page)).toMatchObject({
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel-national',
      placeholder: '11位手机号',
    })
    const keys = page.getByRole('button', { name: '换成打字' })
    await page.locator('#say').fill('139')
    await keys.click()
    expect(await control(page)).toMatchObject({ type: 'text', inputmode: null })
    expect(await page.locator('#say').inputValue()).toBe('139')
    expect(await keys.isVisible()).toBe(false)
    await ask(page, '菜单')
    expect(await control(page)).toMatchObject({
      type: 'textarea',
      placeholder: '打字问，比如：钱多少',
    })
    await close()
  })
})

describe('a button', () => {
  it('that is tapped twice says it once', async () => {
    const { page, close } = await open()
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postData() ?? '')
    })
    await ask(page, '我要申请')
    await page.getByRole('button', { name: '同意，开始填' }).dblclick()
    await page.getByText('请写姓名').waitFor()
    await page.locator('#menu').dblclick()
    await page.waitForFunction(() => document.querySelector('.typing') === null)
    await page.waitForTimeout(200)
    await page.locator('#say').fill('钱多少')
    await page.locator('.send').dblclick()
    await page.getByText('4.5万').waitFor()
    await page.waitForTimeout(200)
    expect(sent.filter((body) => body.includes('"choice"'))).toHaveLength(1)
    expect(sent.filter((body) => body.includes('"menu"'))).toHaveLength(1)
    expect(sent.filter((body) => body.includes('钱多少'))).toHaveLength(1)
    await close()
  })

  it('of a question that is answered looks old, says so, and leads to the present one', async () => {
    const { page, close } = await open()
    await begin(page)
    const agreed = page.getByRole('button', { name: '同意，开始填' })
    const refused = page.getByRole('button', { name: '不同意', exact: true })
    for (const button of [agreed, refused])
      expect(await button.getAttribute('aria-disabled')).toBe('true')
    expect(await refused.evaluate((element) => getComputedStyle(element).borderStyle)).toBe(
      'dashed',
    )
    expect(await agreed.evaluate((element) => element.classList.contains('chosen'))).toBe(true)
    const before = await page.locator('.turn').count()
    await refused.click({ force: true })
    await page.waitForTimeout(200)
    expect(await page.locator('.turn').count()).toBe(before)
    await page.reload()
    await page.getByText('请写姓名').waitFor()
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    await close()
  })

  it('of a question that is still open stays one, though a message came by itself', async () => {
    const { page, close } = await open()
    await ask(page, '我要申请')
    const cookie = (await page.context().cookies()).find(({ name }) => name === 'weiqitong')
    const db = openFile(server.databasePath)
    const address = { channel: 'web', id: cookie?.value.split('.')[0] ?? '' } as const
    const url = 'https://www.example.gov.cn/notice'
    const text = `有通知：${url}`
    await db.write(
      await noteNotice(db, testVault, address, {
        id: 'n1',
        body: { text, quickReplies: [], links: [{ at: text.indexOf(url), url }] },
        at: new Date().toISOString(),
      }),
    )
    await db.close()
    const link = page.getByRole('link', { name: url })
    await link.waitFor({ timeout: 15_000 })
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      url,
      'noopener noreferrer',
    ])
    expect(
      await page.getByRole('button', { name: '同意，开始填' }).getAttribute('aria-disabled'),
    ).toBeNull()
    expect(await tap(page, '同意，开始填')).toContain('请写姓名')
    await close()
  })
})

describe('a link', () => {
  it('of ours is one; the same words typed by a person, or an odd address, are words', async () => {
    const { page, problems, close } = await open()
    await ask(page, '活动')
    await tap(page, /云岩/)
    const hrefs = await page
      .locator('.bubble a')
      .evaluateAll((links) => links.map((one) => one.getAttribute('href')))
    expect(hrefs.length).toBeGreaterThan(0)
    expect(hrefs.every((href) => href?.startsWith(server.url))).toBe(true)
    await ask(page, `看看 ${hrefs[0]} 好吗`)
    expect(await page.locator('.mine a').count()).toBe(0)
    expect(problems).toEqual([])
    await close()
  })
})

it('every message that waits for a person says that it has reached them, also after a reload', async () => {
  const { page, close } = await open()
  await ask(page, '人工')
  for (const text of ['我想问个事', '还在吗']) {
    await page.locator('#say').fill(text)
    await page.locator('#say').press('Enter')
    await page.locator('.turn.mine', { hasText: text }).getByText('已送到工作人员').waitFor()
  }
  await page.reload()
  await page.getByText('还在吗').waitFor()
  expect(await page.getByText('已送到工作人员').count()).toBe(2)
  await close()
})
