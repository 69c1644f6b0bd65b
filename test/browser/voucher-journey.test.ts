import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { currentRevision, loadPack } from '../../db/policy/packs.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { actOnCase, caseWorldOf } from '../../src/cases/act-on-case.ts'
import { handIn } from '../helpers/desk.ts'
import { fileOf } from '../helpers/files.ts'
import { signInAs } from '../helpers/staff.ts'
import { totpOf } from '../helpers/totp.ts'
import { ENTERPRISE_CODE, PROVIDER_CODE } from '../helpers/vouchers.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

const PASSWORD = '春天来了花就开了真好看'.padEnd(16, '！')

let browser: Browser
let office: Awaited<ReturnType<typeof openOffice>>
beforeAll(async () => {
  ;[browser, office] = await Promise.all([launchBrowser(), openOffice()])
})
afterAll(async () => {
  await browser.close()
  await office.stop()
})

/** Says something in the web chat and waits for an answer that has `words`. */
async function say(chat: Page, text: string, words: string): Promise<void> {
  await chat.getByLabel('您想问什么').fill(text)
  await chat.keyboard.press('Enter')
  await heard(chat, words)
}

async function heard(chat: Page, words: string): Promise<void> {
  await chat.locator('.turn:not(.mine)', { hasText: words }).last().waitFor({ timeout: 15_000 })
}

/** The first administrator comes in by the link that the start printed. */
async function firstAdmin(): Promise<void> {
  const { page, problems, context } = await sitDown(browser, office.server.url, 1280)
  await page.goto(office.server.adminLink ?? '')
  await page.getByLabel('新密码').fill(PASSWORD)
  await page.getByRole('button', { name: '下一步' }).click()
  const uri = await page.locator('input[name=uri]').inputValue()
  await page.getByLabel('验证码').fill(totpOf(uri))
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '待办来话' }).waitFor()
  await page.goto(`${office.server.url}/console/vouchers`)
  await page.getByRole('heading', { name: '电子券', level: 1 }).waitFor()
  expect(problems).toEqual([])
  await context.close()
}

/** Somebody of a role at a screen, signed in. */
async function staff(
  role: Parameters<typeof signInAs>[1],
  of: { name: string; width?: number; district?: string; providerId?: string },
) {
  const { id, cookie } = await signInAs(office.deps, role, of.district)
  await office.db.write([
    {
      sql: 'UPDATE staff SET name = ?, provider_id = ? WHERE id = ?',
      args: [of.name, of.providerId ?? null, id],
    },
  ])
  const at = await sitDown(browser, office.server.url, of.width ?? 1280, cookie)
  at.page.setDefaultTimeout(12_000)
  return { ...at, id, to: (path: string) => at.page.goto(`${office.server.url}${path}`) }
}

