import { firstOutside, normaliseTyped, type RefusedInput, refuse } from '../form/typed.ts'

export type BankCardProblem = 'empty' | 'characters' | 'length'

export type BankCard =
  | {
      readonly ok: true
      readonly value: string
      /** The check sum does not fit: ask to look again, and take it if it stands. */
      readonly warning?: 'check-sum'
    }
  | RefusedInput<BankCardProblem>

/** How many digits a bank card has. */
const CARD = { min: 16, max: 19 }

/**
 * Checks a bank card number: 16 to 19 digits, ISO/IEC 7812-1 with its check sum (Luhn). Some cards
 * issued in China do not follow it, so a wrong sum is a warning and never a refusal. `digits`: of any account, whose
 * number has no check sum that all banks share; then only digits and length count. Asked only where the policy pack says so.
 *
 * @example
 * checkBankCard('6226 0509 6775 0613') // { ok: true, value: '6226050967750613' }
 */
export function checkBankCard(typed: string, digits: typeof CARD | null = null): BankCard {
  const value = normaliseTyped(typed)
  if (value === '') return refuse('empty')
  const odd = firstOutside(value, '0123456789')
  if (odd !== null) return refuse('characters', odd)
  const { min, max } = digits ?? CARD
  if (value.length < min || value.length > max) {
    return { ...refuse('length'), length: value.length }
  }
  return digits !== null || luhnSum(value) % 10 === 0
    ? { ok: true, value }
    : { ok: true, value, warning: 'check-sum' }
}

/** From the right, every second digit doubled, nine taken off what exceeds nine. */
function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((total, char, index) => {
    const digit = Number(char) * (index % 2 === 0 ? 1 : 2)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
}
