import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from '../../db/core/database.ts'
import { grantFunds } from '../../db/funds/figures.ts'
import { verifyFunds } from '../../db/funds/verify.ts'
import type { FundContext } from '../../src/funds/context.ts'
import { moveMoney, reverseMoney } from '../../src/funds/move-money.ts'
import { allot, CITY, createFundTest, fillYunyan, GRANT, papers, YUNYAN } from './fund-world.ts'

let open: Database[] = []
afterEach(async () => {
  for (const db of open) expect(await verifyFunds(db)).toMatchObject({ ok: true })
  for (const db of open) await db.close()
  open = []
})
async function begin(cases = 1) {
  const test = await createFundTest({ cases })
  open.push(test.db)
  return test
}

describe('a payment', () => {
  const pay = (world: FundContext, amountFen: number, key: string, staff = YUNYAN) =>
    moveMoney(world, staff, { move: 'pay', grant: { caseId: 'case-1' }, amountFen, ...papers(key) })
  const stage = async (db: Database) => {
    const sql = "SELECT stage, version FROM cases WHERE id = 'case-1'"
    const [[row] = []] = await db.read([{ sql, args: [] }])
    return row
  }
  /** The application as if it had come on its way to the approval by somebody. */
  async function approve(db: Database, id = 'someone', name = '审批人') {
    const way = ['accepted', 'district-review', 'city-filing', 'publicity', 'approved']
    const moves = ['accept', 'begin-review', 'file', 'publish', 'approve']
    for (const [index, to] of way.entries()) {
      const sql = `INSERT INTO case_events (case_id, ordinal, move, from_stage, to_stage, role, actor, actor_id, reasons, at)
        VALUES ('case-1', ?, ?, ?, ?, 'city-reviewer', ?, ?, '[]', '2018-06-01T00:00:00.000Z')`
      const from = index === 0 ? 'submitted' : (way[index - 1] ?? '')
      await db.write([{ sql, args: [index + 2, moves[index] ?? '', from, to, name, id] }])
    }
    await db.write([{ sql: "UPDATE cases SET version = 6 WHERE id = 'case-1'", args: [] }])
  }

  it('cannot exceed what is allotted, and moves the application on once all of it is paid', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    await approve(db)
    await allot(world, 4_500_000, 'k1')
    expect(await pay(world, 4_500_001, 'p0')).toMatchObject({
      problem: { kind: 'not-allotted', mostFen: 4_500_000 },
    })
    expect((await pay(world, 4_499_999, 'p1')).ok).toBe(true)
    expect(await stage(db)).toEqual(['approved', 6])
    expect(await pay(world, 2, 'p2')).toMatchObject({
      problem: { kind: 'not-allotted', mostFen: 1 },
    })
    expect((await pay(world, 1, 'p3')).ok).toBe(true)
    expect(await stage(db)).toEqual(['paid', 7])
    expect(await pay(world, 1, 'p3')).toMatchObject({ ok: true, again: true })
    expect(await stage(db)).toEqual(['paid', 7])
  })

  it('by two at once that together are all of it moves the application on', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    await approve(db)
    await allot(world, 4_500_000, 'k1')
    const parts = await Promise.all([
      pay(world, 1_500_000, 'p1'),
      pay(world, 1_500_000, 'p2'),
      pay(world, 1_500_000, 'p3'),
    ])
    expect(parts.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(await stage(db)).toEqual(['paid', 7])
  })

  it('is entered by another than who approved', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    await approve(db, YUNYAN.id, YUNYAN.name)
    await allot(world, 4_500_000, 'k1')
    expect(await pay(world, 4_500_000, 'p1')).toMatchObject({ problem: { kind: 'approved-it' } })
    expect(await grantFunds(db, GRANT)).toMatchObject({ paid: 0 })
    expect((await pay(world, 4_500_000, 'p2', CITY)).ok).toBe(true)
  })

  it('that is taken back is allotted again, and counts as paid with no amount until it is entered anew', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    await approve(db)
    await allot(world, 4_500_000, 'k1')
    const paid = await pay(world, 4_500_000, 'p1')
    if (!paid.ok) throw new Error('refused')
    await reverseMoney(world, YUNYAN, { actId: paid.act.id, reason: '退回', key: 'b1' })
    expect(await grantFunds(db, GRANT)).toEqual({ allotted: 4_500_000, paid: 0 })
    expect((await pay(world, 4_500_000, 'p2')).ok).toBe(true)
  })
})
