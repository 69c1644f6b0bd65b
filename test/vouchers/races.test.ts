import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { ConstraintError } from '../../db/core/database.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { insertAsk } from '../../db/vouchers/consent-requests.ts'
import { amountsOf, loadBudget, postTransfer } from '../../db/vouchers/ledger.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { askLock, askRedeem } from '../../src/vouchers/consent-request.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { issueMany } from '../../src/vouchers/issue-many.ts'
import { createHolder, decideAsk } from '../helpers/holder.ts'
import {
  CITY,
  caseNumberOf,
  createVoucherTest,
  FINANCE,
  issued,
  type VoucherTest,
  voucherPack,
  voucherWorld,
} from '../helpers/vouchers.ts'

const { life } = voucherPack.vouchers
const MANY = 1000
/** Linked chats of one holder that answer at once. */
const CHATS = 10

/** A voucher that is kept for a contract of which it pays 120,000 fen. */
async function locked(test: VoucherTest) {
  const head = await issued(test)
  const asked = await askLock(test.world, test.provider, {
    voucherId: head.id,
    contractFen: 240_000,
    title: '代理记账',
    key: 'lock',
  })
  if (!asked.ok) throw new Error(asked.problem.kind)
  await decideAsk(test.world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
  return head
}

const kinds = (results: readonly { ok: boolean; problem?: { kind: string } }[]) =>
  Object.fromEntries(
    [...Map.groupBy(results, (one) => (one.ok ? 'ok' : (one.problem?.kind ?? '')))].map(
      ([kind, all]) => [kind, all.length],
    ),
  )

describe('a thousand at once', () => {
  it('redeem one whole voucher: exactly one does', async () => {
    const test = await createVoucherTest()
    const { id } = await locked(test)
    const asked = await askRedeem(test.world, test.provider, {
      voucherId: id,
      amountFen: 120_000,
      last: true,
      key: 'whole',
    })
    if (!asked.ok) throw new Error(asked.problem.kind)
    const chats = await Promise.all(
      Array.from({ length: MANY }, () => createHolder(test.world, 'zhang')),
    )
    // All of them see it open, and then all say yes.
    const seen = await Promise.all(chats.map((chat) => chat.open(asked.ask.id)))
    expect(seen.filter((one) => one !== null)).toEqual([])
    const results = await Promise.all(chats.map((chat) => chat.answer(true)))
    expect(kinds(results)).toEqual({ ok: 1, 'ask-closed': MANY - 1 })
    expect(await amountsOf(test.db, id)).toMatchObject({ committed: 0, redeemed: 120_000 })
    expect(await verifyVouchers(test.db, life)).toMatchObject({ ok: true })
    await test.db.close()
  })

  it('redeem parts of one: as many as there is money for, to the last fen', async () => {
    const test = await createVoucherTest()
    const { id } = await locked(test)
    const { world, provider, db, vault } = test
    const at = world.now()
    const asks = await Promise.all(
      Array.from({ length: MANY }, async (_, index) => {
        const ask = {
          id: `ask-${index}`,
          voucherId: id,
          providerId: test.providerId,
          key: `part-${index}`,
          staffId: provider.id,
          staffName: provider.name,
          what: 'redeem' as const,
          amountFen: 500,
          totalFen: null,
          last: false,
          title: null,
          askedAt: at,
          status: 'asked' as const,
          expiresAt: '2018-06-01T02:10:00.000Z',
        }
        await db.write([await insertAsk(vault, ask)])
        return ask.id
      }),
    )
    const chats = await Promise.all(
      Array.from({ length: CHATS }, () => createHolder(world, 'zhang')),
    )
    const results = await Promise.all(
      chats.map(async (chat, first) => {
        const own = []
        for (let one = first; one < MANY; one += CHATS) own.push(await chat.decide(asks[one] ?? ''))
        return own
      }),
    ).then((all) => all.flat())
    // The last part ends the contract; who comes later finds it redeemed.
    expect(kinds(results)).toEqual({ ok: 240, 'not-from-here': MANY - 240 })
    expect(await amountsOf(db, id)).toMatchObject({ committed: 0, redeemed: 120_000 })
    expect(await verifyVouchers(db, life)).toMatchObject({ ok: true })
    await db.close()
  })

  it('redeem parts of one through two connections that know nothing of each other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weiqitong-vouchers-'))
    const path = join(folder, 'a.db')
    const test = await createVoucherTest({ path })
    const { id } = await locked(test)
    const other = voucherWorld(openFile(path), { prefix: 'w' }).world
    const worlds = [test.world, other]
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const world = worlds[index % 2] ?? other
        const form = { voucherId: id, amountFen: 3_000, last: false, key: `two-${index}` }
        const asked = await askRedeem(world, test.provider, form)
        if (!asked.ok) return asked
        return decideAsk(world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
      }),
    )
    expect(results.filter(({ ok }) => ok).length).toBe(40)
    expect(await amountsOf(test.db, id)).toMatchObject({ committed: 0, redeemed: 120_000 })
    expect(await verifyVouchers(test.db, life)).toMatchObject({ ok: true })
    expect(await verifyAudit(test.db)).toMatchObject({ ok: true })
    await other.db.close()
    await test.db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('write to the ledger past all rules: the CHECK alone keeps the face', async () => {
    const test = await createVoucherTest()
    const { id, budgetId } = await locked(test)
    const [rows = []] = await test.db.read([
      { sql: 'SELECT max(ordinal) FROM voucher_events WHERE voucher_id = ?', args: [id] },
    ])
    const cause = {
      voucherId: id,
      budgetId,
      ordinal: Number(rows[0]?.[0]),
      reason: 'lock',
      at: 'x',
    }
    const results = await Promise.allSettled(
      Array.from({ length: MANY }, () =>
        test.db.write(postTransfer(cause, { from: 'committed', to: 'redeemed', amount: 700 })),
      ),
    )
    const failed = results.filter(({ status }) => status === 'rejected')
    expect(failed.length).toBe(MANY - Math.floor(120_000 / 700))
    const reasons = failed.map((one) => (one as PromiseRejectedResult).reason)
    expect(reasons.every((reason) => reason instanceof ConstraintError)).toBe(true)
    expect(reasons[0]?.columns).toEqual(['voucher_never_below_zero'])
    await test.db.close()
  })

  it('ask for one issue under one key: one voucher', async () => {
    const test = await createVoucherTest()
    const caseNumber = await caseNumberOf(test.db, 1)
    const results = await Promise.all(
      Array.from({ length: 100 }, () =>
        issueVoucher(test.world, CITY, { caseNumber, kind: 'legal', key: 'same' }),
      ),
    )
    expect(kinds(results)).toEqual({ ok: 100 })
    expect(new Set(results.map((one) => one.ok && one.head.id)).size).toBe(1)
    expect(results.filter((one) => one.ok && !one.again).length).toBe(1)
    expect(await loadBudget(test.db, 'guiyang-2018:2018')).toMatchObject({ outstanding: 200_000 })
    await test.db.close()
  })
})

