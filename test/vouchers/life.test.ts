import { beforeEach, describe, expect, it } from 'vitest'
import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { listOpenAsks } from '../../db/vouchers/consent-requests.ts'
import { listRedemptions } from '../../db/vouchers/contracts.ts'
import { amountsOf, loadBudget } from '../../db/vouchers/ledger.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { loadVoucher, openVoucherCode } from '../../db/vouchers/vouchers.ts'
import { claimVoucher } from '../../src/vouchers/claims/claim.ts'
import { keepPaper, loadPaper } from '../../src/vouchers/claims/papers.ts'
import { payClaims, settlement } from '../../src/vouchers/claims/pay.ts'
import { askLock, askRedeem, readAsk } from '../../src/vouchers/consent-request.ts'
import { findByCode, findStaffVoucher } from '../../src/vouchers/find.ts'
import { lockWithPin, makePin, redeemWithPin } from '../../src/vouchers/pin.ts'
import { reverseRedemption, unlockVoucher } from '../../src/vouchers/reverse.ts'
import { reviewVoucher } from '../../src/vouchers/review.ts'
import { fileOf } from '../helpers/files.ts'
import { decideAsk } from '../helpers/holder.ts'
import {
  CITY,
  createVoucherTest,
  FINANCE,
  issued,
  SECOND,
  type VoucherTest,
  voucherPack,
} from '../helpers/vouchers.ts'

let test: VoucherTest
beforeEach(async () => {
  test = await createVoucherTest({ cases: 2 })
  return () => test.db.close()
})

const verdict = () => verifyVouchers(test.db, voucherPack.vouchers.life)
const stateOf = async (id: string) => (await loadVoucher(test.db, { id }))?.state

