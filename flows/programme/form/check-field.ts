import { actOf } from '../../engine/acts.ts'
import { NOT_SURE } from '../rules/answers.ts'
import { checkCount, checkMoney } from './check-amount.ts'
import { checkOneOf, checkSomeOf, checkYesNo } from './check-choice.ts'
import { checkName } from './check-name.ts'
import {
  checkBankCardField,
  checkCreditField,
  checkIdentityField,
  checkMobileField,
} from './check-number.ts'
import { checkPlace, choosePlace } from './check-place.ts'
import { checkText } from './check-text.ts'
import { accept, type Checked, type FieldContext, type FieldInput, reject } from './field-input.ts'
import { type FormField, SKIPPED } from './form-field.ts'

/**
 * Checks what was said to a field: the value to keep, what is wrong and how to put it right, or which
 * of a few was meant. Never throws, whatever is typed, and never repeats it.
 *
 * @example
 * checkField(field, { typed: '八万五' }, context) // { ok: true, value: 8_500_000 }
 */
export function checkField(field: FormField, input: FieldInput, context: FieldContext): Checked {
  if (input === 'skip') return skip(field)
  if (input === 'unsure') return unsure(field)
  if ('chosen' in input) return choose(field, input.chosen, context)
  const typed = input.typed.slice(0, LONGEST)
  const words = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!,\s]+$/u, '')
  const act = actOf(typed)
  if (SKIP.test(words) || act === 'skip' || (leavesOut(field) && NOTHING.test(words)))
    return skip(field)
  if (UNSURE.test(words) || act === 'unsure') return unsure(field)
  if (field.kind === 'yes-no' && act === 'no') return accept(false)
  if (field.kind === 'some-of' && act === 'none') return accept([])
  return checkTyped(field, typed, context)
}

/** More than any field takes; what is longer is too long anyway. */
const LONGEST = 2000

const SKIP = /^(?:跳过|不填|不填了|略|略过|先跳过|skip|pass|n\/a)$/
const NOTHING = /^(?:没有|没得|没|无|空|没有的|none|nothing|no|nil|[-—/])$/
const UNSURE =
  /^(?:说不准|不清楚|不知道|不晓得|不确定|说不清|拿不准|不好说|not sure|unsure|don'?t know|i don'?t know|idk)$/

/** To yes or no, a number or a choice, "none" is an answer of its own. */
function leavesOut({ optional, kind }: FormField): boolean {
  return optional === true && !['yes-no', 'one-of', 'some-of', 'money', 'count'].includes(kind)
}

/** What is sensitive can be kept back even after the consent to be asked. */
function skip({ optional, sensitive, kind }: FormField): Checked {
  if (optional || sensitive) return accept(SKIPPED)
  return reject(kind === 'some-of' ? 'form.severalNoSkip' : 'form.noSkip')
}

function unsure(field: FormField): Checked {
  if (field.unsure) return accept(NOT_SURE)
  return field.optional ? accept(SKIPPED) : reject(UNSURE_PROBLEMS[field.kind] ?? 'form.noUnsure')
}

const UNSURE_PROBLEMS: Partial<Record<FormField['kind'], 'form.moneyUnsure' | 'form.countUnsure'>> =
  { money: 'form.moneyUnsure', count: 'form.countUnsure' }

function choose(field: FormField, chosen: readonly string[], context: FieldContext): Checked {
  const { kind, options = [] } = field
  const known = options.map(({ id }) => id).filter((id) => chosen.includes(id))
  const [only] = chosen
  const gone = known.length < new Set(chosen).size
  if (kind === 'some-of') return gone ? reject('form.choiceUnknown') : accept(known)
  if (only === undefined || chosen.length > 1) return reject('form.choiceSeveral')
  if (kind === 'one-of') return gone ? reject('form.choiceUnknown') : accept(only)
  if (kind === 'place') return choosePlace(only, context)
  if (kind === 'yes-no' && (only === 'yes' || only === 'no')) return accept(only === 'yes')
  return reject('form.choiceUnknown')
}

function checkTyped(field: FormField, typed: string, context: FieldContext): Checked {
  switch (field.kind) {
    case 'name':
      return checkName(typed)
    case 'identity-number':
      return checkIdentityField(typed, context)
    case 'mobile':
      return checkMobileField(typed)
    case 'place':
      return checkPlace(typed, context)
    case 'text':
      return checkText(field, typed)
    case 'one-of':
      return checkOneOf(field, typed)
    case 'some-of':
      return checkSomeOf(field, typed)
    case 'yes-no':
      return checkYesNo(typed)
    case 'credit-code':
      return checkCreditField(field, typed, context)
    case 'money':
      return checkMoney(field, typed, context)
    case 'count':
      return checkCount(field, typed, context)
    case 'bank-card':
      return checkBankCardField(field, typed, context)
  }
}