describe('a budget', () => {
  it('is never exceeded by issues that race for it', async () => {
    const test = await createVoucherTest({ cases: 60, budgetFen: 240_000 * 37 + 239_999 })
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        issueVoucher(test.world, CITY, {
          caseNumber: await caseNumberOf(test.db, index + 1),
          kind: 'bookkeeping',
          key: `race-${index}`,
        }),
      ),
    )
    expect(kinds(results)).toEqual({ ok: 37, 'budget-used-up': 23 })
    expect(await loadBudget(test.db, 'guiyang-2018:2018')).toMatchObject({
      available: 239_999,
      outstanding: 240_000 * 37,
    })
    expect(await verifyVouchers(test.db, life)).toMatchObject({ ok: true, vouchers: 37 })
    expect(await verifyAudit(test.db)).toMatchObject({ ok: true })
    await test.db.close()
  })

  it('is never allotted above its ceiling, and once for each key', async () => {
    const test = await createVoucherTest({ budgetFen: 99_000_000 })
    const allot = (key: string, amountFen: number) =>
      allotBudget(test.world, FINANCE, { amountFen, reason: '追加', key })
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) => allot(`more-${index % 15}`, 100_000)),
    )
    expect(results.filter((one) => one.ok && !one.again).length).toBe(10)
    expect(await loadBudget(test.db, 'guiyang-2018:2018')).toMatchObject({
      allottedFen: 100_000_000,
      ceilingFen: 100_000_000,
    })
    await test.db.close()
  })

  it('is issued from by rule until it is used up, and goes on where it was', async () => {
    const test = await createVoucherTest({ cases: 6, budgetFen: 240_000 * 4 })
    const first = await issueMany(test.world, CITY, { kind: 'bookkeeping', key: 'june', limit: 2 })
    expect(first).toMatchObject({ ok: true, usedUp: false, issued: [{}, {}] })
    const second = await issueMany(test.world, CITY, { kind: 'bookkeeping', key: 'june' })
    expect(second).toMatchObject({
      ok: true,
      usedUp: true,
      issued: [{ again: false }, { again: false }],
      refused: [{ problem: { kind: 'budget-used-up' } }],
    })
    const numbers = await Promise.all([1, 2].map((serial) => caseNumberOf(test.db, serial)))
    const again = await issueMany(test.world, CITY, {
      kind: 'bookkeeping',
      key: 'june',
      caseNumbers: [...numbers, 'GY18-02-000171'],
    })
    expect(again).toMatchObject({
      issued: [{ again: true }, { again: true }],
      refused: [{ problem: { kind: 'no-such-case' } }],
    })
    const together = await createVoucherTest({ vouchers: { yearlyFen: 500_000 } })
    const number = await caseNumberOf(together.db, 1)
    const raced = await Promise.all(
      ['bookkeeping', 'trademark-patent', 'financing', 'legal'].map((kind) =>
        issueVoucher(together.world, CITY, { caseNumber: number, kind, key: kind }),
      ),
    )
    expect(raced.filter(({ ok }) => ok).length).toBeLessThan(3)
    const [rows = []] = await together.db.read([
      { sql: 'SELECT sum(face) FROM vouchers', args: [] },
    ])
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(500_000)
    await together.db.close()
    await test.db.close()
  })
})

