import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TROUBLES } from '../fakes/phones.ts'
import { type Fakes, startFakes } from '../fakes/start.ts'

type State = {
  lines: Record<'telegram' | 'wechat' | 'kf', { by: string; text: string; buttons: string[] }[]>
  notes: string[]
}
let fakes: Fakes
beforeEach(async () => {
  fakes = await startFakes({ second: 100 })
})
afterEach(() => fakes.stop())

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${fakes.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return response.status
}
const act = (phone: string, deed: string, value?: string) => post('/act', { phone, deed, value })
const state = async () => (await (await fetch(`${fakes.url}/state`)).json()) as State
const said = async (phone: 'telegram' | 'wechat' | 'kf') =>
  (await state()).lines[phone].filter(({ by }) => by === 'bot').map(({ text }) => text)
/** Waits until the bot has said so many things on a phone. */
const heard = async (phone: 'telegram' | 'wechat' | 'kf', count: number) => {
  await vi.waitUntil(async () => (await said(phone)).length >= count, 15_000)
  return (await said(phone)).at(-1) ?? ''
}

describe('the three phones', () => {
  it('open as a page that loads nothing from elsewhere', async () => {
    const page = await (await fetch(`${fakes.url}/`)).text()
    expect(page).toContain('三部手机')
    for (const file of ['/phones.js', '/phones.css']) {
      expect((await fetch(`${fakes.url}${file}`)).status).toBe(200)
    }
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect((await fetch(`${fakes.url}/start.ts`)).status).toBe(404)
  })

  it('talk with the product both ways, with buttons, numbers and files', async () => {
    await act('telegram', 'type', '/start')
    await heard('telegram', 1)
    expect((await state()).lines.telegram.at(-1)?.buttons).toContain('我要申请')
    await act('telegram', 'tap', '问政策')
    await heard('telegram', 2)
    await act('telegram', 'tap', '能补多少钱')
    expect(await heard('telegram', 3)).toContain('4.5万')
    await act('wechat', 'join')
    expect(await heard('wechat', 1)).toContain('1. 问政策')
    await act('wechat', 'type', '1')
    expect(await heard('wechat', 2)).toContain('1. 能补多少钱')
    await act('wechat', 'type', '1')
    expect(await heard('wechat', 3)).toContain('4.5万')
    await act('wechat', 'file')
    await heard('wechat', 4)
    await act('telegram', 'file')
    await heard('telegram', 4)
    await act('kf', 'enter')
    await heard('kf', 1)
    await act('kf', 'tap', (await state()).lines.kf.at(-1)?.buttons[0])
    await heard('kf', 2)
  })

  it('become one person by a code', async () => {
    await act('wechat', 'type', '绑定')
    await heard('wechat', 1)
    await act('wechat', 'type', '要一个代码')
    const code = /\d{3} \d{3}/.exec(await heard('wechat', 2))?.[0]
    await act('telegram', 'type', '绑定')
    await heard('telegram', 1)
    await act('telegram', 'type', code)
    expect(await heard('telegram', 2)).toContain('想跟这里合在一起')
    await act('telegram', 'tap', '同意')
    await heard('telegram', 3)
    expect(await heard('wechat', 3)).toContain('是您本人')
    await act('wechat', 'type', '是我，合在一起')
    expect(await heard('wechat', 4)).toContain('绑定好了')
    expect(await heard('telegram', 4)).toContain('现在是一个人的')
  })

  it('show a picture that leads to the official account', async () => {
    await act('telegram', 'type', '绑定')
    await heard('telegram', 1)
    await act('telegram', 'type', '要一个代码')
    await heard('telegram', 2)
    await act('telegram', 'tap', '要公众号的二维码')
    expect(await heard('telegram', 4)).toContain('[图 picture]')
  })

  it('refuse what is no deed', async () => {
    expect(await act('fax', 'type', 'x')).toBe(400)
    expect(await post('/trouble', null)).toBe(400)
  })
})

describe('trouble', () => {
  it.each(['cut', 'triple'])('%s: WeChat delivers again and shows one answer', async (deed) => {
    await post('/trouble', { phone: 'wechat', deed })
    await act('wechat', 'type', '钱多少')
    expect(await heard('wechat', 1)).toContain('4.5万')
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(await said('wechat')).toHaveLength(1)
  })

  it('an update that comes three times is answered once', async () => {
    await post('/trouble', { phone: 'telegram', deed: 'triple' })
    await act('telegram', 'type', '钱多少')
    await heard('telegram', 1)
    await act('telegram', 'type', '菜单')
    await heard('telegram', 2)
    expect((await said('telegram')).filter((text) => text.includes('4.5万'))).toHaveLength(1)
  })

  it.each(['throttled', 'reset', 'broken'])(
    'a send that is %s comes through later',
    async (deed) => {
      await post('/trouble', { phone: 'telegram', deed })
      await act('telegram', 'type', '钱多少')
      expect(await heard('telegram', 1)).toContain('4.5万')
    },
  )

  it.each(['telegram', 'wechat'] as const)(
    '%s in the wrong order answers everything',
    async (phone) => {
      await post('/trouble', { phone, deed: 'reorder' })
      await act(phone, 'type', '钱多少')
      await act(phone, 'type', '菜单')
      await new Promise((resolve) => setTimeout(resolve, 200))
      await post('/trouble', { phone, deed: 'reorder' })
      expect(await heard(phone, 2)).toContain('4.5万')
    },
  )

  it('is there by every name', async () => {
    for (const [phone, names] of Object.entries(TROUBLES)) {
      for (const deed of names) expect(await post('/trouble', { phone, deed })).toBe(200)
    }
    expect((await state()).notes).toHaveLength(4)
  })
})
