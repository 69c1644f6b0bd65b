import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { ask, botTurns, tap, violationsOf, visit } from './chat-page.ts'
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

const open = (width: number, height: number, options = {}) =>
  visit(browser, server.url, { viewport: { width, height }, ...options })

async function begin(page: Page) {
  await ask(page, '我要申请')
  await tap(page, '同意，开始填')
}

/** Which part of the present question's words is in view: its first line at least, from 0 to 1. */
async function inView(page: Page): Promise<{ first: boolean; share: number }> {
  await page.waitForTimeout(150)
  return page.evaluate(() => {
    const bubble = [...document.querySelectorAll('.turn:not(.mine) .bubble')].at(-1)
    const scroller = document.querySelector('#scroll')
    if (bubble === undefined || scroller === null) return { first: false, share: 0 }
    const { top, bottom, height } = bubble.getBoundingClientRect()
    const view = scroller.getBoundingClientRect()
    const shown = Math.min(bottom, view.bottom, innerHeight) - Math.max(top, view.top)
    return { first: top >= view.top - 1 && top < view.bottom, share: shown / height }
  })
}

describe('the present question stays in view', () => {
  it('as the keyboard opens, the phone is turned and the letters grow', async () => {
    const { page, close } = await open(360, 740)
    await begin(page)
    expect(await inView(page)).toEqual({ first: true, share: 1 })
    await page.locator('#say').focus()
    for (const [width, height] of [
      [360, 330],
      [360, 740],
      [740, 360],
      [360, 740],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await inView(page), `${width} × ${height}`).toEqual({ first: true, share: 1 })
    }
    await page.getByRole('button', { name: '大字' }).click()
    expect(await inView(page)).toEqual({ first: true, share: 1 })
    await page.setViewportSize({ width: 360, height: 330 })
    expect((await inView(page)).first).toBe(true)
    await close()
  })

  it('where a keyboard only covers the page: the page is as high as what is seen of it', async () => {
    const { page, close } = await open(360, 740)
    await begin(page)
    await page.evaluate(() => {
      const view = window.visualViewport
      if (view === null) return
      Object.defineProperty(view, 'height', { get: () => 320, configurable: true })
      Object.defineProperty(view, 'offsetTop', { get: () => 40, configurable: true })
      view.dispatchEvent(new Event('resize'))
    })
    await page.waitForTimeout(150)
    const box = await page.locator('.composer').boundingBox()
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(360)
    const bubble = await botTurns(page).last().locator('.bubble').boundingBox()
    expect(bubble?.y).toBeGreaterThanOrEqual(40)
    expect((bubble?.y ?? 0) + (bubble?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0)
    await close()
  })

  it('and whoever reads what was said earlier is left there', async () => {
    const { page, close } = await open(360, 740)
    await begin(page)
    await page.locator('#scroll').evaluate((element) => {
      element.scrollTop = 0
    })
    await page.setViewportSize({ width: 360, height: 500 })
    await page.waitForTimeout(150)
    expect(await page.locator('#scroll').evaluate((element) => element.scrollTop)).toBe(0)
    await close()
  })
})

describe('a small screen', () => {
  it.each([
    ['a small phone', 320, 568, 110],
    ['400 % of a desk', 320, 256, 110],
    ['a keyboard', 360, 330, 110],
    ['on its side', 740, 360, 110],
  ])(
    '%s: what stands around the conversation leaves it room, and nothing scrolls sideways',
    async (_, width, height, most) => {
      for (const locale of ['zh-CN', 'en-US']) {
        const { page, close } = await open(width, height, { locale })
        const around = await page.evaluate(() => {
          const heightOf = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect().height ?? 0
          return {
            chrome: heightOf('.top') + heightOf('.composer'),
            room: heightOf('#scroll'),
            sideways: document.documentElement.scrollWidth - innerWidth,
            within:
              (document.querySelector('#scroll')?.scrollWidth ?? 0) -
              (document.querySelector('#scroll')?.clientWidth ?? 0),
          }
        })
        expect(around.chrome).toBeLessThanOrEqual(height < 450 ? most : 135)
        expect(around.room).toBeGreaterThanOrEqual(height - 140)
        expect([around.sideways, around.within]).toEqual([0, 0])
        await close()
      }
    },
  )

  it('has large letters without a sideways scroll, and targets for a thumb', async () => {
    for (const [width, locale] of [
      [320, 'zh-CN'],
      [320, 'en-US'],
      [360, 'zh-CN'],
    ] as const) {
      const { page, close } = await open(width, 640, { locale })
      await page.locator('#larger').click()
      if (locale === 'zh-CN') await begin(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      )
      const sizes = await page
        .locator('button:visible, .tools a:visible, #say:visible')
        .evaluateAll((elements) =>
          elements.map((element) => {
            const { width: wide, height } = element.getBoundingClientRect()
            return Math.min(wide, height)
          }),
        )
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44)
      await close()
    }
  })
})

describe('axe finds nothing', () => {
  it.each([
    ['by day', {}],
    ['by night', { colorScheme: 'dark' as const }],
    ['in English', { locale: 'en-US' }],
    ['without scripts', { javaScriptEnabled: false }],
  ])('%s', async (_, options) => {
    const { page, problems, close } = await open(360, 740, options)
    if (!('javaScriptEnabled' in options)) {
      await ask(page, 'locale' in options ? 'apply' : '我要申请')
      await tap(page, /^同意，开始填|I agree/)
      await ask(page, '王小明')
      expect(await violationsOf(page)).toEqual([])
    }
    expect(problems).toEqual([])
    await close()
  })
})
