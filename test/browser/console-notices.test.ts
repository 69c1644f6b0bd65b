import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { createWorld } from '../helpers/app.ts'
import { seedNotice } from '../helpers/notice.ts'
import { startTestServer } from '../helpers/server.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'

const SECRET = 'a session secret of the browser test'
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** `SHOTS=docs/images npx vitest run …` keeps what the pages look like. */
const { SHOTS } = process.env

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function look(page: Page, name: string, fullPage = true): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage })
  await page.evaluate(axe)
  const barriers = await page.evaluate(async () => {
    type Violations = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe: here } = globalThis as unknown as {
      axe: { run: (options: unknown) => Promise<Violations> }
    }
    const { violations } = await here.run({
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

describe.each([
  ['desktop', 1280, 'zh-CN'],
  ['phone', 390, 'zh-CN'],
  ['desktop-en', 1280, 'en-GB'],
] as const)('the notices on a %s', (name, width, locale) => {
  it('are listed, opened, sent again, and read as templates', async () => {
    const server = await startTestServer({ SESSION_SECRET: SECRET })
    const db = openFile(server.databasePath)
    const world = await createWorld([], { db, start: new Date().toISOString() })
    const deps = { ...world.deps, sessionSecret: SECRET, webUrl: () => server.url }
    await seedNotice(deps, 'yunyan', { error: '403 Forbidden: bot was blocked by the user' })
    await seedNotice(deps, 'yunyan', { status: 'in-doubt', error: 'no answer', doubted: true })
    const seq = await seedNotice(deps, 'yunyan', { status: 'technical-failure', error: '401' })
    await db.write([
      {
        sql: `INSERT INTO outbox_channels (channel, sent, last_sent_at, paused_until, paused_why, last_failed_at, last_failure)
          VALUES ('telegram', 1204, ?, ?, 'throttled: 429 Too Many Requests', ?, 'throttled: 429 Too Many Requests')
          ON CONFLICT DO NOTHING`,
        args: [deps.now(), new Date(Date.parse(deps.now()) + 600_000).toISOString(), deps.now()],
      },
      {
        sql: `INSERT INTO outbox_history (seq, what, detail, at) VALUES (?, 'technical-failure', '401 Unauthorized', ?)`,
        args: [Number(seq), deps.now()],
      },
    ])
    const { cookie } = await signInAs(deps, 'city-reviewer')
    const context = await browser.newContext({ locale, viewport: { width, height: 844 } })
    const at = cookie.indexOf('=')
    await context.addCookies([
      { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: `${server.url}/console` },
    ])
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${server.url}/console/notices?show=trouble`)
    await look(page, `console-notices-${name}`)
    await page.goto(`${server.url}/console/notices/${seq}`)
    await look(page, `console-notice-${name}`)
    await page.locator(`form[action$="/${seq}/again"] summary`).click()
    await page.locator(`form[action$="/${seq}/again"] button`).click()
    await page.locator('.alert.done').waitFor()
    await expect
      .poll(async () => {
        const [rows] = await db.read([
          { sql: 'SELECT status FROM outbox WHERE seq = ?', args: [Number(seq)] },
        ])
        return rows
      })
      .toEqual([['sent']])
    await page.goto(`${server.url}/console/notices/templates`)
    await page.locator('details.template summary').first().click()
    await look(page, `console-notice-templates-${name}`, false)
    expect(problems).toEqual([])
    await context.close()
    await db.close()
    await server.stop()
  }, 60_000)
})
