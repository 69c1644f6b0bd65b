import type { Vault } from '../../db/core/vault.ts'
import { savePin, tryPin, usePin } from '../../db/vouchers/consent-requests.ts'
import { findVoucherAct } from '../../db/vouchers/events.ts'
import { loadVoucher } from '../../db/vouchers/vouchers.ts'
import { actOnVoucher, type VoucherActed } from './act.ts'
import { type LockForm, type RedeemForm, readWish } from './consent-request.ts'
import type { VoucherContext, VoucherStaff } from './context.ts'
import { type ContractRequest, contractTitle, fulfilContract } from './contract.ts'
import { refuse } from './problem.ts'
import { ownProvider } from './provider.ts'

/** A PIN that was tried so often is of no more use. */
const MOST_TRIES = 5

/**
 * A fresh PIN of six digits for a voucher, told to its holder alone; the one before is void. Null where the
 * voucher is not this contact's or cannot be used now.
 */
export async function makePin(
  { db, vault, now, pack }: VoucherContext,
  { voucherId, contactId }: { voucherId: string; contactId: string },
): Promise<{ pin: string; minutes: number } | null> {
  const head = await loadVoucher(db, { id: voucherId })
  if (head?.contactId !== contactId || !['issued', 'locked'].includes(head.state)) return null
  const minutes = pack.vouchers.askMinutes
  const pin = sixDigits()
  const expiresAt = new Date(Date.parse(now()) + minutes * 60_000).toISOString()
  await db.write([savePin(voucherId, await pinIndex(vault, voucherId, pin), expiresAt)])
  return { pin, minutes }
}

/** Keeps a voucher for a contract with the holder's PIN in place of a yes in chat. */
export async function lockWithPin(
  context: VoucherContext,
  staff: VoucherStaff,
  form: LockForm & { pin: string },
): Promise<VoucherActed> {
  const title = contractTitle(form.title)
  if (title === null) return refuse({ kind: 'bad-words' })
  return withPin(context, staff, form, {
    what: 'lock',
    amountFen: 0,
    totalFen: form.contractFen,
    last: false,
    title,
  })
}

/** Redeems with the holder's PIN in place of a yes in chat. */
export function redeemWithPin(
  context: VoucherContext,
  staff: VoucherStaff,
  form: RedeemForm & { pin: string },
): Promise<VoucherActed> {
  const { amountFen, last } = form
  return withPin(context, staff, form, {
    what: 'redeem',
    amountFen,
    totalFen: null,
    last,
    title: null,
  })
}

async function withPin(
  context: VoucherContext,
  staff: VoucherStaff,
  { voucherId, pin, key }: { voucherId: string; pin: string; key: string },
  wanted: Omit<ContractRequest, 'provider' | 'staff'>,
): Promise<VoucherActed> {
  const { db, vault, now } = context
  const own = await ownProvider(context, staff)
  if (!own.ok) return own
  const done = await findVoucherAct(db, key)
  if (done === null) {
    const found = await readWish(context, voucherId, { ...wanted, provider: own.provider, staff })
    if (!found.ok) return found
    if (wanted.last && found.amountFen < found.committedFen) return refuse({ kind: 'last-in-chat' })
    // Counted before it is looked at, so that no crowd gets more tries than one person.
    const tried = await tryPin(db, voucherId, { now: now(), most: MOST_TRIES })
    if (tried === null) return refuse({ kind: 'pin-none' })
    const typed = pin.normalize('NFKC').replace(/\s/g, '')
    if ((await pinIndex(vault, voucherId, typed)) !== tried.pinIndex) {
      return refuse({ kind: 'pin-wrong', left: tried.left })
    }
    wanted = { ...wanted, amountFen: found.amountFen }
  }
  return actOnVoucher(
    context,
    fulfilContract(context, {
      voucherId,
      key,
      by: 'pin',
      also: [usePin(voucherId)],
      wish: { ...wanted, provider: own.provider, staff },
    }),
  )
}

function pinIndex(vault: Vault, voucherId: string, pin: string): Promise<string> {
  return vault.index('voucher-pin', JSON.stringify([voucherId, pin]))
}

/** Of a number from a range that is a multiple of a million, so that each PIN is as likely as any other. */
function sixDigits(): string {
  const range = 4_294 * 1_000_000
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < range) return String(drawn % 1_000_000).padStart(6, '0')
  }
}
