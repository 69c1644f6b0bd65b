import type { FormAnswers } from '../form/form-field.ts'
import { maskBankCard, maskName } from '../form/mask.ts'
import { normaliseName } from '../lookup-words.ts'

/** The account that money is paid to. */
export type Payee = { holder: string; bank: string; number: string }

/** Why an account takes two members of staff: it is somebody else's, or one stood before. */
export type PayeeDoubt = 'other-holder' | 'change'

/** Those whose account is taken as theirs: the applicant, and the business where it has a name. */
export type PayeeNames = { applicant: string; business: string | null }

/** The account that the answers of the pack's form name; null where they do not name all of it. */
export function payeeOf(answers: FormAnswers, { applicant, business }: PayeeNames): Payee | null {
  const { whose, holder, bank, number } = answers
  const named = whose === 'own' ? applicant : whose === 'business' ? business : holder
  return typeof named === 'string' && typeof bank === 'string' && typeof number === 'string'
    ? { holder: named, bank, number }
    : null
}

/** What of an account takes two members of staff; null: nothing does. `stood`: one was theirs before. */
export function doubtOf(
  { holder }: Payee,
  { applicant, business }: PayeeNames,
  stood: boolean,
): PayeeDoubt | null {
  const names = business === null ? [applicant] : [applicant, business]
  const isTheirs = names.some((name) => normaliseName(name) === normaliseName(holder))
  return isTheirs ? (stood ? 'change' : null) : 'other-holder'
}

/** What texts name of an account to whom it is not revealed. */
export function maskPayee({ holder, bank, number }: Payee) {
  return { holder: maskName(holder), bank, account: maskBankCard(number) }
}

/** Whether two accounts are one. */
export function isSamePayee(one: Payee, other: Payee): boolean {
  return (
    one.number === other.number &&
    one.bank === other.bank &&
    normaliseName(one.holder) === normaliseName(other.holder)
  )
}

/** How the payment of an application stands, in fen. */
export type PaymentStanding = {
  approvedFen: number
  allotted: number
  /** Upon a list that is on its way to the bank. */
  listed: number
  paid: number
  /** It stands as paid, and no amount is recorded. */
  isOpen: boolean
  /** The day of the last payment, `YYYY-MM-DD`. */
  paidOn: string | null
  /** The account that stands, and one that waits for two members of staff. */
  stands: Payee | null
  waits: Payee | null
}
