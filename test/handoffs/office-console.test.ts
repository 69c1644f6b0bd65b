import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listEntered } from '../../db/handoffs/offices.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'
import { enter, YUNYAN } from './entered.ts'

let desk: Desk
let district: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  district = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => desk.world.close())

const FORM = {
  'name-zh-Hans': '',
  'name-en': '',
  'address-zh-Hans': '试验路1号',
  'address-en': '',
  phone: '（0851）8555 0123',
  'day-1': '8:30-12:00，14：00－17：30',
  'day-2': '8:30-12:00,14:00-17:30',
  'day-3': '8:30-12:00,14:00-17:30',
  'day-4': '8:30-12:00,14:00-17:30',
  'day-5': '8:30-12:00,14:00-17:30',
  'day-6': '休息',
  'day-7': '',
  closed: '2018-06-18\n2018-10-01',
  lat: '26.6',
  lon: '106.7',
  'source-zh-Hans': '区政府网站',
  'source-en': '',
  asOf: '2018-05-01',
  version: '0',
}
const PATH = '/console/offices/yunyan'
const entered = () => listEntered(desk.world.db, 'guiyang-2018')
const post = (who: SignedIn, path: string, change: Record<string, string> = {}) =>
  desk.post(who.cookie, path, { ...FORM, ...change })

describe('the offices in the console', () => {
  it('are entered by their district, and told at once', async () => {
    expect((await post(district, PATH)).to).toBe('/console/offices')
    expect(await entered()).toMatchObject([
      {
        place: 'yunyan',
        version: 1,
        entered: {
          phone: '0851-85550123',
          hours: {
            week: { 0: '8:30-12:00,14:00-17:30', 5: '' },
            closed: ['2018-06-18', '2018-10-01'],
          },
          point: { lat: 26.6, lon: 106.7 },
        },
      },
    ])
    const told = await createTalker(desk.world, { channel: 'web', id: 'z' }).say('云岩区微企办电话')
    expect(told).toContain('0851-85550123')
    expect(await desk.column('SELECT action || subject FROM audit_entries')).toEqual([
      'office.enteredoffice:yunyan',
    ])
    for (const [lang, words] of [
      ['zh-Hans', '电话：0851-85550123'],
      ['en', 'Phone: 0851-85550123'],
    ] as const) {
      const { text } = await desk.get(district.cookie, `/console/offices?lang=${lang}`)
      expect(text).toContain(words)
      expect((await desk.get(district.cookie, `${PATH}?lang=${lang}`)).text).toContain('试验路1号')
    }
  })

  it('keep what the pack has where nothing else is entered, and what is cleared is not known', async () => {
    await post(district, PATH)
    const cleared = Object.fromEntries(Object.keys(FORM).map((name) => [name, '']))
    expect((await post(district, PATH, { ...cleared, version: '1' })).status).toBe(303)
    expect(await entered()).toMatchObject([{ version: 2, entered: {} }])
  })

  it('of another district and of the city are not theirs; the city enters every one', async () => {
    for (const path of [
      '/console/offices/nanming',
      '/console/offices/city',
      '/console/offices/mars',
    ]) {
      expect((await desk.get(district.cookie, path)).status).toBe(404)
      expect((await post(district, path)).status).toBe(404)
    }
    const { text } = await desk.get(district.cookie, '/console/offices')
    expect(text).toContain('云岩区微企办')
    expect(text).not.toContain('南明区微企办')
    const city = await signInAs(desk.world.deps, 'city-reviewer')
    for (const place of ['city', 'nanming', 'yunyan']) {
      expect((await post(city, `/console/offices/${place}`)).status).toBe(303)
    }
    const agent = await signInAs(desk.world.deps, 'agent', 'yunyan')
    expect((await desk.get(agent.cookie, '/console/offices')).status).toBe(200)
    expect((await post(agent, PATH, { version: '1' })).status).toBe(403)
    const finance = await signInAs(desk.world.deps, 'finance')
    expect((await desk.get(finance.cookie, '/console/offices')).status).toBe(403)
  })

  it.each([
    ['phone', '8555', '座机请带区号'],
    ['phone', '520102199001010015', '座机请带区号'],
    ['day-2', '17:00-9:00', '早的在前'],
    ['day-3', '九点', '早的在前'],
    ['closed', '2018-02-30', '一行写一个日期'],
    ['lat', '106.7', '是不是填反了'],
    ['lon', '', '要一起填'],
    ['source-zh-Hans', '', '从哪里知道的'],
    ['asOf', '', '核对的日期'],
    ['asOf', '2018-06-02', '不能在今天以后'],
    ['address-zh-Hans', '路'.repeat(121), '最多120个字'],
  ])('say at its field what is wrong with %s: %s', async (field, value, words) => {
    const { status, text } = await post(district, PATH, { [field]: value })
    expect(status).toBe(400)
    expect(text).toContain(`href="#${field}"`)
    expect(text).toMatch(new RegExp(`id="${field}-problem"[^>]*>[^<]*${words}`))
    expect(text).toContain('区政府网站'.slice(0, field === 'source-zh-Hans' ? 0 : 5))
    expect(text).toContain('8:30-12:00,14:00-17:30')
    if (value !== '') expect(text).toContain(value)
    expect(await entered()).toEqual([])
  })

  it('show who was faster, keep what was typed, and take it the next time', async () => {
    await enter(desk.world, 'yunyan', { ...YUNYAN, phone: '12345' })
    const { status, text } = await post(district, PATH)
    expect(status).toBe(409)
    expect(text).toContain('别的同事先改了')
    expect(text).toContain('电话：12345')
    expect(text).toContain('（0851）8555 0123')
    expect(text).toMatch(/name="version" value="1"/)
    expect(await entered()).toMatchObject([{ version: 1, entered: { phone: '12345' } }])
    expect((await post(district, PATH, { version: '1' })).status).toBe(303)
    expect(await entered()).toMatchObject([{ version: 2, entered: { phone: '0851-85550123' } }])
    expect((await post(district, PATH, { version: '1' })).status).toBe(409)
  })
})

describe('a telephone of an office', () => {
  const answer = (words: string) => ({
    draft: 'draft-0001',
    entry: 'own-phone',
    baseHash: '',
    note: '',
    topic: 'money',
    basis: 'plan',
    clause: '3.1',
    'question-zh-Hans': '哪里能问',
    'answer-zh-Hans': words,
    'variants-zh-Hans': '',
    'question-en': 'whom to ask there',
    'answer-en': words,
    'variants-en': '',
  })

  it('may stand in an answer, eleven digits or not; anybody else’s may not', async () => {
    const editor = await signInAs(desk.world.deps, 'publicity')
    await enter(desk.world, 'yunyan', { ...YUNYAN, phone: '13900000001' })
    const own = await desk.post(editor.cookie, '/console/drafts', answer('打 139 0000 0001。'))
    const others = await desk.post(editor.cookie, '/console/drafts', answer('打 139 0000 0002。'))
    expect([own.status, others.status]).toEqual([303, 400])
  })
})
