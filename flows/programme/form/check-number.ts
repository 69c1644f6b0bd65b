import { checkBankCard } from '../numbers/bank-card.ts'
import { checkCreditCode } from '../numbers/credit-code.ts'
import { checkIdentityNumber } from '../numbers/identity-number.ts'
import { checkMobile } from '../numbers/mobile.ts'
import { problemText } from '../words.ts'
import { accept, type Checked, type FieldContext, reject } from './field-input.ts'
import type { FormField } from './form-field.ts'

/** Checks an identity number; the problem says which digits look wrong. */
export function checkIdentityField(typed: string, { today }: FieldContext): Checked {
  const checked = checkIdentityNumber(typed, today)
  return checked.ok
    ? accept(checked.value)
    : { ok: false, problem: problemText('identity', checked) }
}

/** Checks a mobile number. */
export function checkMobileField(typed: string): Checked {
  const checked = checkMobile(typed)
  return checked.ok ? accept(checked.value) : { ok: false, problem: problemText('mobile', checked) }
}

/**
 * Checks a credit code. Any kind of registration is taken; of some the form has a note to say, and a
 * part that does not add up is worth a second look.
 */
export function checkCreditField(
  { notes }: FormField,
  typed: string,
  context: FieldContext,
): Checked {
  const checked = checkCreditCode(typed)
  if (!checked.ok) return { ok: false, problem: problemText('credit', checked) }
  const { value, kind, warning } = checked
  const note = kind === 'enterprise' ? undefined : notes?.[kind]
  if (note !== undefined) return accept(value, { text: note[context.locale] })
  return accept(value, warning === undefined ? undefined : { key: 'form.creditLookAgain' })
}

/** Checks the number of a bank card, or of any account where the field says how many digits; an identity or mobile number typed in its place is told apart. */
export function checkBankCardField(
  { limits }: FormField,
  typed: string,
  { today }: FieldContext,
): Checked {
  const identity = checkIdentityNumber(typed, today)
  if (identity.ok) return reject('form.bankCardIdentity')
  if (checkMobile(typed).ok) return reject('form.bankCardMobile')
  const { min, max } = limits ?? {}
  const digits = min === undefined || max === undefined ? null : { min, max }
  const checked = checkBankCard(typed, digits)
  if (!checked.ok && checked.problem === 'length' && digits !== null) {
    return reject('form.accountLength', { ...digits, length: checked.length ?? 0 })
  }
  if (!checked.ok) return { ok: false, problem: problemText('bankCard', checked) }
  const { value, warning } = checked
  return accept(value, warning === undefined ? undefined : { key: 'programme.bankCardCheckSum' })
}