async function lock(voucherId: string, contractFen: number, key = `lock-${voucherId}`) {
  const { world, provider, db, vault } = test
  const asked = await askLock(world, provider, {
    voucherId,
    contractFen,
    title: '全年代理记账',
    key,
  })
  if (!asked.ok) return asked
  expect((await listOpenAsks(db, vault, 'zhang', world.now())).map(({ id }) => id)).toContain(
    asked.ask.id,
  )
  return decideAsk(world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
}

async function redeem(voucherId: string, amountFen: number, last: boolean, key: string) {
  const asked = await askRedeem(test.world, test.provider, { voucherId, amountFen, last, key })
  if (!asked.ok) return asked
  return decideAsk(test.world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
}

async function papers(voucherId: string) {
  const world = { ...test.world, blobs: createSqlBlobs(test.db) }
  for (const kind of ['contract', 'invoice', 'proof'] as const) {
    const kept = await keepPaper(world, test.provider, {
      voucherId,
      kind,
      bytes: fileOf('png', kind),
      name: `${kind}.png`,
    })
    expect(kept).toMatchObject({ ok: true })
  }
}

describe('a voucher', () => {
  it('goes from its issue to the payment, and every sum agrees on the way', async () => {
    const { world, db, vault, provider } = test
    const { id, number, faceFen } = await issued(test)
    expect(faceFen).toBe(240_000)
    const code = (await openVoucherCode(db, vault, id)) ?? ''
    const found = await findByCode(world, provider, code.toLowerCase())
    expect(found).toMatchObject({
      ok: true,
      view: { voucherId: id, leftFen: 240_000, holder: '小李＊＊＊餐店', contract: null },
    })
    expect(await lock(id, 360_001)).toEqual({ ok: true })
    expect(await stateOf(id)).toBe('locked')
    expect(await amountsOf(db, id)).toMatchObject({ outstanding: 60_000, committed: 180_000 })
    expect(await redeem(id, 100_000, false, 'r1')).toEqual({ ok: true })
    expect(await stateOf(id)).toBe('locked')
    expect(await redeem(id, 90_000, false, 'r2')).toMatchObject({
      ok: false,
      problem: { kind: 'too-much', mostFen: 80_000 },
    })
    expect(await redeem(id, 50_000, true, 'r3')).toEqual({ ok: true })
    expect(await stateOf(id)).toBe('redeemed')
    expect(await amountsOf(db, id)).toMatchObject({ redeemed: 150_000, committed: 30_000 })
    const claim = { voucherId: id, invoiceNumber: '05200018 0011', key: 'c1' }
    expect(await claimVoucher(world, provider, claim)).toMatchObject({
      problem: { kind: 'papers-missing' },
    })
    await papers(id)
    expect(await claimVoucher(world, provider, claim)).toMatchObject({ ok: true, again: false })
    expect(await claimVoucher(world, provider, claim)).toMatchObject({ ok: true, again: true })
    expect(await loadBudget(db, 'guiyang-2018:2018')).toMatchObject({
      allottedFen: 50_000_000,
      available: 49_850_000,
      claimed: 150_000,
    })
    const version = (await loadVoucher(db, { id }))?.version ?? 0
    const check = { number, version, move: 'check-claim' } as const
    expect(await reviewVoucher(world, CITY, check)).toMatchObject({ ok: true })
    expect(await reviewVoucher(world, SECOND, check)).toMatchObject({
      problem: { kind: 'conflict' },
    })
    expect(await payClaims(world, CITY, { numbers: [number], key: 'p' })).toMatchObject({
      ok: false,
    })
    const pay = { numbers: [number], key: 'p' }
    expect(await payClaims(world, FINANCE, pay)).toMatchObject({ ok: true, paid: [number] })
    expect(await payClaims(world, FINANCE, pay)).toMatchObject({ ok: true, paid: [number] })
    expect(await settlement(world, FINANCE, { month: '2018-06' })).toMatchObject({
      rows: [{ number, amountFen: 150_000, totalFen: 360_001, status: 'paid' }],
      totals: [{ paidFen: 150_000, claimedFen: 0, vouchers: 1 }],
    })
    expect(await verdict()).toMatchObject({ ok: true, vouchers: 1 })
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
  })

  it('can be redeemed with a PIN, once, with five tries', async () => {
    const { world, provider } = test
    const { id } = await issued(test)
    const form = { voucherId: id, contractFen: 200_000, title: '记账', key: 'lp' }
    expect(await lockWithPin(world, provider, { ...form, pin: '123456' })).toMatchObject({
      problem: { kind: 'pin-none' },
    })
    const made = await makePin(world, { voucherId: id, contactId: 'zhang' })
    expect(made?.pin).toMatch(/^\d{6}$/)
    const pin = made?.pin ?? ''
    const wrong = pin === '000000' ? '000001' : '000000'
    expect(await lockWithPin(world, provider, { ...form, pin: wrong })).toMatchObject({
      problem: { kind: 'pin-wrong', left: 4 },
    })
    expect(await lockWithPin(world, provider, { ...form, pin })).toMatchObject({
      ok: true,
      again: false,
    })
    expect(await lockWithPin(world, provider, { ...form, pin })).toMatchObject({
      ok: true,
      again: true,
    })
    const take = { voucherId: id, amountFen: 100_000, last: false, key: 'rp' }
    expect(await redeemWithPin(world, provider, { ...take, pin })).toMatchObject({
      problem: { kind: 'pin-none' },
    })
    await makePin(world, { voucherId: id, contactId: 'zhang' })
    for (let tries = 4; tries >= 0; tries--) {
      expect(await redeemWithPin(world, provider, { ...take, pin: 'x' })).toMatchObject({
        problem: { kind: 'pin-wrong', left: tries },
      })
    }
    expect(await redeemWithPin(world, provider, { ...take, pin: 'x' })).toMatchObject({
      problem: { kind: 'pin-none' },
    })
    const late = await makePin(world, { voucherId: id, contactId: 'zhang' })
    test.tick(601)
    expect(await redeemWithPin(world, provider, { ...take, pin: late?.pin ?? '' })).toMatchObject({
      problem: { kind: 'pin-none' },
    })
    expect(await makePin(world, { voucherId: id, contactId: 'li' })).toBe(null)
    expect(await verdict()).toMatchObject({ ok: true })
  })

  it('is reversed within a day, once, by an entry of its own', async () => {
    const { world, provider, db } = test
    const { id } = await issued(test)
    await lock(id, 200_000)
    await redeem(id, 100_000, true, 'r')
    const [redemption] = await listRedemptions(db, id)
    const redemptionId = redemption?.id ?? ''
    const because = { redemptionId, reasons: ['mistake'], key: 'rev' }
    expect(await reverseRedemption(world, provider, { ...because, reasons: [] })).toMatchObject({
      problem: { kind: 'reason-needed' },
    })
    const other = { ...provider, providerId: 'another' }
    expect(await reverseRedemption(world, other, because)).toMatchObject({
      problem: { kind: 'no-such-voucher' },
    })
    expect(await reverseRedemption(world, provider, because)).toMatchObject({ ok: true })
    expect(await reverseRedemption(world, provider, because)).toMatchObject({
      ok: true,
      again: true,
    })
    expect(await reverseRedemption(world, provider, { ...because, key: 'rev2' })).toMatchObject({
      problem: { kind: 'reversed-already' },
    })
    expect(await amountsOf(db, id)).toMatchObject({ committed: 100_000, redeemed: 0 })
    expect(await verdict()).toMatchObject({ ok: true })
    await redeem(id, 100_000, true, 'r2')
    const again = (await listRedemptions(db, id)).at(-1)
    test.tick(86_401)
    expect(
      await reverseRedemption(world, provider, {
        ...because,
        redemptionId: again?.id ?? '',
        key: 'k3',
      }),
    ).toMatchObject({ problem: { kind: 'too-late' } })
  })

  it('is free again when its contract is called off, and void with its money back when revoked', async () => {
    const { world, provider, db } = test
    const { id, number } = await issued(test)
    await lock(id, 200_000)
    expect(
      await unlockVoucher(world, provider, { voucherId: id, reasons: ['called-off'], key: 'u' }),
    ).toMatchObject({ ok: true, head: { state: 'issued' } })
    expect(await amountsOf(db, id)).toMatchObject({ outstanding: 240_000, committed: 0 })
    await lock(id, 200_000, 'lock again')
    const { version = 0 } = (await loadVoucher(db, { id })) ?? {}
    expect(
      await reviewVoucher(world, CITY, {
        number,
        version,
        move: 'revoke',
        reasons: ['misuse'],
        note: '转让给别人',
      }),
    ).toMatchObject({ ok: true })
    expect(await stateOf(id)).toBe('revoked')
    expect(await loadBudget(db, 'guiyang-2018:2018')).toMatchObject({ available: 50_000_000 })
    expect(await verdict()).toMatchObject({ ok: true })
  })

  it('moves for nobody but its holder', async () => {
    const { world, provider } = test
    const { id } = await issued(test)
    const form = { voucherId: id, contractFen: 200_000, title: '记账', key: 'k' }
    const asked = await askLock(world, provider, form)
    if (!asked.ok) throw new Error(asked.problem.kind)
    const askId = asked.ask.id
    expect(await decideAsk(world, { askId, contactId: 'li', yes: true })).toMatchObject({
      problem: { kind: 'ask-closed' },
    })
    expect(await decideAsk(world, { askId, contactId: 'zhang', yes: false })).toMatchObject({
      ok: true,
    })
    expect(await decideAsk(world, { askId, contactId: 'zhang', yes: true })).toMatchObject({
      problem: { kind: 'ask-closed' },
    })
    expect((await readAsk(world, provider, askId))?.status).toBe('refused')
    expect(await readAsk(world, { ...provider, providerId: 'another' }, askId)).toBe(null)
    const late = await askLock(world, provider, { ...form, key: 'k2' })
    test.tick(600)
    expect(
      await decideAsk(world, { askId: late.ok ? late.ask.id : '', contactId: 'zhang', yes: true }),
    ).toMatchObject({ problem: { kind: 'ask-closed' } })
    expect(await stateOf(id)).toBe('issued')
  })

  it('is shown to its district and its provider only', async () => {
    const { world, provider } = test
    const { id, number } = await issued(test)
    const away = { ...CITY, role: 'district-reviewer' as const, district: 'yunyan' }
    expect(await findStaffVoucher(world, away, number)).toBe(null)
    expect(await findStaffVoucher(world, { ...away, district: 'nanming' }, number)).not.toBe(null)
    expect(await findStaffVoucher(world, provider, number)).toBe(null)
    await lock(id, 100_000)
    expect((await findStaffVoucher(world, provider, number))?.contract?.title).toBe('全年代理记账')
    const seen = await findStaffVoucher(world, provider, number)
    expect(seen?.events.map(({ actor }) => actor)).toEqual([null, '陈会计'])
    await papers(id)
    const withBlobs = { ...world, blobs: createSqlBlobs(test.db) }
    const [rows = []] = await test.db.read([{ sql: 'SELECT id FROM voucher_papers', args: [] }])
    const paper = { voucherId: id, paperId: String(rows[0]?.[0]) }
    expect((await loadPaper(withBlobs, CITY, paper))?.head.mime).toBe('image/png')
    expect(await loadPaper(withBlobs, away, paper)).toBe(null)
    expect(await loadPaper(withBlobs, { ...provider, providerId: 'another' }, paper)).toBe(null)
    await unlockVoucher(world, provider, { voucherId: id, reasons: ['called-off'], key: 'off' })
    expect(await findStaffVoucher(world, provider, number)).toBe(null)
  })
})
