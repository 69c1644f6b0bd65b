import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCase } from '../../db/cases/content.ts'
import { loadEvents } from '../../db/cases/events.ts'
import { testVault } from '../helpers/app.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: string

beforeEach(async () => {
  desk = await createDesk()
  wang = (await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')).cookie
})
afterEach(() => desk.world.close())

const CODE = '93520102M00010022P'
const FORM = {
  version: '1',
  field: 'enterpriseName',
  said: '老城根肠旺面',
  reason: '办照时核定的名称',
}
const amend = (change: Partial<typeof FORM> = {}, who = wang, id = 'case-1') =>
  desk.post(who, `/console/cases/${id}/amend`, { ...FORM, ...change })
const answers = async () => (await openCase(desk.world.db, testVault, 'case-1'))?.answers
const notices = () => desk.column(`SELECT template FROM outbox WHERE template = 'case.amend'`)

describe('an answer that staff correct', () => {
  it('is changed, keeps what stood there, tells the applicant why, and is found by the new name', async () => {
    await desk.handIn(1, { answers: { enterpriseName: '小王面馆' } })
    const done = await amend()
    expect(done.to).toBe('/console/cases/case-1?amended#answers')
    expect((await answers())?.['enterpriseName']).toBe('老城根肠旺面')
    const [, event] = await loadEvents(desk.world.db, testVault, 'case-1')
    expect(event).toMatchObject({
      move: 'amend',
      from: 'submitted',
      to: 'submitted',
      role: 'district-reviewer',
      note: '办照时核定的名称',
      amended: { field: 'enterpriseName', before: '小王面馆', after: '老城根肠旺面' },
    })
    expect(await notices()).toEqual(['case.amend'])
    const page = (await desk.get(wang, '/console/cases/case-1')).text
    expect(page).toContain('原来是 小王面馆')
    const search = (q: string) => desk.post(wang, '/console/cases/search', { q })
    expect((await search('肠旺')).to).toBe('/console/cases/case-1')
    expect((await search('小王面')).status).toBe(404)
    const [entry] = await desk.column(
      `SELECT action || ' ' || reason FROM audit_entries WHERE action = 'case.amended'`,
    )
    expect(entry).toBe('case.amended enterpriseName')
  })

  it('adds a licence number to an approved application, which stays approved', async () => {
    await desk.handIn(1, { answers: { registered: true, creditCode: null } })
    await desk.world.db.write([
      {
        sql: `INSERT INTO case_events (case_id, ordinal, move, from_stage, to_stage, role, actor, reasons, at)
          VALUES ('case-1', 2, 'approve', 'submitted', 'approved', 'city-reviewer', '王', '[]', '2018')`,
        args: [],
      },
      {
        sql: `UPDATE cases SET stage = 'approved', outcome = 'granted', version = 2 WHERE id = 'case-1'`,
        args: [],
      },
    ])
    const done = await amend({ version: '2', field: 'creditCode', said: CODE })
    expect(done.status, /problem">([^<]*)/.exec(done.text)?.[1] ?? '').toBe(303)
    expect((await answers())?.['creditCode']).toBe(CODE)
    expect(await desk.column('SELECT stage || outcome || version FROM cases')).toEqual([
      'approvedgranted3',
    ])
  })

  it('is made once for two clicks, and never over what somebody else did meanwhile', async () => {
    await desk.handIn(1)
    const [one, other] = await Promise.all([amend(), amend()])
    expect([one.status, other.status]).toEqual([303, 303])
    expect(await notices()).toHaveLength(1)
    const late = await amend({ said: '另一个名字' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('有了变动')
    expect(late.text).toContain('value="另一个名字"')
    expect(late.text).toContain('办照时核定的名称')
    expect((await answers())?.['enterpriseName']).toBe('老城根肠旺面')
  })

  it.each([
    ['field', { field: '' }, '请选要改的一项'],
    ['field', { field: 'district', said: '南明区' }, '用不上'],
    ['said', { said: ' ' }, '请写改成什么'],
    ['said', { field: 'creditCode', said: '123' }, ''],
    ['said', { field: 'mobile', said: '12345' }, ''],
    ['reason', { reason: '错' }, '4到200个字'],
  ])('is refused at %s for %j, with all that was typed kept', async (field, change, words) => {
    await desk.handIn(1, { answers: { registered: true } })
    const before = await answers()
    const { status, text } = await amend(change)
    expect(status).toBe(400)
    const problem = new RegExp(`id="${field}-problem"[^>]*>([^<]*)<`).exec(text)?.[1]
    expect(problem).toBeTruthy()
    expect(problem).toContain(words)
    if (field !== 'reason') expect(text).toContain('办照时核定的名称')
    expect(await answers()).toEqual(before)
    expect(await notices()).toEqual([])
  })

  it('is for reviewers of the place, and not while the application is with the applicant', async () => {
    await desk.handIn(1)
    const elsewhere = (await signInAs(desk.world.deps, 'district-reviewer', 'nanming')).cookie
    const finance = (await signInAs(desk.world.deps, 'finance', 'yunyan')).cookie
    expect((await amend({}, elsewhere)).status).toBe(404)
    expect((await amend({}, finance)).status).toBe(403)
    await desk.post(wang, '/console/cases/case-1/move', {
      version: '1',
      move: 'return',
      reason: 'unreadable',
      piece: 'document:identity-card',
      note: '',
    })
    expect(await desk.column('SELECT stage FROM cases')).toEqual(['returned'])
    const page = (await desk.get(wang, '/console/cases/case-1')).text
    expect(page).not.toContain('/console/cases/case-1/amend')
    expect((await amend({ version: '2' })).text).toContain('现在在申请人手里')
  })
})
