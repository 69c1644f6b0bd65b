import { named } from '../../engine/named.ts'
import { simplify } from '../../knowledge/language/traditional.ts'

/** What a typed number is, or why it is none. */
export type Amount =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind:
        | 'empty'
        | 'none'
        /** More than one number, or from … to … */
        | 'several'
        /** 几万, 十来个, 七八万: no number that could be written down. */
        | 'vague'
        | 'negative'
    }

/**
 * Reads the one number in typed words: `100000`, `80,000`, `10万`, `10w`, `八万五`, `8万5`, `壹拾万`,
 * `about 80 thousand`, `三个人`, in full-width digits too. Two numbers, or a vague one, are asked
 * about and never guessed.
 *
 * @example
 * readAmount('大概八万五') // { kind: 'number', value: 85000 }
 */
export function readAmount(typed: string): Amount {
  const text = normaliseAmount(typed)
  if (text === '') return { kind: 'empty' }
  if (/^(?:[-−‒–—]\s*[\d.]|负|minus\b)/.test(text)) return { kind: 'negative' }
  const found = text.match(NUMBER) ?? []
  const [first, ...more] = found
  if (VAGUE.test(text)) return { kind: 'vague' }
  if (first === undefined) return { kind: 'none' }
  if (more.length > 0) return { kind: 'several' }
  const value = numberOf(first)
  return value === null ? { kind: 'vague' } : { kind: 'number', value }
}

/**
 * An exact amount that staff typed in yuan, in fen: digits or Chinese numerals and nothing else, at most two decimals,
 * below ten thousand million yuan. Null for what is none; a comma or a space stands between thousands and nowhere else.
 */
export function readFen(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/\s*(?:元整?|yuan)$/i, '')
  if (!/^(?:\d(?:[\d, ]*\d)?(?:\.\d{1,2})?|\p{Script=Han}+)$/u.test(plain)) return null
  const amount = readAmount(plain)
  if (amount.kind !== 'number' || amount.value >= 1e10) return null
  return Math.round(amount.value * 100)
}

const HAN_DIGITS = '零一二三四五六七八九'
const FORMAL: Readonly<Record<string, string>> = {
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  〇: '零',
  两: '二',
  俩: '二',
  仨: '三',
}
const WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  thousand: '千',
  million: '百万',
  hundred: '百',
  wan: '万',
}

function normaliseAmount(typed: string): string {
  return simplify(typed.normalize('NFKC'))
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[壹贰叁肆伍陆柒捌玖拾佰仟〇两俩仨]/g, (char) => FORMAL[char] ?? char)
    .replace(/[a-z]+/g, (word) => named(WORDS, word) ?? word)
    .replace(IDIOMS, ' ')
    .replace(/([一二三四五六七八九十])点([零一二三四五六七八九])(?=[万千亿])/g, spokenDecimal)
    .replace(/(\d)[,，](?=\d{3}(?!\d))/g, '$1')
    .replace(/(?<![\d.])\d{1,3}(?: \d{3})+(?![\d.])/g, (all) => all.replaceAll(' ', ''))
    .replace(/([\d百千万])\s+(?=[十百千万亿wk])/g, '$1')
    .replace(/(\d)w(?![a-z])/g, '$1万')
    .replace(/(\d)k(?![a-z])/g, '$1千')
    .trim()
}

/** Words with a numeral in them that count nothing. */
const IDIOMS =
  /一共|一起|一点|一下|一些|一般|一直|一定|统一|唯一|第一|十分|(?<![\d零一二三四五六七八九十百千])万一|千万不/g

function spokenDecimal(_: string, whole: string, tenth: string): string {
  return `${whole === '十' ? 10 : HAN_DIGITS.indexOf(whole)}.${HAN_DIGITS.indexOf(tenth)}`
}

/** Digits and Chinese numerals that stand together. */
const NUMBER = /(?:\d+(?:\.\d+)?|(?<![\d.])\.\d+|[零一二三四五六七八九十百千万亿])+/g

/** 几, 多少, 十来个, 十几万, 七八万, 两三个, 不到5万; but 三十多 and 8万多 have their number said. */
const VAGUE =
  /几|多少|数[十百千万]|[\d十百千万]来|半|不到|不足|不止|超过|至少|最多|以上|以下|以内|(?<!\d)[十百千]?[一二三四五六七八九]{2}(?=[十百千万个人名位])|\b(?:half|quarter|third|few|couple|several|dozens?|under|over|less|more|least|most|up to)\b/

const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const BIG: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 }

/** 四万五 is 45000: one digit left over after 百, 千 or 万 counts tenths of that unit. */
function numberOf(number: string): number | null {
  const tokens = number.match(/\d+(?:\.\d+)?|\.\d+|./g) ?? []
  // 十 alone is ten; 百, 千 and 万 alone count nothing.
  if (/^[百千万亿]$/.test(number)) return null
  let [total, section, lastSmall, lastUnit] = [0, 0, Number.POSITIVE_INFINITY, 1]
  let [digits, zero]: [string | null, boolean] = [null, false]
  for (const token of tokens) {
    const small = SMALL[token]
    const big = BIG[token]
    if (small !== undefined) {
      if (small >= lastSmall || Number(digits ?? 1) >= small * 10) return null
      section += Number(digits ?? 1) * small
      ;[digits, lastSmall, lastUnit, zero] = [null, small, small, false]
    } else if (big !== undefined) {
      const before = section + Number(digits ?? 0)
      if (before === 0 || (total > 0 && big >= lastUnit && lastUnit >= 10_000)) return null
      total = big > total ? (total + before) * big : total + before * big
      section = 0
      ;[digits, lastSmall, lastUnit, zero] = [null, Number.POSITIVE_INFINITY, big, false]
    } else if (token === '零') {
      if (digits !== null) return null
      if (tokens.length === 1) return 0
      zero = true
    } else {
      if (digits !== null) return null
      const han = HAN_DIGITS.indexOf(token)
      digits = han === -1 ? token : String(han)
    }
  }
  const rest = Number(digits ?? 0)
  const tenths = lastUnit > 10 && !zero && digits?.length === 1
  if (!tenths && lastUnit > 1 && rest >= lastUnit) return null
  return total + section + (tenths ? (rest * lastUnit) / 10 : rest)
}
