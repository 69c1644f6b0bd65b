import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertCase } from '../../db/cases/cases.ts'
import { openFile } from '../../db/core/client.node.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { testVault } from '../helpers/app.ts'
import { newCase } from '../helpers/cases.ts'
import { startTestServer } from '../helpers/server.ts'
import { CITY, ENTERPRISE_CODE, FINANCE, voucherWorld } from '../helpers/vouchers.ts'
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

/** An approved case of whoever talked last, and a voucher for it. */
async function issueTo(contactId: string): Promise<void> {
  const db = openFile(server.databasePath)
  const revision = (await currentRevision(db, 'guiyang-2018')) ?? ''
  const one = newCase(revision, 1, {
    contactId,
    answers: { name: '张三', enterpriseName: '小张早餐店', creditCode: ENTERPRISE_CODE },
  })
  const approve = `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = 'case-1'`
  await db.write([...(await insertCase(testVault, one)), { sql: approve, args: [] }])
  const { world } = voucherWorld(db, { start: new Date().toISOString() })
  await allotBudget(world, FINANCE, { amountFen: 1_000_000, reason: 'x', key: 'b' })
  const issued = await issueVoucher(world, CITY, {
    caseNumber: one.number,
    kind: 'bookkeeping',
    key: 'i',
  })
  if (!issued.ok) throw new Error(issued.problem.kind)
  await db.close()
}

it('a voucher is on the page with a QR code that a phone can read, within the policy of the page', async () => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  await page.goto(server.url)
  const say = async (text: string) => {
    const turns = page.locator('.turn:not(.mine)')
    const before = await turns.count()
    await page.getByLabel('您想问什么').fill(text)
    await page.keyboard.press('Enter')
    await turns.nth(before).waitFor()
  }
  await page.locator('.options button').first().waitFor()
  await say('你好')
  const db = openFile(server.databasePath)
  const [rows = []] = await db.read([{ sql: 'SELECT id FROM contacts LIMIT 1', args: [] }])
  await db.close()
  await issueTo(String(rows[0]?.[0]))
  await say('我的电子券')
  // The notice that it was issued brings it too, by the outbox, before or after.
  const code = page.getByRole('img', { name: /电子券 DZQ18-000001 的二维码/ }).first()
  await code.waitFor()
  const box = await code.boundingBox()
  expect(box?.width).toBeGreaterThan(200)
  expect(box?.width).toBe(box?.height)
  // The code behind the # is on no address of the page.
  expect(await page.content()).not.toContain('#v=')
  await page.reload()
  await code.waitFor()
  if (process.env.SHOTS !== undefined) {
    await code.scrollIntoViewIfNeeded()
    await page.screenshot({ path: 'docs/images/voucher-chat.png' })
  }
  expect(problems).toEqual([])
  await context.close()
})
