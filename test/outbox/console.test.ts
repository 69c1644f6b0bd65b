import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { seedNotice } from '../helpers/notice.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

const statuses = () => desk.column('SELECT status FROM outbox ORDER BY seq')

describe('the page of notices', () => {
  it('shows what failed, by template and masked address, without a word of it', async () => {
    await seedNotice(desk.world.deps, 'yunyan')
    const { cookie } = await signInAs(desk.world.deps, 'city-reviewer')
    const { text } = await desk.get(cookie, '/console/notices?show=trouble')
    expect(text).toContain('申请：')
    expect(text).toContain('网页 ···')
    expect(text).not.toContain('米粉店')
    expect(text).not.toMatch(/xid\d{6}/)
  })

  it('knows the filters, and takes nonsense for none', async () => {
    await seedNotice(desk.world.deps, 'yunyan')
    const { cookie } = await signInAs(desk.world.deps, 'auditor')
    for (const [query, shown] of [
      ['?show=trouble&kind=case&channel=web', true],
      ['?kind=campaign', false],
      ['?channel=telegram', false],
      ['?show=sent', false],
      ['?show=%27;DROP&kind=x&channel=y&before=-1', true],
    ] as const) {
      const { status, text } = await desk.get(cookie, `/console/notices${query}`)
      expect([query, status, text.includes('···')]).toEqual([query, 200, shown])
    }
  })

  it('shows the words to who may read conversations, in their district only', async () => {
    const seq = await seedNotice(desk.world.deps, 'yunyan')
    const ask = async (role: 'agent' | 'district-reviewer', district: string) => {
      const { cookie } = await signInAs(desk.world.deps, role, district)
      return desk.get(cookie, `/console/notices/${seq}`)
    }
    expect((await ask('district-reviewer', 'yunyan')).text).toContain('米粉店')
    for (const role of ['agent', 'district-reviewer'] as const) {
      const { status, text } = await ask(role, 'nanming')
      expect([status, text.includes('米粉店')]).toEqual([404, false])
    }
  })

  it.each(['0', '-1', 'x', '1e99', '999999', '%27'])('has no notice %s', async (id) => {
    const { cookie } = await signInAs(desk.world.deps, 'admin')
    expect((await desk.get(cookie, `/console/notices/${id}`)).status).toBe(404)
  })

  it('sends one again once, whoever clicks at the same moment, and says who it was', async () => {
    const seq = await seedNotice(desk.world.deps, 'yunyan')
    const { cookie } = await signInAs(desk.world.deps, 'city-reviewer')
    const path = `/console/notices/${seq}/again`
    const answers = await Promise.all([desk.post(cookie, path, {}), desk.post(cookie, path, {})])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await statuses()).toEqual(['created'])
    expect(await desk.column('SELECT what FROM outbox_history')).toEqual(['sent-again'])
    expect((await desk.get(cookie, `/console/notices/${seq}`)).text).toMatch(/员工\w+：再发一次/)
    expect(await verifyAudit(desk.world.db)).toMatchObject({ ok: true })
  })

  it('leaves one, which is then off the list of what needs somebody', async () => {
    const seq = await seedNotice(desk.world.deps, 'yunyan', { status: 'in-doubt', doubted: true })
    const { cookie } = await signInAs(desk.world.deps, 'city-reviewer')
    expect((await desk.get(cookie, `/console/notices/${seq}`)).text).toContain('收到两遍')
    await desk.post(cookie, `/console/notices/${seq}/leave`, {})
    const { text } = await desk.get(cookie, '/console/notices?show=trouble')
    expect(text).not.toContain('···')
    expect(await statuses()).toEqual(['in-doubt'])
  })

  it('sends a whole list again, but for what may have arrived and for other districts', async () => {
    await seedNotice(desk.world.deps, 'yunyan')
    await seedNotice(desk.world.deps, 'yunyan', { status: 'in-doubt', doubted: true })
    await seedNotice(desk.world.deps, 'nanming')
    const { cookie } = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
    const { to } = await desk.post(cookie, '/console/notices/again-all', { kind: '', channel: '' })
    expect(to).toContain('again=1')
    expect(await statuses()).toEqual(['created', 'in-doubt', 'permanent-failure'])
    expect((await desk.post(cookie, '/console/notices/again-all', { kind: 'zzz' })).to).toContain(
      'again=0',
    )
  })

  it('lets an auditor look and no more', async () => {
    const seq = await seedNotice(desk.world.deps, 'yunyan')
    const { cookie } = await signInAs(desk.world.deps, 'auditor')
    expect((await desk.get(cookie, `/console/notices/${seq}`)).text).not.toContain('/again"')
    expect((await desk.post(cookie, `/console/notices/${seq}/again`, {})).status).toBe(403)
    expect(await statuses()).toEqual(['permanent-failure'])
  })

  it('shows every template in both languages', async () => {
    const { cookie } = await signInAs(desk.world.deps, 'agent')
    const { text } = await desk.get(cookie, '/console/notices/templates')
    for (const words of ['case.return', 'reminder.apply', 'lang="en"', '简短 · 中文', '模板消息']) {
      expect(text).toContain(words)
    }
  })
})
