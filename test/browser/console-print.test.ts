import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handIn, handInPaper } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** `PDF=folder` keeps the sheet, to be looked at. */
const { PDF } = process.env

it('a paper is marked, the application returned, and its letter printed on one sheet of A4', async () => {
  const office = await openOffice()
  const { server, deps, db } = office
  await handIn({ db, deps }, 1)
  await handInPaper({ db, deps }, 1)
  const wang = await signInAs(deps, 'district-reviewer', 'yunyan')
  const { page, problems, context } = await sitDown(browser, server.url, 1280, wang.cookie)
  await page.goto(`${server.url}/console/cases/case-1`)
  await page.getByRole('button', { name: '证明不了 身份证' }).click()
  await page.getByText('有的证明不了').waitFor()
  await page.locator('.move > summary', { hasText: '退回补正' }).click()
  await page.getByLabel('材料看不清楚').check()
  await page.getByLabel('营业执照', { exact: true }).check()
  await pressTwice(page, '退回补正')
  await page.getByText('已办：退回补正').waitFor()
  await page.getByRole('link', { name: '申请补正通知书' }).click()
  await page.getByRole('heading', { name: '申请补正通知书' }).waitFor()
  await look(page, 'console-letter')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.screen-only').isVisible()).toBe(false)
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    ...(PDF === undefined ? {} : { path: `${PDF}/letter.pdf` }),
  })
  const text = pdf.toString('latin1')
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  const [, wide, high] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? []
  expect([Math.round(Number(wide)), Math.round(Number(high))]).toEqual([595, 842])
  if (PDF !== undefined) await page.screenshot({ path: `${PDF}/letter.png`, fullPage: true })
  await page.goto(`${server.url}/console/cases/case-1/print/filing`)
  const sheet = await page.pdf({
    preferCSSPageSize: true,
    ...(PDF === undefined ? {} : { path: `${PDF}/filing.pdf` }),
  })
  expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  if (PDF !== undefined) await page.screenshot({ path: `${PDF}/filing.png`, fullPage: true })
  expect(problems).toEqual([])
  await context.close()
  await office.stop()
}, 90_000)
