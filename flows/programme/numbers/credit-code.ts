import { firstOutside, normaliseTyped, type RefusedInput, refuse } from '../form/typed.ts'

export type CreditCodeProblem =
  | 'empty'
  | 'characters'
  | 'old-15'
  | 'length'
  | 'organisation-code'
  | 'check'

/** 91: a company or sole proprietorship, 92: 个体工商户, 93: 农民专业合作社. */
type RegistrationKind = 'enterprise' | 'individual' | 'cooperative' | 'other'

export type CreditCode =
  | {
      readonly ok: true
      readonly value: string
      readonly kind: RegistrationKind
      /** Set where the organisation code inside does not check: worth a look, no reason to refuse. */
      readonly warning?: 'organisation-code'
    }
  | RefusedInput<CreditCodeProblem>

/**
 * Checks a unified social credit code, GB 32100-2015: registrar, kind, six digits of place, the nine
 * characters of the organisation code (GB 11714) and a check character MOD 31 over an alphabet
 * without I O S V Z. The check character of a remainder of 0 is `0`. A single wrong character is
 * always caught; the organisation code then tells in which part it stands.
 *
 * @example
 * checkCreditCode('91350100m000100y43') // { ok: true, value: '91350100M000100Y43', kind: 'enterprise' }
 */
export function checkCreditCode(typed: string): CreditCode {
  const value = normaliseTyped(typed)
  if (value === '') return refuse('empty')
  // A registration number of before the one code: digits only, of one length.
  if (/^\d{15}$/.test(value)) return refuse('old-15')
  const odd = firstOutside(value, ALPHABET)
  if (odd !== null) return refuse('characters', odd)
  if (value.length !== 18) return { ...refuse('length'), length: value.length }
  const organised = organisationCheck(value.slice(8, 16)) === value[16]
  if (checkCharacter(value) !== value[17]) {
    return organised ? refuse('check', 1, 18) : refuse('organisation-code', 9, 17)
  }
  const kind = KINDS[value.slice(0, 2)] ?? 'other'
  return { ok: true, value, kind, ...(organised ? {} : { warning: 'organisation-code' }) }
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

function checkCharacter(value: string): string | undefined {
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * ALPHABET.indexOf(value[index] ?? ''),
    0,
  )
  return ALPHABET[(31 - (sum % 31)) % 31]
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11714: base 36, 11 minus the remainder; 10 is X and 11 is 0. */
function organisationCheck(body: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number.parseInt(body[index] ?? '0', 36),
    0,
  )
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

const KINDS: Readonly<Record<string, RegistrationKind>> = {
  91: 'enterprise',
  92: 'individual',
  93: 'cooperative',
}
