import { startTestServer } from './test/helpers/server.ts'
import { launchBrowser } from './test/browser/launch.ts'
const server = await startTestServer()
const browser = await launchBrowser()
async function shot(name: string, o: {w: number; h: number; locale?: string; dark?: boolean; larger?: boolean; js?: boolean}, act?: (page: any) => Promise<void>) {
  const context = await browser.newContext({ locale: o.locale ?? 'zh-CN', viewport: { width: o.w, height: o.h }, colorScheme: o.dark ? 'dark' : 'light', javaScriptEnabled: o.js ?? true })
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() === 'error' || m.type()==='warning') console.log(name, m.text()) })
  page.on('pageerror', (e) => console.log(name, 'ERR', e.message))
  await page.goto(server.url)
  await page.locator('.options button, .note').first().waitFor()
  if (o.js ?? true) await page.locator('.options button').first().waitFor()
  if (o.larger) await page.locator('#larger').click()
  await act?.(page)
  await page.waitForTimeout(300)
  await page.screenshot({ path: `/tmp/shot-${name}.png` })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (over > 0) console.log(name, 'overflow', over)
  await context.close()
}
const ask = async (page: any, text: string) => {
  const n = await page.locator('.turn:not(.mine)').count()
  await page.locator('#say').fill(text)
  await page.keyboard.press('Enter')
  await page.waitForFunction((c: number) => document.querySelectorAll('.turn:not(.mine)').length > c && !document.querySelector('.typing'), n)
}
const toForm = async (page: any) => { await ask(page, '我要申请'); await page.getByRole('button', { name: /同意|agree/i }).first().click(); await page.waitForFunction(() => !document.querySelector('.typing')); await page.waitForTimeout(500) }
const only = process.argv[2]
const jobs: [string, () => Promise<void>][] = [
 ['360', () => shot('360', { w: 360, h: 740 }, async (p) => { await ask(p, '钱多少') })],
 ['320form', () => shot('320form', { w: 320, h: 568 }, toForm)],
 ['kb', () => shot('kb', { w: 360, h: 740 }, async (p) => { await toForm(p); await ask(p, '王小明'); await p.locator('#say').focus(); await p.setViewportSize({ width: 360, height: 330 }) })],
 ['400', () => shot('400', { w: 320, h: 256 }, toForm)],
 ['big', () => shot('big', { w: 360, h: 740, larger: true }, toForm)],
 ['big320', () => shot('big320', { w: 320, h: 568, larger: true, locale: 'en-US' }, toForm)],
 ['desk', () => shot('desk', { w: 1280, h: 800, locale: 'en-US' }, async (p) => { await ask(p, 'how much money') })],
 ['dark', () => shot('dark', { w: 390, h: 844, dark: true }, toForm)],
 ['land', () => shot('land', { w: 740, h: 360 }, toForm)],
 ['plain', () => shot('plain', { w: 360, h: 1200, js: false }, async (p) => { await p.locator('#say').fill('钱多少'); await p.locator('.send').click(); await p.waitForTimeout(500) })],
]
for (const [n, f] of jobs) if (!only || only.split(',').includes(n)) await f().catch((e) => console.log(n, e.message))
await browser.close(); await server.stop(); process.exit(0)
