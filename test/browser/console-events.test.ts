import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localOf } from '../../src/kernel/when.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it.each([
  ['desktop', 1280, 'zh-CN'],
  ['phone', 390, 'zh-CN'],
  ['phone-en', 390, 'en-GB'],
] as const)(
  'an event is written, published, signed up for by the poster and reported, on a %s',
  async (name, width, locale) => {
    const office = await openOffice()
    const { server, deps } = office
    const staff = await signInAs(deps, 'publicity')
    const desk = await sitDown(browser, server.url, width, staff.cookie, locale)
    const { page } = desk
    await page.goto(`${server.url}/console/events/new`)
    const soon = (minutes: number) => localOf(new Date(Date.now() + minutes * 60_000).toISOString())
    await page.locator('[name=district]').selectOption('yunyan')
    await page.locator('[name=kind]').selectOption('community')
    await page.locator('[name=titleZh]').fill('“3个20万”政策宣讲会')
    await page.locator('[name=titleEn]').fill('The support policy explained')
    await page.locator('[name=startsAt]').fill(soon(30))
    await page.locator('[name=endsAt]').fill(soon(120))
    await page.locator('[name=placeZh]').fill('中东社区服务中心二楼')
    await page.locator('[name=placeEn]').fill('Zhongdong community centre, 2nd floor')
    await page.locator('[name=capacity]').fill('40')
    await page.locator('[name=aboutZh]').fill('讲怎么申请，现场答疑。')
    await page.locator('[name=aboutEn]').fill('How to apply, with questions.')
    await look(page, `console-event-write-${name}`, true)
    await page.locator('form.event button').click()
    await page.waitForURL(/events\/[\w-]{8,}$/)
    await pressTwice(page, locale === 'en-GB' ? 'Publish' : '发布')
    await page.locator('a[href$=poster]').waitFor()
    const eventUrl = page.url()

    await page.locator('a[href$=poster]').click()
    await page.locator('svg.scan').waitFor()
    await look(page, `console-event-poster-${name}`, true)

    const [rows = []] = await deps.db.read([{ sql: 'SELECT check_in_key FROM events', args: [] }])
    const villager = await sitDown(browser, server.url, 390, undefined, locale)
    await villager.page.goto(`${server.url}/#event=${String(rows[0]?.[0])}`)
    await villager.page
      .locator('.options button')
      .filter({ hasText: /现在签到|Check in now/ })
      .click()
    await villager.page.getByText(/签到好了|You are checked in/).waitFor()
    expect(villager.problems).toEqual([])

    await page.goto(eventUrl)
    await page
      .getByText(/撤销签到|Take back/)
      .first()
      .waitFor()
    await look(page, `console-event-${name}`, true)
    await page.goto(`${server.url}/console/events`)
    await look(page, `console-events-${name}`)
    await page.goto(`${server.url}/console/events/months`)
    await page.locator('form.plan select').first().selectOption('6')
    await page.locator('form.plan button').first().click()
    await look(page, `console-events-months-${name}`)
    await page.goto(`${server.url}/console/events/report`)
    await look(page, `console-events-report-${name}`)
    await page.goto(`${server.url}/console/quizzes`)
    await look(page, `console-quizzes-${name}`)
    await page.locator('.rows a').first().click()
    await look(page, `console-quiz-question-${name}`, true)
    expect(desk.problems).toEqual([])
    await desk.context.close()
    await villager.context.close()
    await office.stop()
  },
  120_000,
)
