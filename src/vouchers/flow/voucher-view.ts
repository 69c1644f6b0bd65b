import { loadContract } from '../../../db/vouchers/contracts.ts'
import { amountsOf } from '../../../db/vouchers/ledger.ts'
import { loadProvider } from '../../../db/vouchers/providers.ts'
import { openVoucherCode, type VoucherHead } from '../../../db/vouchers/vouchers.ts'
import { movesFrom } from '../../../flows/programme/lifecycle/machine.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { formatVoucherCode } from '../../../flows/programme/numbers/voucher-code.ts'
import { HolderMove, type VoucherView } from '../../../flows/vouchers/ask.ts'
import { voucherQr } from '../codes.ts'
import { dayOf, kindOf } from '../context.ts'
import type { VoucherScene } from './voucher-scene.ts'

/** A voucher as its holder sees it; the code only as long as it is of use. */
export async function viewVoucher(
  { world, requester, locale }: VoucherScene,
  head: VoucherHead,
): Promise<VoucherView> {
  const { db, vault, pack } = world
  const amounts = await amountsOf(db, head.id)
  const contract = await loadContract(db, vault, head.id)
  const provider = contract === null ? null : await loadProvider(db, contract.providerId)
  const state = pack.vouchers.life.states.find(({ id }) => id === head.state)
  const inTime = head.useBy !== null && dayOf(requester.at) <= head.useBy
  const usable = inTime && ['issued', 'locked'].includes(head.state)
  const code = usable ? await openVoucherCode(db, vault, head.id) : null
  const { useBy, kind } = head
  const money = (fen: number) => formatMoney(fen, locale)
  return {
    number: head.number,
    usable,
    useBy: useBy ?? '',
    kind: kindOf(world, kind)?.name[locale] ?? kind,
    state: state?.label[locale] ?? head.state,
    meaning: state?.meaning[locale] ?? '',
    todo: state?.todo[locale] ?? '',
    face: money(head.faceFen),
    share: head.sharePercent,
    perDeal: money(head.perDealFen),
    left: money(amounts.outstanding + amounts.committed),
    code: code === null ? null : formatVoucherCode(code),
    qr:
      code === null || useBy === null
        ? null
        : await voucherQr(vault, world.webUrl(), { code, kind, useBy }),
    contract:
      contract === null
        ? null
        : {
            provider: provider?.name ?? '',
            total: money(contract.totalFen),
            reserved: money(contract.reservedFen),
            redeemed: money(amounts.redeemed + amounts.claimed + amounts.paid),
          },
    can: movesFrom(pack.vouchers.life, head.state)
      .filter(({ who }) => who.includes('applicant'))
      .map(({ id }) => HolderMove.safeParse(id))
      .flatMap((move) => (move.success ? [move.data] : [])),
  }
}
