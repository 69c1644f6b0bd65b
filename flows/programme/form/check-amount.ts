import { type Amount, readAmount } from '../money/amounts.ts'
import { formatMoney } from '../money/format-money.ts'
import { accept, type Checked, type FieldContext, reject } from './field-input.ts'
import type { FormField } from './form-field.ts'

const NONE =
  /^(?:还|暂时|现在)?(?:没有|没得|没|无|一个也没有|一个都没有|一分没有|一分钱没有)(?:投|出|花|请|人|钱|过|呢)*$|^(?:none|no|no one|nobody|nothing|zero)$/i

/** Below this many yuan somebody most likely left out a 万, unless 元 stands behind it. */
const LIKELY_WAN = 1000
const IN_YUAN = /[元块]|\b(?:yuan|rmb|cny)\b/i

/** Plausible at most, where the form sets no limit: a hundred million yuan, ten thousand people. */
const MOST_FEN = 10_000_000_000
const MOST_PEOPLE = 10_000

/** Checks an amount of money, typed in yuan in any usual way; the value is in fen. */
export function checkMoney(
  { limits }: FormField,
  typed: string,
  { locale }: FieldContext,
): Checked {
  const text = plain(typed)
  if (/[$€£]|美元|美金|欧元|港币|日元|英镑|\b(?:usd|eur|hkd|gbp|dollars?|euros?)\b/i.test(text)) {
    return reject('form.moneyForeign')
  }
  if (/%|[\d一二三四五六七八九]\s*[成角毛分]/.test(text)) return reject('form.moneyUnclear')
  const amount = NONE.test(text) ? ({ kind: 'number', value: 0 } as const) : readAmount(text)
  if (amount.kind !== 'number') return reject(MONEY_PROBLEMS[amount.kind])
  const fen = Math.round(amount.value * 100)
  const { min = 0, max = MOST_FEN } = limits ?? {}
  if (Math.abs(amount.value * 100 - fen) > 1e-4) return reject('form.moneyCents')
  if (amount.value > 0 && amount.value < LIKELY_WAN && !IN_YUAN.test(text)) {
    return reject('form.moneyLikelyWan', { amount: formatMoney(fen, locale) })
  }
  if (fen < min) return reject('form.moneyTooLittle', { min: formatMoney(min, locale) })
  if (fen > max) return reject('form.moneyTooMuch', { max: formatMoney(max, locale) })
  return accept(fen)
}

/** Checks a number of people. */
export function checkCount(
  { limits }: FormField,
  typed: string,
  { answers }: FieldContext,
): Checked {
  const text = plain(typed)
  const amount = NONE.test(text) ? ({ kind: 'number', value: 0 } as const) : readAmount(text)
  if (amount.kind !== 'number') return reject(COUNT_PROBLEMS[amount.kind])
  const { min = 0, max = MOST_PEOPLE, lessThan } = limits ?? {}
  const { value } = amount
  if (!Number.isInteger(value)) return reject('form.countFraction')
  if (value < min) return reject('form.countTooFew', { min })
  if (value > max) return reject('form.countTooMany', { max })
  const total = lessThan === undefined ? undefined : answers[lessThan]
  return typeof total === 'number' && value >= total
    ? reject('form.countOverTotal', { total, max: total - 1 })
    : accept(value)
}

const plain = (typed: string) =>
  typed
    .normalize('NFKC')
    .trim()
    .replace(/[。.!?,\s]+$/u, '')

const MONEY_PROBLEMS = {
  empty: 'form.moneyEmpty',
  none: 'form.moneyUnclear',
  several: 'form.moneySeveral',
  vague: 'form.moneyVague',
  negative: 'form.moneyNegative',
} as const satisfies Record<Exclude<Amount['kind'], 'number'>, string>

const COUNT_PROBLEMS = {
  empty: 'form.countEmpty',
  none: 'form.countUnclear',
  several: 'form.countSeveral',
  vague: 'form.countVague',
  negative: 'form.countNegative',
} as const satisfies Record<Exclude<Amount['kind'], 'number'>, string>
