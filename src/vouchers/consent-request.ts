import { countAttempts } from '../../db/cases/lookup.ts'
import { type AuditDraft, hashOf } from '../../db/staff/audit.ts'
import { type ConsentRequest, insertAsk, loadAsk } from '../../db/vouchers/consent-requests.ts'
import { loadContract } from '../../db/vouchers/contracts.ts'
import { amountsOf } from '../../db/vouchers/ledger.ts'
import { loadVoucher, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import { formatMoney } from '../../flows/programme/money/format-money.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { VoucherContext, VoucherStaff } from './context.ts'
import { type ContractRequest, contractTitle, lapsesOf, validateContract } from './contract.ts'
import { tellHolder, voucherParams, withSample } from './notice.ts'
import { refuse, type VoucherRefusal } from './problem.ts'
import { ownProvider } from './provider.ts'

/** What a provider's form says. Amounts are in fen; `key` makes two clicks one. */
export type LockForm = { voucherId: string; contractFen: number; title: string; key: string }
export type RedeemForm = { voucherId: string; amountFen: number; last: boolean; key: string }

export type ConsentAsked =
  | { ok: true; ask: ConsentRequest; again: boolean; notified: boolean }
  | VoucherRefusal

/**
 * Asks the holder whether the voucher is to be kept for a contract at this price. They say yes in chat
 * within minutes, or tell a PIN (`lockWithPin`).
 */
export async function askLock(
  context: VoucherContext,
  staff: VoucherStaff,
  form: LockForm,
): Promise<ConsentAsked> {
  const title = contractTitle(form.title)
  if (title === null) return refuse({ kind: 'bad-words' })
  return ask(context, staff, form, {
    what: 'lock',
    amountFen: 0,
    totalFen: form.contractFen,
    last: false,
    title,
  })
}

/** Asks the holder whether an amount is to be redeemed: the work, or that part of it, is done. */
export function askRedeem(
  context: VoucherContext,
  staff: VoucherStaff,
  form: RedeemForm,
): Promise<ConsentAsked> {
  const { amountFen, last } = form
  return ask(context, staff, form, {
    what: 'redeem',
    amountFen,
    totalFen: null,
    last,
    title: null,
  })
}

/** What has become of an ask, for the page that waits for it; only for the provider that asked. */
export async function readAsk(
  { db, vault, now }: VoucherContext,
  staff: VoucherStaff,
  askId: string,
): Promise<{ status: ConsentRequest['status']; ask: ConsentRequest } | null> {
  const found = await loadAsk(db, vault, { id: askId })
  if (found === null || staff.providerId === null || found.providerId !== staff.providerId) {
    return null
  }
  const over = found.status === 'asked' && found.expiresAt <= now()
  return { status: over ? 'lapsed' : found.status, ask: found }
}

/** A wish as it stands now: what the voucher would pay and lose, or why it would not. Amounts in fen. */
export async function readWish(
  context: VoucherContext,
  voucherId: string,
  wish: ContractRequest,
): Promise<
  | { ok: true; head: VoucherHead; amountFen: number; committedFen: number; lapsesFen: number }
  | VoucherRefusal
> {
  const { db, vault, now } = context
  const head = await loadVoucher(db, { id: voucherId })
  if (head === null || head.programmeId !== context.pack.programme.id) {
    return refuse({ kind: 'no-such-voucher' })
  }
  const amounts = await amountsOf(db, voucherId)
  const checked = validateContract(
    {
      head,
      at: now(),
      amounts,
      contract: await loadContract(db, vault, voucherId),
    },
    wish,
  )
  if (!checked.ok) return checked
  const lapsesFen = lapsesOf({ ...wish, amountFen: checked.amountFen }, amounts)
  return { ...checked, head, committedFen: amounts.committed, lapsesFen }
}

async function ask(
  context: VoucherContext,
  staff: VoucherStaff,
  { voucherId, key }: { voucherId: string; key: string },
  wanted: Omit<ContractRequest, 'provider' | 'staff'>,
): Promise<ConsentAsked> {
  const { db, vault, newId, now, pack } = context
  const own = await ownProvider(context, staff)
  if (!own.ok) return own
  const before = await loadAsk(db, vault, { key })
  if (before !== null) return sameAsk(before, staff, voucherId)
  const { provider } = own
  const found = await readWish(context, voucherId, { ...wanted, provider, staff })
  if (!found.ok) return found
  const at = now()
  const { askMinutes, askLimit } = pack.vouchers
  const attempt = { key: `voucher-ask:${voucherId}`, limit: askLimit, windowSeconds: 3600 }
  if (!(await countAttempts(db, at, [attempt]))) return refuse({ kind: 'too-many-tries' })
  const one: ConsentRequest = {
    ...wanted,
    id: newId(),
    voucherId,
    key,
    status: 'asked',
    amountFen: found.amountFen,
    providerId: provider.id,
    staffId: staff.id,
    staffName: staff.name,
    askedAt: at,
    expiresAt: new Date(Date.parse(at) + askMinutes * 60_000).toISOString(),
  }
  const notice = await askNotice(context, found, one, provider.name)
  const draft: AuditDraft = {
    at,
    actor: staff.id,
    action: `voucher.ask-${one.what}`,
    subject: `voucher:${voucherId}`,
    after: await hashOf({ ask: one.id, amountFen: one.amountFen, totalFen: one.totalFen }),
  }
  const write = [await insertAsk(vault, one), ...notice]
  return commit<ConsentAsked>(db, {
    plan: async () => ({
      result: { ok: true, ask: one, again: false, notified: notice.length > 0 },
      write,
      audit: [draft],
    }),
    means: async () => {
      const other = await loadAsk(db, vault, { key })
      return other === null ? null : sameAsk(other, staff, voucherId)
    },
  })
}

function sameAsk(ask: ConsentRequest, staff: VoucherStaff, voucherId: string): ConsentAsked {
  return ask.providerId === staff.providerId && ask.voucherId === voucherId
    ? { ok: true, ask, again: true, notified: false }
    : refuse({ kind: 'conflict' })
}

/** It cannot wait for the morning: the holder stands at the counter, and it is over in minutes. */
function askNotice(
  context: VoucherContext,
  { head, lapsesFen }: { head: VoucherHead; lapsesFen: number },
  one: ConsentRequest,
  provider: string,
) {
  const { translate } = context
  return tellHolder(context, head, {
    id: `notice:voucher-ask:${one.id}`,
    kind: 'answer',
    template: `voucher.ask-${one.what}`,
    at: one.askedAt,
    seconds: context.pack.vouchers.askMinutes * 60,
    say: (locale) => ({
      text: withSample(
        context,
        locale,
        translate(locale, one.what === 'lock' ? 'voucher.askLock' : 'voucher.askRedeem', {
          ...voucherParams(context, head, locale),
          provider,
          title: one.title ?? '',
          minutes: context.pack.vouchers.askMinutes,
          amount: formatMoney(one.amountFen, locale),
          total: formatMoney(one.totalFen ?? 0, locale),
        }) +
          (lapsesFen === 0
            ? ''
            : `\n${translate(locale, 'voucher.askLapses', { lapses: formatMoney(lapsesFen, locale) })}`),
      ),
      quickReplies: [
        { value: `!voucher:ask:${one.id}`, label: translate(locale, 'voucher.lookAtAsk') },
      ],
      numbered: false,
    }),
  })
}
