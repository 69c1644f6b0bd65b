import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findEvent } from '../../db/events/events.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { localOf } from '../../src/kernel/when.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedEvent } from '../helpers/events.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())

const FORM = {
  id: 'event-00001',
  version: '',
  district: 'yunyan',
  kind: 'market',
  titleZh: '赶场宣讲',
  titleEn: 'At the market',
  aboutZh: '',
  aboutEn: '',
  placeZh: '镇上集市',
  placeEn: 'Market square',
  capacity: '2',
  startsAt: '2018-06-03T09:30',
  endsAt: '2018-06-03T11:00',
}
async function ask(who: SignedIn, path: string, form?: Record<string, string>) {
  const response = await createApp(world.deps).request(`https://chat.test/console${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { cookie: who.cookie, host: 'chat.test', origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return { status: response.status, text: await response.text() }
}

describe('events in the console', () => {
  it('makes one event of two clicks, and refuses another district, a bad time and a past one', async () => {
    const staff = await signInAs(world.deps, 'district-reviewer', 'yunyan')
    expect((await ask(staff, '/events', FORM)).status).toBe(303)
    expect((await ask(staff, '/events', FORM)).status).toBe(303)
    const [rows = []] = await world.db.read([{ sql: 'SELECT count(*) FROM events', args: [] }])
    expect(rows).toEqual([[1]])
    const event = await findEvent(world.db, { id: FORM.id })
    expect([event?.startsAt, event?.state]).toEqual(['2018-06-03T01:30:00.000Z', 'draft'])
    for (const [change, words] of [
      [{ district: 'nanming' }, '您负责的区'],
      [{ endsAt: FORM.startsAt }, '结束要在开始之后'],
      [{ startsAt: '2018-02-30T09:30' }, '请填好开始和结束时间'],
      [{ startsAt: '2018-05-01T09:30', endsAt: '2018-05-01T10:30' }, '已经过了'],
      [{ capacity: '很多' }, '1到100000'],
      [{ titleEn: ' ' }, '中文和英文的活动名称'],
      [{ kind: 'hospital' }, '请选一个场所'],
    ] as const) {
      const { status, text } = await ask(staff, '/events', {
        ...FORM,
        ...change,
        id: world.deps.newId(),
      })
      expect([status, text.includes(words)], words).toEqual([400, true])
    }
  })

  it('lets only one of two editors win, and keeps what the other typed', async () => {
    const staff = await signInAs(world.deps, 'publicity')
    await ask(staff, '/events', FORM)
    const edits = ['甲写的名称', '乙写的名称'].map((titleZh) =>
      ask(staff, `/events/${FORM.id}`, { ...FORM, titleZh, version: '1' }),
    )
    const done = await Promise.all(edits)
    expect(done.map(({ status }) => status).sort()).toEqual([303, 409])
    const lost = done.findIndex(({ status }) => status === 409)
    expect(done[lost]?.text).toContain(['甲写的名称', '乙写的名称'][lost])
    expect(await verifyAudit(world.db)).toMatchObject({ ok: true })
  })

  it('reports what came of an event once it has begun, and sums up the month', async () => {
    const staff = await signInAs(world.deps, 'publicity')
    const { id } = await seedEvent(world.deps)
    const report = { version: '2', reached: '120', alsoCame: '30' }
    expect((await ask(staff, `/events/${id}/report`, report)).status).toBe(400)
    world.tick(3 * 86_400)
    expect((await ask(staff, '/events/report?month=2018-06')).text).toContain('还没有填报')
    expect((await ask(staff, `/events/${id}/report`, { ...report, reached: '-1' })).status).toBe(
      400,
    )
    expect((await ask(staff, `/events/${id}/report`, report)).status).toBe(303)
    const csv = (await ask(staff, '/events/report.csv?month=2018-06')).text
    expect(csv).toContain('合计1场,,,,,,0,30,120,')
    expect((await ask(staff, '/events/report.csv?month=2018-07')).text).toContain('合计0场')
    const other = await signInAs(world.deps, 'district-reviewer', 'nanming')
    expect((await ask(other, '/events/report.csv?month=2018-06')).text).toContain('合计0场')
    expect((await ask(other, `/events/${id}`)).status).toBe(404)
  })

  it('plans the months, and says in red what is missing', async () => {
    const city = await signInAs(world.deps, 'publicity')
    const district = await signInAs(world.deps, 'district-reviewer', 'yunyan')
    const plan = { year: '2018', district: 'yunyan', month: '6' }
    expect((await ask(district, '/events/months', plan)).status).toBe(403)
    expect((await ask(city, '/events/months', { ...plan, month: '13' })).status).toBe(400)
    expect((await ask(city, '/events/months', { ...plan, district: 'mars' })).status).toBe(400)
    expect((await ask(city, '/events/months', plan)).status).toBe(303)
    const { text } = await ask(city, '/events/months?year=2018')
    expect(text).toMatch(/还没有区县：1月、2月、3月、4月、5月、7月/)
    expect(text).toMatch(/还没有宣传月：南明区、花溪区/)
    const own = (await ask(district, '/events/months?year=2018')).text
    expect(own).not.toContain('南明区')
  })

  it('asks the quiz question as staff wrote it, and keeps who wrote when', async () => {
    const staff = await signInAs(world.deps, 'publicity')
    const question = {
      revision: '0',
      clause: '2',
      listed: '1',
      textZh: '新题',
      textEn: 'New',
      zh0: '甲',
      en0: 'a',
      zh1: '乙',
      en1: 'b',
      zh2: '丙',
      en2: 'c',
      zh3: '',
      en3: '',
      whyZh: '因为',
      whyEn: 'because',
    }
    const to = '/quizzes/direct-amount'
    expect((await ask(staff, to, { ...question, zh1: '甲' })).status).toBe(400)
    expect((await ask(staff, to, question)).status).toBe(303)
    expect((await ask(staff, to, question)).status).toBe(409)
    expect((await ask(staff, '/quizzes')).text).toContain('新题')
    expect((await ask(staff, to)).text).toContain('第1次修改')
    const auditor = await signInAs(world.deps, 'auditor')
    expect((await ask(auditor, to, question)).status).toBe(403)
  })

  it('knows days of China from days that are none', () => {
    expect(localOf('2018-06-02T16:30:00.000Z')).toBe('2018-06-03T00:30')
  })
})
