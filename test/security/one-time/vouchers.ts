import { listRedemptions } from '../../../db/vouchers/contracts.ts'
import { loadVoucher } from '../../../db/vouchers/vouchers.ts'
import { askLock, askRedeem } from '../../../src/vouchers/consent-request.ts'
import { voucherWorldOf } from '../../../src/vouchers/context.ts'
import { makePin, redeemWithPin } from '../../../src/vouchers/pin.ts'
import { reverseRedemption } from '../../../src/vouchers/reverse.ts'
import { decideAsk } from '../../helpers/holder.ts'
import { PROVIDER, seedContract, seedProvider, seedVoucher } from '../../helpers/vouchers.ts'
import type { OneTime, Stage } from './stage.ts'

type Outcome = { ok: true; again?: boolean } | { ok: false; problem: { kind: string } }
/** The same form a second time is the same answer, and no second use. */
const outcome = (made: Outcome) => ({
  done: made.ok && made.again !== true,
  words: made.ok ? 'again' : made.problem.kind,
})
async function stageOf({ world }: Stage) {
  const { deps } = world
  const vouchers = await voucherWorldOf(deps)
  if (vouchers === null) throw new Error('no vouchers')
  const provider = await seedProvider(deps, 'p1')
  return { deps, vouchers, provider }
}
const held = async (stage: Stage) => {
  const { deps, vouchers, provider } = await stageOf(stage)
  return { deps, vouchers, provider, ...(await seedContract(deps, provider)) }
}

const askedFor = async (stage: Stage) => {
  const { vouchers, provider, voucherId, contactId } = await held(stage)
  const form = { voucherId, amountFen: 50_000, last: false, key: 'r1' }
  const asked = await askRedeem(vouchers, provider, form)
  if (!asked.ok) throw new Error(asked.problem.kind)
  const answer = { askId: asked.ask.id, contactId }
  return async (yes: boolean) => outcome(await decideAsk(vouchers, { ...answer, yes }))
}

/** One-time things of vouchers: a yes, a PIN, a press of a button. */
export const OF_VOUCHERS: readonly OneTime[] = [
  {
    what: 'a holder’s answer, a no and then a yes in another chat',
    tables: ['voucher_asks'],
    refusal: /ask-closed/,
    begin: async (stage) => {
      const answer = await askedFor(stage)
      return (nth) => answer(nth !== 0)
    },
  },
  {
    what: 'a holder’s yes to a redemption',
    tables: ['voucher_asks', 'voucher_events', 'voucher_entries'],
    refusal: /ask|answered|over|done|gone/,
    begin: async (stage) => {
      const answer = await askedFor(stage)
      return () => answer(true)
    },
  },
  {
    what: 'a PIN at the counter',
    tables: ['voucher_pins'],
    refusal: /pin-none/,
    begin: async (stage) => {
      const { vouchers, provider, voucherId, contactId } = await held(stage)
      const { pin = '' } = (await makePin(vouchers, { voucherId, contactId })) ?? {}
      const form = { voucherId, amountFen: 10_000, last: false, pin }
      return async (nth) =>
        outcome(await redeemWithPin(vouchers, provider, { ...form, key: `r${nth}` }))
    },
  },
  {
    what: 'one press of a provider’s button',
    tables: ['voucher_asks'],
    refusal: /again/,
    begin: async (stage) => {
      const { deps, vouchers, provider } = await stageOf(stage)
      const number = await seedVoucher(deps, 'yunyan')
      await deps.db.write([
        {
          sql: `INSERT OR IGNORE INTO staff (id, name, email, role, provider_id, created_at, updated_at)
            VALUES (?, ?, 'p@example.test', 'provider', 'p1', '2018', '2018')`,
          args: [PROVIDER.id, PROVIDER.name],
        },
      ])
      const voucherId = (await loadVoucher(deps.db, { number }))?.id ?? ''
      const form = { voucherId, contractFen: 200_000, title: '记账', key: 'l1' }
      return async () => outcome(await askLock(vouchers, provider, form))
    },
  },
  {
    what: 'the reversal of a redemption',
    tables: ['voucher_redemptions'],
    refusal: /reversed-already/,
    begin: async (stage) => {
      const { deps, vouchers, provider, voucherId, contactId } = await held(stage)
      const form = { voucherId, amountFen: 50_000, last: false, key: 'r1' }
      const asked = await askRedeem(vouchers, provider, form)
      if (!asked.ok) throw new Error(asked.problem.kind)
      await decideAsk(vouchers, { askId: asked.ask.id, contactId, yes: true })
      const [redemption] = await listRedemptions(deps.db, voucherId)
      const because = { redemptionId: redemption?.id ?? '', reasons: ['mistake'] }
      return async (nth) =>
        outcome(await reverseRedemption(vouchers, provider, { ...because, key: `v${nth}` }))
    },
  },
]
