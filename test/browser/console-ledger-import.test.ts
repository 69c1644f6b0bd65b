import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { identityNumber } from '../helpers/applicant.ts'
import { signInAs } from '../helpers/staff.ts'
import { toXlsx } from '../platform/tables/whole-table.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const PLACES = ['云岩区', '南明区', '花溪区']
const NAMES = ['李小茶', '王大山', '张桂花', '杨秀英']

/** A ledger as an office keeps one, with two slips in it. */
async function ledger(): Promise<Buffer> {
  const lines = Array.from({ length: 120 }, (_, person) => [
    `${person + 1}`,
    NAMES[person % NAMES.length] ?? '',
    person === 4 ? identityNumber(person).replace(/^5/, '9') : identityNumber(person),
    PLACES[person % PLACES.length] ?? '',
    `老店${person + 1}号`,
    '2018-03-05',
    person === 7 ? '三月' : '2018-03-09',
    '',
  ])
  const headings = ['序号', '姓名', '身份证号', '所属区县', '企业名称', '已提交', '已受理', '备注']
  return Buffer.from(await toXlsx('台账', [headings, ...lines]))
}

it.each([
  ['desktop', 1280, 'zh-CN'],
  ['phone', 390, 'en-GB'],
] as const)(
  'an earlier ledger is tried, looked over and brought in, on a %s',
  async (name, width, locale) => {
    const isEnglish = locale === 'en-GB'
    const says = (zh: string, en: string) => (isEnglish ? en : zh)
    const office = await openOffice()
    const boss = await signInAs(office.deps, 'city-reviewer')
    const desk = await sitDown(browser, office.server.url, width, boss.cookie, locale)
    const { page } = desk
    await page.goto(`${office.server.url}/console/ledger`)
    await page
      .getByRole('link', { name: says('导入以前的台账', 'Import an earlier ledger') })
      .click()
    await look(page, `console-import-empty-${name}`)
    await page.getByLabel(says('台账文件', 'Ledger file')).setInputFiles({
      name: '台账.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await ledger(),
    })
    await page.getByRole('button', { name: says('上传', 'Upload') }).click()
    await page.getByLabel('姓名').waitFor()
    await look(page, `console-import-columns-${name}`)
    await page.getByRole('button', { name: says('试算', 'Try it'), exact: true }).click()
    await page.locator('summary', { hasText: says('写入这118户', 'Add these 118') }).waitFor()
    await look(page, `console-import-checked-${name}`, name === 'desktop')
    await pressTwice(page, says('写入这118户', 'Add these 118'))
    await page.getByText(says('文件内容已经删掉', 'What the file said is deleted')).waitFor()
    await look(page, `console-import-done-${name}`)
    await page.goto(`${office.server.url}/console/ledger?year=2018`)
    await page.getByText('老店1号').first().waitFor()
    expect(desk.problems).toEqual([])
    await office.stop()
  },
  90_000,
)
