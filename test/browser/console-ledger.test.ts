import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertCase } from '../../db/cases/cases.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { seedPeople } from '../helpers/campaigns.ts'
import { newCase, otherApplicant } from '../helpers/cases.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const DISTRICTS = ['nanming', 'yunyan', 'huaxi', 'wudang', 'qingzhen', 'kaiyang']

it.each([
  ['desktop', 1280, 'zh-CN'],
  ['phone', 390, 'en-GB'],
] as const)(
  'the year and its ledger, on a %s',
  async (name, width, locale) => {
    const office = await openOffice()
    const { server, deps, db } = office
    await seedPeople(deps, 180, { channel: 'web' })
    const revision = String(await currentRevision(db, 'guiyang-2018'))
    for (let serial = 1; serial <= 40; serial++) {
      const one = newCase(revision, serial, {
        district: DISTRICTS[(serial * serial) % DISTRICTS.length] ?? 'nanming',
        contactId: null,
        applicant: otherApplicant(serial),
        answers: { enterpriseName: `小李${serial}号早餐店`, industry: 'tea', employees: 3 },
      })
      await db.write([
        ...(await insertCase(deps.vault, one)),
        ...(serial % 3 === 0
          ? [
              {
                sql: `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`,
                args: [one.id],
              },
            ]
          : []),
      ])
    }
    const boss = await signInAs(deps, 'city-reviewer')
    const desk = await sitDown(browser, server.url, width, boss.cookie, locale)
    await desk.page.goto(`${server.url}/console/dashboard`)
    await desk.page.getByText('3500').first().waitFor()
    await look(desk.page, `console-dashboard-${name}`, name === 'desktop')
    await desk.page.goto(`${server.url}/console/ledger?year=2018`)
    await desk.page.getByText('GY18-').first().waitFor()
    await look(desk.page, `console-ledger-${name}`)
    const download = desk.page.waitForEvent('download')
    await desk.page.getByRole('button', { name: /Excel/ }).click()
    expect((await download).suggestedFilename()).toBe('ledger-2018-city.xlsx')
    expect(desk.problems).toEqual([])
    await office.stop()
  },
  60_000,
)
