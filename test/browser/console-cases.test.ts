import { eq } from 'drizzle-orm'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { selectHeads } from '../../db/cases/cases.ts'
import type { openFile } from '../../db/core/client.node.ts'
import { cases } from '../../db/schema/cases.ts'
import { actOnCase, caseWorldOf } from '../../src/cases/act-on-case.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { newCase } from '../helpers/cases.ts'
import { handIn, handInPaper } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A person in the web chat who has said hello; the id of their contact. */
async function sayHello(
  context: BrowserContext,
  page: Page,
  url: string,
  db: ReturnType<typeof openFile>,
) {
  await page.goto(url)
  await page.locator('.options button').first().waitFor()
  await page.getByLabel('您想问什么').fill('你好')
  await page.keyboard.press('Enter')
  await page.locator('.turn.mine').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.typing') === null)
  const [rows = []] = await db.read([
    {
      sql: "SELECT contact_id FROM addresses WHERE channel = 'web' ORDER BY created_at DESC",
      args: [],
    },
  ])
  expect(context.pages()).toHaveLength(1)
  return String(rows[0]?.[0])
}

const NAMES = ['', '', '陈晓梅', '杨光', '罗朝阳', '吴桂香', '田勇', '龙海燕', '石磊', '潘秀兰']
const PLAIN = { hasKeyGroup: false, keyGroupJobs: 0, inLowIncomeVillage: false }

/** Handed in some days ago, the first one first. */
function submitted(serial: number) {
  const at = new Date(Date.now() - (10 - serial) * 17 * 3_600_000).toISOString()
  return { ...newCase('', serial).event, at }
}

describe.each([
  ['desktop', 1280],
  ['phone', 390],
])('applications in the console on a %s', (kind, width) => {
  it('queue, case, look, return with preview: the applicant is told in the web chat', async () => {
    const office = await openOffice()
    const { server, deps, db } = office
    const applicant = await sitDown(browser, server.url, 390)
    const contact = await sayHello(applicant.context, applicant.page, server.url, db)
    const target = await handIn({ db, deps }, 1, { event: submitted(1) })
    await db.write([
      { sql: 'UPDATE cases SET contact_id = ? WHERE id = ?', args: [contact, target.id] },
      { sql: 'UPDATE attachments SET contact_id = ?', args: [contact] },
    ])
    await handInPaper({ db, deps }, 1)
    for (let serial = 2; serial <= 9; serial++) {
      const facts = {
        ...PLAIN,
        hasKeyGroup: serial % 3 === 0,
        inLowIncomeVillage: serial % 4 === 0,
      }
      const person = { identityNumber: identityNumber(serial), mobile: null, bankAccount: null }
      const applicant = { ...person, name: NAMES[serial] ?? '王小明' }
      await handIn({ db, deps }, serial, { facts, applicant, event: submitted(serial) })
    }
    const wang = await signInAs(deps, 'district-reviewer', 'yunyan')
    await db.write([{ sql: "UPDATE staff SET name = '王芳' WHERE id = ?", args: [wang.id] }])
    const { page, problems, context } = await sitDown(browser, server.url, width, wang.cookie)

    await page.goto(`${server.url}/console`)
    await page.getByRole('heading', { name: '申请', level: 1 }).waitFor()
    await look(page, `console-cases-${kind}`)
    await page
      .getByRole('link', { name: /已提交/ })
      .first()
      .click()
    await page.getByLabel('全选本页').check()
    expect(await page.locator('input[name=pick]:checked').count()).toBe(9)
    await look(page, `console-cases-pick-${kind}`)

    await page.getByLabel('查申请').fill(target.number)
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByRole('heading', { name: target.number }).waitFor()
    await look(page, `console-case-whole-${kind}`, true)
    await page.getByRole('button', { name: '显示：手机号码' }).click()
    await page.getByText('13900000001').waitFor()
    await page.getByRole('button', { name: /^看图/ }).click()
    await page.locator('img.paper').waitFor()

    await page.getByRole('link', { name: '去办理' }).click()
    await page.locator('.move > summary', { hasText: '退回补正' }).click()
    await page.getByRole('button', { name: '预览通知' }).locator('visible=true').click()
    await page.getByText('还没有选原因').waitFor()
    await page.getByLabel('材料看不清楚').check()
    await page.getByLabel('营业执照', { exact: true }).check()
    await page.locator('details[open] textarea[name=note]').fill('执照照片反光，请再拍一张。')
    await page.getByRole('button', { name: '预览通知' }).locator('visible=true').click()
    const notice = page.locator('details.move[open] .notice')
    await notice.getByText('将发到：网页 · 中文').waitFor()
    const preview = (await notice.locator('.said').textContent()) ?? ''
    await notice.scrollIntoViewIfNeeded()
    await look(page, `console-case-return-${kind}`)
    await pressTwice(page, '退回补正')
    await page.getByText('已办：退回补正').waitFor()
    await look(page, `console-case-${kind}`)
    await applicant.page.getByText('执照照片反光，请再拍一张。').waitFor({ timeout: 15_000 })
    expect(await applicant.page.locator('body').textContent()).toContain(
      preview.split('\n').at(-1) ?? 'no preview',
    )

    // A colleague was faster: what was typed is not lost.
    await page.goto(`${server.url}/console/cases/case-3`)
    await page.locator('.move > summary', { hasText: '拟不予扶持' }).click()
    await page.getByLabel('填写的内容经核实不属实').check()
    await page.locator('details[open] textarea[name=note]').fill('营业执照上的住所不在本区。')
    const [head] = await selectHeads(db).where(eq(cases.id, 'case-3'))
    const staff = {
      id: wang.id,
      name: '李静',
      role: 'district-reviewer',
      district: 'yunyan',
    } as const
    const world = await caseWorldOf(deps)
    if (world === null) throw new Error('no programme')
    const file = await loadCaseFile(db, deps.vault, { number: head?.number ?? '' }, staff)
    const request = { version: 1, move: 'accept' }
    expect(await actOnCase(world, staff, file, request)).toMatchObject({ ok: true })
    await pressTwice(page, '拟不予扶持')
    await page.getByRole('heading', { name: '这份申请刚刚有人办过' }).waitFor()
    await look(page, `console-case-conflict-${kind}`)
    await page.getByRole('button', { name: '带上我写的' }).click()
    await page.getByRole('heading', { name: head?.number ?? '' }).waitFor()
    expect(await page.locator('details[open] textarea[name=note]').inputValue()).toBe(
      '营业执照上的住所不在本区。',
    )

    await page.emulateMedia({ colorScheme: 'dark' })
    for (const [path, name] of [
      ['', 'cases'],
      ['/case-3', 'case'],
    ] as const) {
      await page.goto(`${server.url}/console/cases${path}?lang=en`)
      await look(page, `console-${name}-${kind}-en-dark`, true)
    }
    expect(problems).toEqual([])
    await context.close()
    await applicant.context.close()
    await office.stop()
  }, 90_000)
})
