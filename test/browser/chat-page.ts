import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** The chat page as somebody has it open, with every complaint of the browser, CSP violations among them. */
export type Visit = { page: Page; problems: string[]; close: () => Promise<void> }

/** Opens the chat as a newcomer. `before` runs in the page ahead of its own scripts. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { before?: () => void } = {},
): Promise<Visit> {
  const { before, ...given } = options
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    ...given,
  })
  if (before !== undefined) await context.addInitScript(before)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(url)
  await page.locator('.options button, .note').first().waitFor()
  if (given.javaScriptEnabled !== false) await page.locator('.options button').first().waitFor()
  return { page, problems, close: () => context.close() }
}

/** What we said, message by message. */
export const botTurns = (page: Page) => page.locator('.turn:not(.mine)')

/** Waits until nothing is being answered and there are more messages than before. */
export async function answered(page: Page, before: number): Promise<string> {
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll('.turn:not(.mine)').length > count &&
      document.querySelector('.typing') === null,
    before,
  )
  return (await botTurns(page).last().textContent()) ?? ''
}

/** Types something and waits for the answer. */
export async function ask(page: Page, text: string): Promise<string> {
  const before = await botTurns(page).count()
  await page.locator('#say').fill(text)
  await page.locator('#say').press('Enter')
  return answered(page, before)
}

/** Taps a button and waits for the answer. */
export async function tap(page: Page, name: string | RegExp): Promise<string> {
  const before = await botTurns(page).count()
  await page.getByRole('button', { name }).last().click()
  return answered(page, before)
}

/** What axe finds wrong on the page by the WCAG, with the elements. */
export async function violationsOf(page: Page): Promise<[string, string[]][]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }),
  )
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
