import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from '../../db/core/database.ts'
import { ledgerTables } from '../../db/core/ledger-tables.ts'
import { listActs } from '../../db/funds/acts.ts'
import { grantFunds, heldBy, loadFunds } from '../../db/funds/figures.ts'
import { verifyFunds } from '../../db/funds/verify.ts'
import { fundNeed } from '../../flows/programme/money/funds.ts'
import { paidStages } from '../../flows/programme/money/paid-stages.ts'
import { yearOf } from '../../src/funds/context.ts'
import { decideMoney, moveMoney, reverseMoney } from '../../src/funds/move-money.ts'
import {
  allot,
  CITY,
  createFundTest,
  fen,
  fillYunyan,
  fundPack,
  GRANT,
  NANMING,
  papers,
  SECOND,
  YUNYAN,
} from './fund-world.ts'

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

const DISTRICT = 'guiyang-2018:2018:direct:district:yunyan'

describe('the tables', () => {
  it('are of the generator that makes the voucher ledger as it landed', async () => {
    const { db } = await begin()
    const [rows = []] = await db.read([
      {
        sql: `SELECT sql FROM sqlite_master WHERE name IN ('voucher_entries', 'voucher_balances',
          'voucher_entries_post', 'voucher_entries_stay', 'voucher_entries_remain') ORDER BY name`,
        args: [],
      },
    ])
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
    const made = ledgerTables({
      prefix: 'voucher',
      called: 'the voucher ledger',
      about: [
        'voucher_id TEXT REFERENCES vouchers (id)',
        'budget_id TEXT NOT NULL REFERENCES voucher_budgets (id)',
      ],
      beside: ['ordinal INTEGER', 'request_key TEXT'],
      ownersFit: [
        'CHECK (from_owner IN (budget_id, coalesce(voucher_id, budget_id)) AND to_owner IN (budget_id, coalesce(voucher_id, budget_id)))',
      ],
      conditions: [
        'FOREIGN KEY (voucher_id, ordinal) REFERENCES voucher_events (voucher_id, ordinal)',
        'CHECK ((voucher_id IS NULL) = (ordinal IS NULL))',
      ],
      accounts: ['source', 'available', 'outstanding', 'committed', 'redeemed', 'claimed', 'paid'],
      sources: ['source'],
      limit:
        "SELECT RAISE(ABORT, 'CHECK constraint failed: voucher_budget_ceiling') WHERE NEW.from_account = 'source' AND (SELECT -balance FROM voucher_balances WHERE owner = NEW.budget_id AND account = 'source') > (SELECT ceiling FROM voucher_budgets WHERE id = NEW.budget_id)",
    })
    const pieces = made.split(/;\s*$/m).map(plain).filter(Boolean)
    expect(rows).toHaveLength(5)
    for (const [sql] of rows) expect(pieces).toContain(plain(String(sql)))
  })

  it('are only added to, and move nothing that nobody agreed to', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    for (const sql of [
      'UPDATE fund_entries SET amount = 1',
      'DELETE FROM fund_entries',
      'UPDATE fund_acts SET amount = 1',
      'DELETE FROM fund_acts',
    ]) {
      await expect(db.write([{ sql, args: [] }])).rejects.toThrow(/only added to/)
    }
    const asked = await moveMoney(world, CITY, {
      move: 'receive',
      fund: 'direct',
      parts: fen(1, 0, 0),
      ...papers('r'),
    })
    expect(asked.ok).toBe(true)
    const wanted = await moveMoney(world, CITY, {
      move: 'allocate',
      fund: 'direct',
      district: 'yunyan',
      parts: fen(1, 0, 0),
      ...papers('a'),
    })
    if (!wanted.ok) throw new Error('refused')
    const forged = `INSERT INTO fund_entries (act_id, reason, from_owner, from_account, to_owner, to_account, amount, at)
      VALUES (?, 'allocate', 'guiyang-2018:2018:direct:city', 'province', ?, 'province', 1, '')`
    const write = db.write([{ sql: forged, args: [wanted.act.id, DISTRICT] }])
    await expect(write).rejects.toThrow(/fund_entry_done/)
    const alone = `UPDATE fund_acts SET state = 'done', decided_by = staff_id, decided_at = at WHERE id = ?`
    await expect(db.write([{ sql: alone, args: [wanted.act.id] }])).rejects.toThrow(/two_persons/)
  })
})

