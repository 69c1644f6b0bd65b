import { openCase } from '../../db/cases/content.ts'
import { countAttempts } from '../../db/cases/lookup.ts'
import { loadClaim, type VoucherClaim } from '../../db/vouchers/claims.ts'
import {
  listRedemptions,
  loadContract,
  type VoucherContract,
  type VoucherRedemption,
} from '../../db/vouchers/contracts.ts'
import { loadVoucherEvents } from '../../db/vouchers/events.ts'
import { amountsOf, type VoucherAmounts } from '../../db/vouchers/ledger.ts'
import { loadProvider } from '../../db/vouchers/providers.ts'
import { loadVoucher, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import { standingFor } from '../../flows/programme/lifecycle/machine.ts'
import type { VoucherEvent, VoucherMove } from '../../flows/programme/lifecycle/voucher-life.ts'
import { parseVoucherCode } from '../../flows/programme/numbers/voucher-code.ts'
import { isOurCode, voucherCodeIndex } from './codes.ts'
import { type VoucherContext, type VoucherStaff, voucherActor } from './context.ts'
import { refuse, type VoucherRefusal } from './problem.ts'
import { ownProvider, providerProblem } from './provider.ts'

/** A voucher with all that is known of it, but its code. */
export type VoucherFile = {
  head: VoucherHead
  events: VoucherEvent[]
  amounts: VoucherAmounts
  contract: (VoucherContract & { provider: string }) | null
  redemptions: VoucherRedemption[]
  claim: VoucherClaim | null
  /** What this person may do with it now. */
  moves: readonly VoucherMove[]
}

/** What a provider sees of a voucher whose code was shown: no more than the bargain needs. */
export type ProviderView = {
  voucherId: string
  number: string
  kind: string
  state: string
  /** The enterprise's name, partly hidden. */
  holder: string
  useBy: string | null
  /** What can still be promised or redeemed. */
  leftFen: number
  sharePercent: number
  perDealFen: number
  /** The contract, where it is this provider's. */
  contract: { totalFen: number; reservedFen: number; title: string | null } | null
}

/** Codes in an hour that are none of ours: a slip now and then, but no search. After them none is looked at. */
const FALSE_CODES_AN_HOUR = 60

/** Whether a voucher is within somebody's eyes: their district, or their own provider's contract. */
export async function mayTouch(
  { db, pack }: VoucherContext,
  staff: VoucherStaff,
  voucherId: string,
): Promise<boolean> {
  const head = await loadVoucher(db, { id: voucherId })
  if (head === null || head.programmeId !== pack.programme.id) return false
  if (staff.role !== 'provider') return staff.district === null || staff.district === head.district
  const [rows = []] = await db.read([
    {
      sql: 'SELECT 1 FROM voucher_contracts WHERE voucher_id = ? AND provider_id = ? AND ended_at IS NULL',
      args: [voucherId, staff.providerId],
    },
  ])
  return rows.length > 0
}

/** A voucher for staff, by its number; null outside their district, or where it is another provider's. */
export async function findStaffVoucher(
  context: VoucherContext,
  staff: VoucherStaff,
  number: string,
): Promise<VoucherFile | null> {
  const { db, vault, pack } = context
  const head = await loadVoucher(db, { number: number.trim().toUpperCase() })
  if (head === null || !(await mayTouch(context, staff, head.id))) return null
  const events = await loadVoucherEvents(db, vault, head.id)
  const contract = await loadContract(db, vault, head.id)
  const provider = contract === null ? null : await loadProvider(db, contract.providerId)
  const actor = voucherActor(staff)
  return {
    head,
    events: staff.role === 'provider' ? events.map((event) => forProvider(event, staff)) : events,
    amounts: await amountsOf(db, head.id),
    contract: contract === null ? null : { ...contract, provider: provider?.name ?? '' },
    redemptions: await listRedemptions(db, head.id),
    claim: await loadClaim(db, vault, head.id),
    moves:
      actor === null
        ? []
        : standingFor(pack.vouchers.life, { state: head.state, events }, actor).moves,
  }
}

/** Who in an office, or at another provider, did something, and what they wrote, is none of a provider's business. */
function forProvider(event: VoucherEvent, staff: VoucherStaff): VoucherEvent {
  if (event.actorId === staff.id) return event
  const { actorId: _, ...rest } = event
  return { ...rest, actor: null, note: null }
}

/**
 * The voucher of a code that a provider scanned or typed, where it may serve it. A slip is told at once, a
 * code that is none of ours without a look into the database; tries are counted for each provider.
 */
export async function findByCode(
  context: VoucherContext,
  staff: VoucherStaff,
  typed: string,
): Promise<{ ok: true; view: ProviderView } | VoucherRefusal> {
  const { db, vault, now, pack } = context
  const own = await ownProvider(context, staff)
  if (!own.ok) return own
  const parsed = parseVoucherCode(typed)
  if (!parsed.ok) return refuse({ kind: `code-${parsed.problem}` })
  const { provider } = own
  const isOurs = await isOurCode(vault, parsed.code)
  const attempt = {
    key: `voucher-code:${provider.id}`,
    limit: FALSE_CODES_AN_HOUR,
    windowSeconds: 3600,
    weight: isOurs ? 0 : 1,
  } as const
  if (!(await countAttempts(db, now(), [attempt]))) return refuse({ kind: 'too-many-tries' })
  if (!isOurs) return refuse({ kind: 'code-false' })
  const head = await loadVoucher(db, { codeIndex: await voucherCodeIndex(vault, parsed.code) })
  if (head === null || head.programmeId !== pack.programme.id) return refuse({ kind: 'code-false' })
  const wrong = providerProblem(provider, head)
  if (wrong !== null) return wrong
  const contract = await loadContract(db, vault, head.id)
  const mine = contract?.providerId === provider.id
  const amounts = await amountsOf(db, head.id)
  const { id: voucherId, number, kind, state, useBy, sharePercent, perDealFen } = head
  return {
    ok: true,
    view: {
      voucherId,
      number,
      kind,
      state,
      useBy,
      sharePercent,
      perDealFen,
      holder: maskEnterprise(await enterpriseOf(context, head)),
      leftFen: contract === null ? amounts.outstanding : mine ? amounts.committed : 0,
      contract:
        contract !== null && mine
          ? {
              totalFen: contract.totalFen,
              reservedFen: contract.reservedFen,
              title: contract.title,
            }
          : null,
    },
  }
}

async function enterpriseOf(
  { db, vault }: VoucherContext,
  { caseId }: VoucherHead,
): Promise<string> {
  const name = (await openCase(db, vault, caseId))?.answers.enterpriseName
  return typeof name === 'string' ? name : ''
}

/** The first two and the last two characters: who holds the voucher in hand knows the rest. */
function maskEnterprise(name: string): string {
  const letters = [...name]
  if (letters.length < 5) return letters.map((one, at) => (at === 0 ? one : '＊')).join('')
  return `${letters.slice(0, 2).join('')}${'＊'.repeat(Math.min(6, letters.length - 4))}${letters.slice(-2).join('')}`
}
