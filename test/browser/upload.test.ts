import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { MAX_FILE_BYTES } from '../../src/platform/files/check-file.ts'
import { fileOf } from '../helpers/files.ts'
import { startTestServer } from '../helpers/server.ts'
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

/** The page on a phone, with every complaint of the browser, CSP violations among them. */
async function visit(locale = 'zh-CN') {
  const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(server.url)
  await page.locator('.options button').first().waitFor()
  return { page, problems, close: () => context.close() }
}

/** Chooses a file by the button, as a person does. */
async function choose(page: Page, name: string, mimeType: string, bytes: Uint8Array) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /发照片或 PDF|Send a photo or PDF/ }).press('Enter')
  await (await chooser).setFiles({ name, mimeType, buffer: Buffer.from(bytes) })
}
const chip = (page: Page) => page.locator('.bubble.file').last()
const storedFiles = async () => {
  const db = openFile(server.databasePath)
  const [rows = []] = await db.read([{ sql: 'SELECT status FROM attachments', args: [] }])
  await db.close()
  return rows.length
}

/** A real picture of 400 × 300, since a thumbnail is drawn from what a browser can read. */
async function photo(page: Page): Promise<Uint8Array> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 400
    canvas.height = 300
    canvas.getContext('2d')?.fillRect(0, 0, 200, 300)
    return canvas.toDataURL('image/jpeg')
  })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

describe('the paper clip', () => {
  it('shows a photo in small, at once and again after a reload where somebody wants to see it', async () => {
    const { page, problems, close } = await visit()
    await choose(page, '营业执照.jpg', 'image/jpeg', await photo(page))
    await page.getByText('照片已收到').waitFor()
    const small = page.getByRole('img', { name: '营业执照.jpg' })
    await small.waitFor()
    expect(
      await small.evaluate((element) => [element.clientWidth > 60, element.clientWidth < 200]),
    ).toEqual([true, true])
    await page.waitForFunction(() => document.querySelectorAll('.turn:not(.mine)').length === 2)
    await page.reload()
    await page.getByRole('button', { name: '看照片' }).click()
    await page.locator('canvas.small').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('sends a photo, by keyboard, says that it is there, and keeps it over a reload', async () => {
    const { page, problems, close } = await visit()
    await choose(page, 'IMG_1.jpg', 'image/jpeg', fileOf('jpeg', '', 300_000))
    await page.getByText('照片已收到').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('.turn:not(.mine)').length === 2)
    expect(await page.locator('progress').count()).toBe(0)
    await choose(page, '合同.pdf', 'application/pdf', fileOf('pdf'))
    await page.getByText('文件已收到 合同.pdf').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('.turn:not(.mine)').length === 3)
    if (process.env.SHOTS !== undefined) await page.screenshot({ path: '/tmp/upload-sent.png' })
    await page.reload()
    await page.getByText('照片或文件').first().waitFor()
    expect(await page.locator('.bubble.file').count()).toBe(2)
    await page.getByText('照片或文件，已收到').first().waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('says in plain words what is wrong, and sends nothing that is too large', async () => {
    const { page, close } = await visit()
    const before = await storedFiles()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await choose(page, 'a.jpg', 'image/jpeg', fileOf('jpeg', '', MAX_FILE_BYTES + 1))
    await page.getByText('最多收 10 MB').waitFor()
    expect(asked).toEqual([])
    await choose(page, 'page.jpg', 'image/jpeg', fileOf('html'))
    await page.getByText('四个角都拍进去').waitFor()
    expect(await chip(page).textContent()).toBe('没有收下')
    if (process.env.SHOTS !== undefined) await page.screenshot({ path: '/tmp/upload-refused.png' })
    expect(await storedFiles()).toBe(before)
    await close()
  })

  it('offers to try again where the network was away, and sends one file', async () => {
    const { page, close } = await visit('en-US')
    const before = await storedFiles()
    // It arrives; only the answer is lost.
    const lose = async (route: Route) => {
      await route.fetch()
      await route.abort()
    }
    await page.route('**/webhooks/web/files', lose, { times: 1 })
    await choose(page, 'a.png', 'image/png', fileOf('png'))
    await page.getByRole('button', { name: 'Not uploaded. Tap here to try again' }).click()
    await page.getByText('Photo received').waitFor()
    expect(await page.locator('.bubble.file').count()).toBe(1)
    expect(await storedFiles()).toBe(before + 1)
    await close()
  })

  it('shows how far it is, and the page is fit for everybody meanwhile', async () => {
    const { page, close } = await visit()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/webhooks/web/files', async (route) => {
      await held
      await route.continue()
    })
    await choose(page, 'a.jpg', 'image/jpeg', fileOf('jpeg'))
    await page.getByRole('progressbar', { name: '正在传' }).waitFor()
    const box = await page.locator('#attach').boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() =>
      (
        globalThis as unknown as {
          axe: { run: (include: string[], options: object) => Promise<AxeResults> }
        }
      ).axe.run(['#composer', '.turn.mine'], {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      }),
    )
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
    if (process.env.SHOTS !== undefined) await page.screenshot({ path: '/tmp/upload-progress.png' })
    release()
    await page.getByText('照片已收到').waitFor()
    await close()
  })
})