describe('an enterprise', () => {
  it('has no more than its share of a year, and one of a kind at a time', async () => {
    const test = await createVoucherTest({ vouchers: { yearlyFen: 500_000 } })
    const caseNumber = await caseNumberOf(test.db, 1)
    const issue = (kind: string, key: string) =>
      issueVoucher(test.world, CITY, { caseNumber, kind, key })
    const results = []
    for (const [index, kind] of ['bookkeeping', 'bookkeeping', 'legal', 'financing'].entries()) {
      results.push(await issue(kind, `year-${index}`))
    }
    expect(kinds(results)).toEqual({ ok: 2, 'open-already': 1, 'yearly-cap': 1 })
    const together = await createVoucherTest({ vouchers: { yearlyFen: 500_000 } })
    const number = await caseNumberOf(together.db, 1)
    const raced = await Promise.all(
      ['bookkeeping', 'trademark-patent', 'financing', 'legal'].map((kind) =>
        issueVoucher(together.world, CITY, { caseNumber: number, kind, key: kind }),
      ),
    )
    expect(raced.filter(({ ok }) => ok).length).toBeLessThan(3)
    const [rows = []] = await together.db.read([
      { sql: 'SELECT sum(face) FROM vouchers', args: [] },
    ])
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(500_000)
    await together.db.close()
    await test.db.close()
  })
})
