import type { MessageKey } from '../../locales/keys.ts'
import type { KeyedText } from '../engine/types.ts'
import type { RefusedInput } from './form/typed.ts'
import type { BankCardProblem } from './numbers/bank-card.ts'
import type { CreditCodeProblem } from './numbers/credit-code.ts'
import type { IdentityProblem } from './numbers/identity-number.ts'
import type { MobileProblem } from './numbers/mobile.ts'
import type { VerdictKind } from './rules/evaluate.ts'
import type { Truth } from './rules/logic.ts'
import type { Rule } from './rules/rule.ts'

type Field = 'identity' | 'credit' | 'mobile' | 'bankCard'
type ProblemOf = {
  identity: IdentityProblem
  credit: CreditCodeProblem
  mobile: MobileProblem
  bankCard: BankCardProblem
}

/**
 * What is said of a number that was not taken: what looks wrong, where, and what to do. The number
 * itself is never repeated.
 *
 * @example
 * problemText('identity', { ok: false, problem: 'date', at: { from: 7, to: 14 } })
 */
export function problemText<F extends Field>(
  field: F,
  { problem, at, length }: RefusedInput<ProblemOf[F]>,
): KeyedText {
  const params = { ...at, ...(length === undefined ? {} : { length }) }
  return { key: PROBLEMS[field][problem], params }
}

const PROBLEMS: { [F in Field]: Record<ProblemOf[F], MessageKey> } = {
  identity: {
    empty: 'programme.identityEmpty',
    characters: 'programme.identityCharacters',
    'old-15': 'programme.identityOld15',
    length: 'programme.identityLength',
    date: 'programme.identityDate',
    future: 'programme.identityFuture',
    'under-18': 'programme.identityUnder18',
    'check-digit': 'programme.identityCheckDigit',
  },
  credit: {
    empty: 'programme.creditEmpty',
    characters: 'programme.creditCharacters',
    'old-15': 'programme.creditOld15',
    length: 'programme.creditLength',
    'organisation-code': 'programme.creditOrganisationCode',
    check: 'programme.creditCheck',
  },
  mobile: {
    empty: 'programme.mobileEmpty',
    characters: 'programme.mobileCharacters',
    foreign: 'programme.mobileForeign',
    landline: 'programme.mobileLandline',
    length: 'programme.mobileLength',
    prefix: 'programme.mobilePrefix',
  },
  bankCard: {
    empty: 'programme.bankCardEmpty',
    characters: 'programme.bankCardCharacters',
    length: 'programme.bankCardLength',
  },
}

/** A verdict in a sentence. None of them is a plain no. */
export const VERDICT_TEXT: Readonly<Record<VerdictKind, MessageKey>> = {
  priority: 'programme.verdictPriority',
  preference: 'programme.verdictPreference',
  'no-priority-stated': 'programme.verdictNoPriorityStated',
  unknown: 'programme.verdictUnknown',
  elsewhere: 'programme.verdictElsewhere',
}

/** A rule's result in a word. */
export const RESULT_TEXT: Readonly<Record<Truth, MessageKey>> = {
  yes: 'programme.resultYes',
  no: 'programme.resultNo',
  unknown: 'programme.resultUnknown',
}

/** How well a rule is known. */
export const CONFIDENCE_TEXT: Readonly<Record<Rule['confidence'], MessageKey>> = {
  original: 'programme.confidenceOriginal',
  reposted: 'programme.confidenceReposted',
  'machine-translated': 'programme.confidenceMachineTranslated',
  inferred: 'programme.confidenceInferred',
}
