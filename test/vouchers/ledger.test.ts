import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import { listRedemptions } from '../../db/vouchers/contracts.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { listVouchers } from '../../db/vouchers/vouchers.ts'
import { claimVoucher } from '../../src/vouchers/claims/claim.ts'
import { keepPaper } from '../../src/vouchers/claims/papers.ts'
import { payClaims } from '../../src/vouchers/claims/pay.ts'
import { askLock, askRedeem } from '../../src/vouchers/consent-request.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { reverseRedemption, unlockVoucher } from '../../src/vouchers/reverse.ts'
import { type ReviewMove, reviewVoucher } from '../../src/vouchers/review.ts'
import { fileOf } from '../helpers/files.ts'
import { decideAsk } from '../helpers/holder.ts'
import {
  CITY,
  caseNumberOf,
  createVoucherTest,
  FINANCE,
  SECOND,
  type VoucherTest,
  voucherPack,
} from '../helpers/vouchers.ts'

const { life } = voucherPack.vouchers
type Act = { what: string; which: number; fen: number; last: boolean; hours: number }

const acts = fc.array(
  fc.record({
    what: fc.oneof(
      fc.constant('advance'),
      fc.constantFrom(
        'issue',
        'lock',
        'redeem',
        'reverse',
        'unlock',
        'claim',
        'review',
        'pay',
        'wait',
      ),
    ),
    which: fc.nat(5),
    fen: fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(-5, 0, 1, 90_000, 120_000)),
    last: fc.boolean(),
    hours: fc.nat(30),
  }),
  { minLength: 12, maxLength: 24 },
)

/** What would bring a voucher on its way. */
const NEXT: Readonly<Record<string, Partial<Act>>> = {
  issued: { what: 'lock', fen: 400_000 },
  locked: { what: 'redeem', fen: 90_000, last: true },
  redeemed: { what: 'claim' },
  claimed: { what: 'review', which: 0 },
  'claim-checked': { what: 'pay' },
}

let count = 0
/** One act, whether it makes sense or not; what is refused must change nothing. */
async function perform(test: VoucherTest, act: Act): Promise<void> {
  const { world, provider, db } = test
  const picked = act.which
  const key = `k${++count}`
  const { rows: all } = await listVouchers(
    db,
    { district: null },
    { programme: 'guiyang-2018', limit: 50 },
  )
  const head = all[picked % Math.max(1, all.length)]
  const advanced = act.what === 'advance' ? (NEXT[head?.state ?? ''] ?? { what: 'issue' }) : {}
  const { what, which, fen, last, hours } = { ...act, ...advanced }
  if (what === 'wait') return test.tick(hours * 3600)
  if (what === 'issue' || head === undefined) {
    const caseNumber = await caseNumberOf(db, 1 + (which % 3))
    await issueVoucher(world, CITY, { caseNumber, kind: last ? 'legal' : 'bookkeeping', key })
    return
  }
  const { id: voucherId, number, version } = head
  const yes = async (asked: Awaited<ReturnType<typeof askRedeem>>) => {
    if (asked.ok)
      await decideAsk(world, { askId: asked.ask.id, contactId: 'zhang', yes: fen !== 1 })
  }
  switch (what) {
    case 'lock':
      return yes(await askLock(world, provider, { voucherId, contractFen: fen, title: 't', key }))
    case 'redeem':
      return yes(await askRedeem(world, provider, { voucherId, amountFen: fen, last, key }))
    case 'reverse': {
      const one = (await listRedemptions(db, voucherId)).at(which % 3)
      if (one !== undefined) {
        await reverseRedemption(world, provider, {
          redemptionId: one.id,
          reasons: ['mistake'],
          key,
        })
      }
      return
    }
    case 'unlock':
      await unlockVoucher(world, provider, { voucherId, reasons: ['called-off'], key })
      return
    case 'claim': {
      const blobs = createSqlBlobs(db)
      for (const kind of ['contract', 'invoice', 'proof'] as const) {
        await keepPaper({ ...world, blobs }, provider, {
          voucherId,
          kind,
          bytes: fileOf('png', kind),
          name: null,
        })
      }
      await claimVoucher(world, provider, { voucherId, invoiceNumber: '0520001', key })
      return
    }
    case 'review': {
      const moves: readonly ReviewMove[] = [
        'check-claim',
        'return-claim',
        'check-claim',
        'check-claim',
        'revoke',
        'issue',
      ]
      const move = moves[which] ?? 'check-claim'
      const reasons = { revoke: ['mistake'], 'return-claim': ['papers'] }[move as string] ?? []
      await reviewVoucher(world, SECOND, { number, version, move, reasons, note: 'x' })
      return
    }
    case 'pay':
      await payClaims(world, FINANCE, { numbers: all.map((one) => one.number), key })
  }
}

describe('the ledger', () => {
  it('agrees with itself after anything that people do, in any order', async () => {
    const reached = new Set<string>()
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const test = await createVoucherTest({ cases: 3, budgetFen: 1_000_000 })
        try {
          for (const act of list) {
            await perform(test, act)
            const verdict = await verifyVouchers(test.db, life)
            if (!verdict.ok) throw new Error(`${act.what}: ${verdict.problem}`)
          }
          const { rows: all } = await listVouchers(
            test.db,
            { district: null },
            { programme: 'guiyang-2018', limit: 50 },
          )
          for (const { state } of all) reached.add(state)
        } finally {
          await test.db.close()
        }
      }),
      { numRuns: 12, seed: 20_180_601 },
    )
    // Else the acts were refused for a reason of their own and proved nothing.
    for (const state of ['issued', 'locked', 'redeemed', 'paid']) expect(reached).toContain(state)
  }, 60_000)

  it('names the first thing that does not agree', async () => {
    const test = await createVoucherTest()
    const { db, world } = test
    const made = await issueVoucher(world, CITY, {
      caseNumber: await caseNumberOf(db, 1),
      kind: 'legal',
      key: 'x',
    })
    const id = made.ok ? made.head.id : ''
    const forge = async (sql: string, args: (string | number)[] = []) => {
      await db.write([{ sql, args }])
      const verdict = await verifyVouchers(db, life)
      return verdict.ok ? 'ok' : verdict.problem
    }
    expect(
      await forge(
        `UPDATE voucher_balances SET balance = balance + 1 WHERE owner = ? AND account = 'outstanding'`,
        [id],
      ),
    ).toBe(`${id} outstanding: the balance is 200001, its entries make 200000`)
    await forge(
      `UPDATE voucher_balances SET balance = balance - 1 WHERE owner = ? AND account = 'outstanding'`,
      [id],
    )
    expect(await forge(`UPDATE vouchers SET state = 'paid' WHERE id = ?`, [id])).toMatch(
      /^DZQ18-000001: it is paid, its events say issued$/,
    )
    await forge(`UPDATE vouchers SET state = 'issued' WHERE id = ?`, [id])
    await db.write([{ sql: 'DROP TRIGGER voucher_entries_remain', args: [] }])
    expect(await forge('DELETE FROM voucher_entries WHERE id = 1')).toBe(
      'ledger entry 1 is missing',
    )
    await db.close()
  })

  it('is only added to', async () => {
    const test = await createVoucherTest()
    for (const sql of [
      'UPDATE voucher_entries SET amount = 1',
      'DELETE FROM voucher_entries',
      'UPDATE voucher_budgets SET ceiling = 0',
    ]) {
      await expect(test.db.write([{ sql, args: [] }])).rejects.toThrow()
    }
    await test.db.close()
  })
})