describe('money by level', () => {
  it('comes to an enterprise by each level’s share, to the fen', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    expect(await heldBy(db, DISTRICT)).toEqual(fen(3_150_000, 450_000, 900_000))
    expect((await allot(world, 4_500_000, 'k1')).ok).toBe(true)
    expect(await heldBy(db, DISTRICT)).toEqual(fen(0, 0, 0))
    expect(await grantFunds(db, GRANT)).toEqual({ allotted: 4_500_000, paid: 0 })
    expect(await allot(world, 4_500_000, 'k1')).toMatchObject({ ok: true, again: true })
    expect(await allot(world, 1, 'k1', CITY)).toMatchObject({ problem: { kind: 'conflict' } })
  })

  it('says what is there where less has arrived, and what may still be given where less is approved', async () => {
    const { world } = await begin()
    await fillYunyan(world, 2)
    expect(await allot(world, 4_500_001, 'k1')).toMatchObject({
      problem: { kind: 'above-approved', mostFen: 4_500_000 },
    })
    expect((await allot(world, 4_000_000, 'k2')).ok).toBe(true)
    expect(await allot(world, 500_001, 'k3')).toMatchObject({
      problem: { kind: 'above-approved', mostFen: 500_000 },
    })
    const back = await moveMoney(world, CITY, {
      move: 'allocate',
      fund: 'direct',
      district: 'nanming',
      parts: fen(1, 0, 0),
      ...papers('x'),
    })
    if (!back.ok) throw new Error('refused')
    const agreed = await decideMoney(world, SECOND, { actId: back.act.id, yes: true })
    expect(agreed).toMatchObject({ problem: { kind: 'not-there', held: fen(0, 0, 0) } })
  })

  it('goes to a district only by two people, by account and by name', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    const again = { fund: 'direct' as const, parts: fen(5, 0, 0) }
    await moveMoney(world, CITY, { move: 'receive', ...again, ...papers('r') })
    const wanted = { move: 'allocate' as const, district: 'yunyan', ...again, ...papers('a') }
    const asked = await moveMoney(world, CITY, wanted)
    if (!asked.ok) throw new Error('refused')
    const actId = asked.act.id
    const say = (staff: typeof CITY, yes = true) => decideMoney(world, staff, { actId, yes })
    expect(await say(CITY)).toMatchObject({ problem: { kind: 'same-person' } })
    expect(await say({ ...SECOND, name: CITY.name })).toMatchObject({
      problem: { kind: 'same-person' },
    })
    expect(await say(YUNYAN)).toMatchObject({ problem: { kind: 'not-yours' } })
    expect(await moveMoney(world, YUNYAN, { ...wanted, ...papers('b') })).toMatchObject({
      problem: { kind: 'not-yours' },
    })
    expect(await heldBy(db, DISTRICT)).toMatchObject({ province: 3_150_000 })
    const both = await Promise.all([say(SECOND), say(SECOND, false)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await say(SECOND)).toMatchObject({ problem: { kind: 'decided' } })
  })

  it('is a district’s own, and nobody else’s', async () => {
    const { world } = await begin()
    await fillYunyan(world, 1)
    expect(await allot(world, 100, 'k1', NANMING)).toMatchObject({
      problem: { kind: 'no-such-case' },
    })
    const reserve = { move: 'reserve' as const, fund: 'direct' as const, parts: fen(0, 0, 5) }
    const other = await moveMoney(world, NANMING, {
      ...reserve,
      district: 'yunyan',
      ...papers('k2'),
    })
    expect(other).toMatchObject({ problem: { kind: 'not-yours' } })
    const nowhere = await moveMoney(world, CITY, { ...reserve, district: 'x', ...papers('k3') })
    expect(nowhere).toMatchObject({ problem: { kind: 'no-such-place' } })
    const reviewer = { ...CITY, role: 'city-reviewer' as const }
    expect(await allot(world, 100, 'k4', reviewer)).toMatchObject({
      problem: { kind: 'not-yours' },
    })
  })

  it('refuses odd papers and amounts in words', async () => {
    const { world } = await begin()
    const base = { move: 'receive' as const, fund: 'direct' as const, parts: fen(5, 0, 0) }
    const say = (change: object) => moveMoney(world, CITY, { ...base, ...papers('k'), ...change })
    expect(await say({ day: '2018-02-30' })).toMatchObject({ problem: { kind: 'bad-day' } })
    expect(await say({ day: '2018-06-05' })).toMatchObject({ problem: { kind: 'day-to-come' } })
    expect(await say({ document: ' ' })).toMatchObject({ problem: { kind: 'document-needed' } })
    for (const parts of [
      fen(0, 0, 0),
      fen(0.5, 0, 0),
      fen(-1, 0, 0),
      fen(Number.NaN, 0, 0),
      fen(2e13, 0, 0),
    ]) {
      expect(await say({ parts })).toMatchObject({ problem: { kind: 'bad-amount' } })
    }
  })

  it('is given to nobody whose application is no longer granted', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    await allot(world, 2_000_000, 'k1')
    const withdrawn = `UPDATE cases SET stage = 'withdrawn', outcome = 'withdrawn' WHERE id = 'case-1'`
    await db.write([{ sql: withdrawn, args: [] }])
    expect(await allot(world, 100, 'k2')).toMatchObject({ problem: { kind: 'not-granted' } })
    const { districts } = await loadFunds(db, CITY, yearOf(world, 'direct'), paidStages(world))
    expect(districts.get('yunyan')).toMatchObject({ astray: 1, allotted: 2_000_000 })
  })

  it('is taken back whole and once, with a reason, and not where it was passed on', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 1)
    const given = await allot(world, 4_500_000, 'k1')
    if (!given.ok) throw new Error('refused')
    const acts = await listActs(db, CITY, { programme: 'guiyang-2018', year: 2018, limit: 50 })
    const allocated = acts.find(({ move }) => move === 'allocate')?.id ?? ''
    const back = (actId: string, reason: string, key: string) =>
      reverseMoney(world, CITY, { actId, reason, key })
    expect(await back(allocated, '写错', 'b1')).toMatchObject({ problem: { kind: 'passed-on' } })
    expect(await back(given.act.id, ' ', 'b2')).toMatchObject({
      problem: { kind: 'reason-needed' },
    })
    expect(await back(given.act.id, '写错', 'b3')).toMatchObject({ ok: true, again: false })
    expect(await back(given.act.id, '写错', 'b3')).toMatchObject({ ok: true, again: true })
    expect(await back(given.act.id, '写错', 'b4')).toMatchObject({
      problem: { kind: 'reversed-already' },
    })
    expect(await heldBy(db, DISTRICT)).toEqual(fen(3_150_000, 450_000, 900_000))
    expect(await back(allocated, '写错', 'b5')).toMatchObject({ ok: true })
    expect(await heldBy(db, DISTRICT)).toEqual(fen(0, 0, 900_000))
  })

  it('cannot be given twice by two at once', async () => {
    const { db, world } = await begin()
    await fillYunyan(world, 2)
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => allot(world, 4_500_000, `race-${index}`)),
    )
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await grantFunds(db, GRANT)).toMatchObject({ allotted: 4_500_000 })
  })
})

describe('the need', () => {
  it.each([
    ['direct', 3500, fen(11_025_000_000, 1_575_000_000, 3_150_000_000)],
    ['follow-up', 3500, fen(0, 5_250_000_000, 12_250_000_000)],
    ['direct', 1, fen(3_150_000, 450_000, 900_000)],
    ['follow-up', 1, fen(0, 1_500_000, 3_500_000)],
  ] as const)('of %s for %i enterprises is as the plan has it', (fund, households, need) => {
    expect(fundNeed(fundPack.facts, fund, households)).toEqual(need)
  })
})
