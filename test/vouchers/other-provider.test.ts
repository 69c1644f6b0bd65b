import { beforeEach, expect, it } from 'vitest'
import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import { listPapers } from '../../db/vouchers/claims.ts'
import { listRedemptions, loadContract } from '../../db/vouchers/contracts.ts'
import { amountsOf } from '../../db/vouchers/ledger.ts'
import { loadVoucher, openVoucherCode } from '../../db/vouchers/vouchers.ts'
import { claimVoucher } from '../../src/vouchers/claims/claim.ts'
import { keepPaper, loadPaper } from '../../src/vouchers/claims/papers.ts'
import { askLock, askRedeem, readAsk } from '../../src/vouchers/consent-request.ts'
import type { VoucherStaff } from '../../src/vouchers/context.ts'
import { findByCode, findStaffVoucher } from '../../src/vouchers/find.ts'
import { redeemWithPin } from '../../src/vouchers/pin.ts'
import { putProvider } from '../../src/vouchers/providers.ts'
import { reverseRedemption, unlockVoucher } from '../../src/vouchers/reverse.ts'
import { fileOf } from '../helpers/files.ts'
import { decideAsk } from '../helpers/holder.ts'
import { CITY, createVoucherTest, issued, PROVIDER, type VoucherTest } from '../helpers/vouchers.ts'

let test: VoucherTest
/** Another provider of the list, for the same services. */
let other: VoucherStaff
beforeEach(async () => {
  test = await createVoucherTest()
  const put = await putProvider(test.world, CITY, {
    name: '贵阳另一家财务咨询有限公司',
    creditCode: '91350211M000100Y46',
    services: ['bookkeeping', 'legal'],
    person: { legalPersonId: '11010519491231002X', phone: '13900004321' },
  })
  if (!put.ok) throw new Error(JSON.stringify(put.problem))
  other = { ...PROVIDER, id: 'others', name: '刘会计', providerId: put.provider.id }
  await test.db.write([
    {
      sql: `INSERT INTO staff (id, name, email, role, provider_id, created_at, updated_at)
        VALUES (?, ?, 'others@example.test', 'provider', ?, 'x', 'x')`,
      args: [other.id, other.name, put.provider.id],
    },
  ])
  return () => test.db.close()
})

async function lock(by: VoucherStaff, voucherId: string, key: string) {
  const form = { voucherId, contractFen: 200_000, title: '全年代理记账', key }
  const asked = await askLock(test.world, by, form)
  if (!asked.ok) return asked
  return decideAsk(test.world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
}

async function handIn(by: VoucherStaff, voucherId: string) {
  const world = { ...test.world, blobs: createSqlBlobs(test.db) }
  const kept = []
  for (const kind of ['contract', 'invoice', 'proof'] as const) {
    const bytes = fileOf('png', `${by.id} ${kind}`)
    kept.push(await keepPaper(world, by, { voucherId, kind, bytes, name: `${by.id}.png` }))
  }
  return kept
}

it('another provider of the list does nothing with a contract that is not theirs, and learns nothing of it', async () => {
  const { world, provider, db, vault } = test
  const { id: voucherId, number } = await issued(test)
  const code = (await openVoucherCode(db, vault, voucherId)) ?? ''
  expect(await lock(provider, voucherId, 'l')).toMatchObject({ ok: true })
  const first = { voucherId, amountFen: 50_000, last: false, key: 'r' }
  const asked = await askRedeem(world, provider, first)
  const askId = asked.ok ? asked.ask.id : ''
  const no = { ok: false, problem: { kind: 'no-such-voucher' } }
  expect(await askRedeem(world, other, first)).toMatchObject({ ok: false })
  expect(await askRedeem(world, other, { ...first, key: 'r2' })).toMatchObject(no)
  expect(await readAsk(world, other, askId)).toBeNull()
  expect(await redeemWithPin(world, other, { ...first, key: 'p', pin: '123456' })).toMatchObject(no)
  expect(await handIn(other, voucherId)).toMatchObject([no, no, no])
  await decideAsk(world, { askId, contactId: 'zhang', yes: true })
  const [redemption] = await listRedemptions(db, voucherId)
  const back = { redemptionId: redemption?.id ?? '', reasons: ['mistake'], key: 'b' }
  expect(await reverseRedemption(world, other, back)).toMatchObject(no)
  const off = { voucherId, reasons: ['called-off'], key: 'u' }
  expect(await unlockVoucher(world, other, off)).toMatchObject({ ok: false })
  await handIn(provider, voucherId)
  const claim = { voucherId, invoiceNumber: '25522000000012345678', key: 'c' }
  const last = await askRedeem(world, provider, { ...first, last: true, key: 'r3' })
  await decideAsk(world, { askId: last.ok ? last.ask.id : '', contactId: 'zhang', yes: true })
  expect(await claimVoucher(world, other, claim)).toMatchObject(no)
  expect(await findStaffVoucher(world, other, number)).toBeNull()
  const seen = await findByCode(world, other, code)
  expect(seen).toMatchObject({ ok: true, view: { contract: null, leftFen: 0 } })
  expect(await claimVoucher(world, provider, claim)).toMatchObject({ ok: true })
})

// A clock may stand still between the two.
it.each([0, 60])(
  'the next provider, %i seconds later, neither sees nor uses the papers of a contract that was called off',
  async (seconds) => {
    const { world, provider, db, vault } = test
    const { id: voucherId } = await issued(test)
    await lock(provider, voucherId, 'l')
    expect(await handIn(provider, voucherId)).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
    ])
    const [theirs] = await listPapers(db, vault, voucherId, null)
    await unlockVoucher(world, provider, { voucherId, reasons: ['called-off'], key: 'u' })
    test.tick(seconds)
    expect(await lock(other, voucherId, 'l2')).toMatchObject({ ok: true })
    expect(
      await listPapers(db, vault, voucherId, await loadContract(db, vault, voucherId)),
    ).toEqual([])
    const withBlobs = { ...world, blobs: createSqlBlobs(db) }
    const paper = { voucherId, paperId: theirs?.id ?? '' }
    expect(await loadPaper(withBlobs, CITY, paper)).not.toBeNull()
    expect(await loadPaper(withBlobs, other, paper)).toBeNull()
    const asked = await askRedeem(world, other, {
      voucherId,
      amountFen: 50_000,
      last: true,
      key: 'r',
    })
    await decideAsk(world, { askId: asked.ok ? asked.ask.id : '', contactId: 'zhang', yes: true })
    expect((await loadVoucher(db, { id: voucherId }))?.state).toBe('redeemed')
    const claim = { voucherId, invoiceNumber: '25522000000012345678', key: 'c' }
    expect(await claimVoucher(world, other, claim)).toMatchObject({
      problem: { kind: 'papers-missing' },
    })
    await handIn(other, voucherId)
    expect(await claimVoucher(world, other, claim)).toMatchObject({ ok: true })
    expect(await amountsOf(db, voucherId)).toMatchObject({ claimed: 50_000 })
  },
)