it('from the application to the settlement: each step on the screen of whoever takes it', async () => {
  const { db, deps, server } = office
  await firstAdmin()

  const applicant = await sitDown(browser, server.url, 390)
  const chat = applicant.page
  chat.setDefaultTimeout(12_000)
  await chat.goto(server.url)
  await chat.locator('.options button').first().waitFor()
  await say(chat, '你好', '')
  const [rows = []] = await db.read([
    { sql: "SELECT contact_id FROM addresses WHERE channel = 'web' LIMIT 1", args: [] },
  ])
  const one = await handIn({ db, deps }, 1, {
    answers: { enterpriseName: '小张早餐店', creditCode: ENTERPRISE_CODE },
  })
  await db.write([
    {
      sql: 'UPDATE cases SET contact_id = ? WHERE id = ?',
      args: [String(rows[0]?.[0]), one.id],
    },
  ])

  const reviewer = await staff('district-reviewer', { name: '王芳', district: 'yunyan' })
  await reviewer.to('/console')
  await reviewer.page.getByRole('link', { name: new RegExp(one.number) }).click()
  await reviewer.page.locator('.move > summary', { hasText: '退回补正' }).click()
  await reviewer.page.getByLabel('材料看不清楚').check()
  await reviewer.page.locator('details[open] details.pieces:not([open]) > summary').click()
  await reviewer.page.locator('input[value="field:mobile"]').check()
  await reviewer.page.locator('textarea[name=note]:visible').fill('手机号码打不通，请再填一次。')
  await pressTwice(reviewer.page, '退回补正')
  await reviewer.page.getByText('已办：退回补正').waitFor()
  await heard(chat, '手机号码打不通，请再填一次。')

  await say(chat, '补材料', '手机')
  await say(chat, '13800138000', '138****8000')
  await say(chat, '提交', '已经重新提交')

  const desk = await caseWorldOf(deps)
  if (desk === null) throw new Error('no programme')
  const moveCase = async (by: { id: string }, role: 'district' | 'city', move: string) => {
    const file = await loadCaseFile(db, deps.vault, { id: one.id })
    const who =
      role === 'city'
        ? ({ id: by.id, name: '赵敏', role: 'city-reviewer', district: null } as const)
        : ({ id: by.id, name: '王芳', role: 'district-reviewer', district: 'yunyan' } as const)
    const moved = await actOnCase(desk, who, file, { version: file?.head.version ?? 0, move })
    expect(moved).toMatchObject({ ok: true })
  }
  for (const move of ['accept', 'begin-review', 'file']) await moveCase(reviewer, 'district', move)
  const city = await staff('city-reviewer', { name: '赵敏' })
  await moveCase(city, 'city', 'publish')
  await city.to(`/console/cases/${one.id}`)
  await city.page.locator('.move > summary', { hasText: '批准' }).click()
  await city.page.locator('details[open]').getByRole('button', { name: '批准' }).click()
  await city.page.getByText(/已办：.*批准/).waitFor()

  const finance = await staff('finance', { name: '周平' })
  await finance.to('/console/vouchers/budget')
  await finance.page.getByLabel('金额（元）').fill('500000')
  await finance.page.getByLabel('原因').fill('年度预算')
  await pressTwice(finance.page, '下达')
  await finance.page.getByText('下达好了').waitFor()
  await look(finance.page, 'console-vouchers-budget-desktop')

  await city.to('/console/providers')
  await city.page.getByLabel('机构名称').fill('贵阳好账本财务咨询有限公司')
  await city.page.getByLabel('统一社会信用代码').fill(PROVIDER_CODE)
  await city.page.locator('input[value=bookkeeping]').check()
  await city.page.getByRole('button', { name: '保存' }).click()
  await city.page.getByText('存好了').waitFor()
  await look(city.page, 'console-vouchers-provider-desktop')
  const providerId = new URL(city.page.url()).pathname.split('/').at(-1) ?? ''
  await city.to('/console/vouchers/issue')
  await city.page.getByLabel('申请编号').fill(`${one.number}\nGY-0000`)
  await pressTwice(city.page, '发券')
  await city.page.getByText('发出1张，没发1张').waitFor()
  await look(city.page, 'console-vouchers-issue-desktop')
  const number = (await city.page.locator('table a').first().textContent()) ?? ''

  await heard(chat, number)
  await say(chat, '我的电子券', '券码：')
  const [code = ''] =
    /[2-9A-Z]{4}(-[2-9A-Z]{4}){3}/.exec((await chat.textContent('body')) ?? '') ?? []
  const counter = await staff('provider', { name: '陈会计', width: 390, providerId })
  const { page } = counter
  await counter.to('/console')
  await page.getByRole('heading', { name: '扫码用券' }).waitFor()
  const last = code.endsWith('A') ? 'B' : 'A'
  await page.getByLabel('券码', { exact: true }).fill(code.slice(0, -1) + last)
  await page.getByRole('button', { name: '看这张券' }).click()
  await page.getByText('券码有一两位不对').waitFor()
  await look(page, 'provider-code-phone')
  await page.getByLabel('券码', { exact: true }).fill(code.toLowerCase())
  await page.getByRole('button', { name: '看这张券' }).click()
  await page.getByRole('heading', { name: '确认价钱' }).waitFor()
  expect(page.url()).toBe(`${server.url}/console/redeem`)
  await page.getByLabel('服务内容').fill('全年代理记账')
  await page.getByLabel('合同总价（元）').fill('3600')
  await look(page, 'provider-voucher-phone', true)
  await page.getByRole('button', { name: '请持券人在对话里确认' }).click()
  await page.getByText('这一页会自己更新').waitFor()
  await look(page, 'provider-ask-phone')
  await chat.getByRole('button', { name: '看一看，再决定' }).last().click()
  await chat.getByRole('button', { name: '同意这个价钱' }).last().click()
  await page.getByText('持券人同意了，价钱确认好了').waitFor({ timeout: 15_000 })
  await page.getByRole('link', { name: '看这份合同' }).click()

  await page.getByLabel('金额（元）').fill('1500')
  // Whether it is the last is never presumed; the provider says so, and the holder hears what lapses.
  await page.locator('[name=last]').check()
  await page.getByRole('button', { name: '请持券人在对话里确认' }).click()
  await page.getByText('这一页会自己更新').waitFor()
  await heard(chat, '要从您的电子券')
  await chat.getByRole('button', { name: '看一看，再决定' }).last().click()
  await chat.getByRole('button', { name: '做完了，同意核销' }).last().click()
  await page.getByText('持券人同意了，核销好了').waitFor({ timeout: 15_000 })
  await page.getByRole('link', { name: '看这份合同' }).click()

  for (const kind of ['contract', 'invoice', 'proof'] as const) {
    await page.locator('#kind').selectOption(kind)
    const file = { name: `${kind}.png`, mimeType: 'image/png' }
    await page.locator('#file').setInputFiles({ ...file, buffer: Buffer.from(fileOf('png', kind)) })
    await page.getByRole('button', { name: '上传' }).click()
    await page.getByText('材料收到了').waitFor()
  }
  await page.getByLabel('发票号码').fill('05200018-0011')
  await look(page, 'provider-claim-phone', true)
  await pressTwice(page, '申请兑付')
  await page.getByText('兑付申请交上去了').waitFor()

  await city.to('/console/vouchers?state=waiting')
  await city.page.getByRole('link', { name: new RegExp(number) }).click()
  await look(city.page, 'console-vouchers-voucher-desktop', true)
  await city.page.locator('.move > summary', { hasText: '兑付审核通过' }).click()
  await pressTwice(city.page, '兑付审核通过')
  await city.page.getByText('已办：兑付审核通过').waitFor()
  await finance.to('/console/vouchers/settlement')
  await finance.page.getByLabel(`付 ${number}`).check()
  await look(finance.page, 'console-vouchers-settlement-desktop')
  await pressTwice(finance.page, '给勾选的付款')
  await finance.page.getByText('付好了1张').waitFor()
  const waiting = finance.page.waitForEvent('download')
  await finance.page.getByRole('link', { name: '导出 Excel' }).click()
  const file = readFileSync((await (await waiting).path()) ?? '')
  const sheet = Object.values(unzipSync(file)).map((bytes) => strFromU8(bytes))
  for (const value of ['贵阳好账本财务咨询有限公司', number, '05200018-0011', '1500', '已付款']) {
    expect(sheet.join('\n')).toContain(value)
  }

  await page.goto(`${server.url}/console/redeem/settlement?lang=en`)
  await page.getByRole('heading', { name: 'Settlement' }).waitFor()
  await look(page, 'provider-settlement-phone-en')
  await finance.page.emulateMedia({ colorScheme: 'dark' })
  await finance.page.goto(`${server.url}/console/vouchers?lang=en`)
  await look(finance.page, 'console-vouchers-list-desktop-en-dark')
  for (const { problems, context } of [applicant, reviewer, city, finance, counter]) {
    expect(problems).toEqual([])
    await context.close()
  }
  const { vouchers } = await loadPack(db, (await currentRevision(db, deps.programme)) ?? '')
  if (vouchers === undefined) throw new Error('no vouchers')
  expect(await verifyVouchers(db, vouchers.life)).toMatchObject({ ok: true })
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
}, 90_000)
