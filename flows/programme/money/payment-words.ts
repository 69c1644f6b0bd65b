import type { Locale } from '../../../locales/keys.ts'
import type { Text } from '../../engine/types.ts'
import { formatMoney } from './format-money.ts'
import { maskPayee, type PaymentStanding } from './payee.ts'

/** What is known of the payment of an approved application, each a sentence, and nothing that is not known. */
export function paymentTexts(standing: PaymentStanding, locale: Locale): Text[] {
  const { approvedFen, allotted, listed, paid, isOpen, paidOn, stands, waits } = standing
  const amount = (fen: number) => formatMoney(fen, locale)
  const isWhole = paid >= approvedFen
  const money: Text[] = isOpen
    ? [{ key: 'payment.paidBefore' }]
    : [
        ...(paid === 0
          ? []
          : [
              {
                key: 'payment.paid' as const,
                params: { amount: amount(paid), day: paidOn ?? '' },
              },
            ]),
        ...(listed === 0
          ? []
          : [{ key: 'payment.listed' as const, params: { amount: amount(listed) } }]),
        ...(isWhole || listed > 0
          ? []
          : [{ key: allotted > 0 ? ('payment.allotted' as const) : ('payment.notYet' as const) }]),
      ]
  return [
    ...money,
    ...(stands === null ? [] : [{ key: 'payment.stands' as const, params: maskPayee(stands) }]),
    ...(waits === null ? [] : [{ key: 'payment.waits' as const, params: maskPayee(waits) }]),
    ...(stands === null && waits === null && !isWhole && !isOpen
      ? [{ key: 'payment.missing' as const }]
      : []),
  ]
}
