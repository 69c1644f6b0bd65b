import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadEvents } from '../../db/cases/events.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { testVault } from '../helpers/app.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: { id: string; cookie: string }
let li: { id: string; cookie: string }

beforeEach(async () => {
  desk = await createDesk()
  desk.world.deps.undoSeconds = 60
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  li = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  await desk.handIn(1)
})
afterEach(() => desk.world.close())

const REJECT = { move: 'reject', reason: 'elsewhere', note: '' }
const move = (form: Record<string, string>, version = '1', who = wang) =>
  desk.post(who.cookie, '/console/cases/case-1/move', { version, ...form })
/** Refusing takes two people: this is the first one's part. */
const propose = () => move({ ...REJECT, move: 'propose-refusal' }, '1', li)
const undo = (version = '2', who = wang) =>
  desk.post(who.cookie, '/console/cases/case-1/undo', { version })
const state = async () => {
  const sql = `SELECT json_array(stage, version, outcome, closed_at, stage_at, completed_at) FROM cases`
  return JSON.parse(String((await desk.column(sql))[0]))
}
const outbox = () => desk.column('SELECT template FROM outbox')
const page = async () => (await desk.get(wang.cookie, '/console/cases/case-1')).text
const dispatch = () => dispatchOutbox(desk.world.deps, async () => {})

describe('a move that was a slip', () => {
  it('is taken back: the case is what it was, and nobody was told', async () => {
    expect((await propose()).status).toBe(303)
    const [, , ...before] = await state()
    desk.world.tick(100)
    expect((await move(REJECT, '2', li)).text).toContain('您已经办过“拟不予扶持”')
    expect((await move(REJECT, '2')).status).toBe(303)
    expect((await state()).slice(0, 3)).toEqual(['rejected', 3, 'refused'])
    expect(await outbox()).toEqual(['case.reject'])
    desk.world.tick(59)
    await dispatch()
    expect(await page()).toContain('撤销“不予扶持”')
    const done = await undo('3')
    expect(done.to).toBe('/console/cases/case-1?undone#content')
    expect(await outbox()).toEqual([])
    const [stage, version, ...after] = await state()
    expect([stage, version, after]).toEqual(['second-look', 4, before])
    const events = await loadEvents(desk.world.db, testVault, 'case-1')
    expect(events.map((one) => one.move)).toEqual(['submit', 'propose-refusal', 'reject', 'undo'])
    expect(
      await desk.column(`SELECT reason FROM audit_entries WHERE action = 'case.undone'`),
    ).toEqual(['reject'])
    // Once is enough, and what was taken back can be done again.
    expect((await undo('3')).status).toBe(303)
    expect(await page()).not.toContain('撤销“')
    expect((await move({ move: 'go-on' }, '4')).status).toBe(303)
    expect((await move({ move: 'file' }, '5')).status).toBe(303)
    expect(await outbox()).toEqual(['case.file'])
    const ledger = (await desk.get(wang.cookie, '/console/cases?tab=closed')).text
    expect(ledger).toContain('没有')
  })

  it('leaves who took it back free to make what two people have to', async () => {
    const events = await loadEvents(desk.world.db, testVault, 'case-1')
    expect(events).toHaveLength(1)
    await move({ move: 'accept' })
    await undo()
    await move({ move: 'accept' }, '3')
    expect((await state()).slice(0, 2)).toEqual(['accepted', 4])
    // The second one can be taken back as well.
    expect((await undo('4')).status).toBe(303)
    expect((await state()).slice(0, 2)).toEqual(['submitted', 5])
  })

  it('is past once the notice is on its way, and says so', async () => {
    await propose()
    await move(REJECT, '2')
    desk.world.tick(60)
    await desk.world.db.write([
      { sql: `UPDATE outbox SET status = 'sending', attempts = 1`, args: [] },
    ])
    const late = await undo('3')
    expect(late.status).toBe(409)
    expect(late.text).toContain('已经来不及撤销')
    expect((await state()).slice(0, 2)).toEqual(['rejected', 3])
    expect(await page()).not.toContain('撤销“')
  })

  it('waits for its minute before it is sent', async () => {
    await move({ move: 'accept' })
    const due = `SELECT (julianday(next_attempt_at) - julianday(created_at)) * 86400 FROM outbox`
    expect(Math.round(Number((await desk.column(due))[0]))).toBe(60)
  })

  it('is nobody else’s to take back, nor after anybody’s next move', async () => {
    await move({ move: 'accept' })
    expect((await undo('2', li)).text).toContain('没有可以撤销的')
    await move({ move: 'begin-review' }, '2', li)
    expect((await undo()).text).toContain('后来又有了变动')
    expect((await undo('3')).text).toContain('没有可以撤销的')
    expect((await state()).slice(0, 2)).toEqual(['district-review', 3])
  })

  it('is final at once where the setting says so, and its notice goes at once', async () => {
    desk.world.deps.undoSeconds = 0
    await move({ move: 'accept' })
    expect(await page()).not.toContain('撤销“')
    expect((await undo()).status).toBe(409)
    expect(await desk.column('SELECT next_attempt_at = created_at FROM outbox')).toEqual([1])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'and a dispatcher at once agree on one of the two (%i)',
    async (round) => {
      await propose()
      await move(REJECT, '2')
      await desk.world.db.write([
        { sql: 'UPDATE outbox SET next_attempt_at = created_at', args: [] },
      ])
      const claim = {
        sql: `UPDATE outbox SET status = 'sending', attempts = 1 WHERE status = 'created'`,
        args: [],
      }
      const both =
        round % 2 === 0
          ? [undo('3'), desk.world.db.write([claim])]
          : [desk.world.db.write([claim]), undo('3')]
      await Promise.all(both)
      const [stage] = await state()
      const rows = await desk.column('SELECT status FROM outbox')
      expect([stage, rows]).toEqual(
        stage === 'second-look' ? ['second-look', []] : ['rejected', ['sending']],
      )
    },
  )
})
