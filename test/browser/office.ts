import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { createWorld } from '../helpers/app.ts'
import { startTestServer } from '../helpers/server.ts'

const SECRET = 'a session secret of the browser test'
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** `SHOTS=docs/images npx vitest run …` keeps what the pages look like. */
const { SHOTS } = process.env

/** A server, and what is needed to put people and cases into its database. */
export async function openOffice() {
  const server = await startTestServer({ SESSION_SECRET: SECRET })
  const db = openFile(server.databasePath)
  const world = await createWorld([], { db, start: new Date().toISOString() })
  const deps = { ...world.deps, sessionSecret: SECRET, webUrl: () => server.url }
  return {
    server,
    deps,
    db,
    stop: async () => {
      await db.close()
      await server.stop()
    },
  }
}

/** Somebody at a screen, signed in where a cookie is given; `problems` has every complaint of the browser. */
export async function sitDown(
  browser: Browser,
  url: string,
  width: number,
  cookie?: string,
  locale = 'zh-CN',
) {
  const context = await browser.newContext({
    locale,
    viewport: { width, height: width < 600 ? 844 : 900 },
  })
  if (cookie !== undefined) {
    const at = cookie.indexOf('=')
    const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)]
    await context.addCookies([{ name, value, url: `${url}/console` }])
  }
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      problems.push(message.text())
    }
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return { context, page, problems }
}

/** Keeps a picture where one is wanted, and looks for barriers and for what runs out of the screen. */
export async function look(page: Page, name: string, fullPage = false): Promise<void> {
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

/** Does what takes two presses: the first says what it will do. */
export async function pressTwice(page: Page, name: string): Promise<void> {
  const first = page.locator('.confirm:not(.move) > summary', { hasText: name })
  await first.locator('visible=true').click()
  await page.locator('.confirm[open] button', { hasText: name }).locator('visible=true').click()
}
