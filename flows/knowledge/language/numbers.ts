/**
 * Writes every number one way, so that 四万五, 4.5万, 4万5, 45,000 and 45000 are the same word.
 * Expects NFKC, lower-case, simplified text.
 */
export function normaliseNumbers(text: string): string {
  return text
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(IN_ENGLISH, inEnglish)
    .replace(SPOKEN_RATIO, (ratio) => [...ratio].map((c) => DIGITS.get(c) ?? ':').join(''))
    .replace(SPELLED_YEAR, (year) => [...year].map((c) => DIGITS.get(c) ?? c).join(''))
    .replace(SPELLED, (words) => (UNIT.test(words) ? String(amountOf(words)) : words))
    .replace(COUNTED, (digit) => String(DIGITS.get(digit) ?? 10))
    .replace(/(\d+(?:\.\d+)?)([万千wk])(\d)?(千)?(?![\da-z])/g, scaled)
    .replace(/(\d)比(?=\d)/g, '$1:')
    .replace(/(?<![\d.])([12]\d)年(?=[的版度那]|政策|补|标准|方案)/g, '20$1年')
}

const DIGITS: ReadonlyMap<string, number> = new Map(
  [...'零一二三四五六七八九'].map((char, value) => [char, value] as const),
)
  .set('〇', 0)
  .set('两', 2)

const UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
])

const UNIT = /[十百千万亿]/

const ONES = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const TENS = 'ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
/** fifty thousand, forty-five thousand, 45 grand. */
const IN_ENGLISH = new RegExp(
  `\\b(?:(\\d+(?:\\.\\d+)?)|(${TENS.join('|')})?[- ]?(${ONES.join('|')})?) (?:thousand|grand)\\b`,
  'g',
)

function inEnglish(words: string, figure?: string, tens?: string, ones?: string): string {
  const spelled = 10 * (TENS.indexOf(tens ?? '') + 1) + ONES.indexOf(ones ?? '') + 1
  const amount = figure === undefined ? spelled : Number(figure)
  return amount === 0 ? words : String(1000 * amount)
}

/** 七比一比二 */
const SPOKEN_RATIO = /[一二三四五六七八九](?:比[一二三四五六七八九])+/g

/** 二〇一八 */
const SPELLED_YEAR = /[一二][零〇九][零〇一二三四五六七八九]{2}(?=年|$|\D)/g

/** Begins with a digit or 十, so that 千万 and 万一 stay the words they are. */
const SPELLED = /[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]+/g

/** A single digit is a number only before what can be counted: 三变 and 八进 are names. */
const COUNTED = /[一二两三四五六七八九十](?=[个条笔户家级年月项件次种位名人成块元])/g

const SCALES: Readonly<Record<string, number>> = { 万: 10_000, w: 10_000, 千: 1000, k: 1000 }

/** 4.5万, 4万5, 4万5千 */
function scaled(_: string, amount: string, unit: string, tail?: string): string {
  const scale = SCALES[unit] ?? 1
  return String(Math.round(Number(amount) * scale + (tail ? (Number(tail) * scale) / 10 : 0)))
}

/** 四万五 is 45000: a digit left over after 百, 千 or 万 counts tenths of that unit. */
function amountOf(words: string): number {
  let total = 0
  let section = 0
  let digit: number | undefined
  let lastUnit = 1
  let zero = false
  for (const char of words) {
    const unit = UNITS.get(char)
    if (unit === undefined) {
      digit = DIGITS.get(char) ?? 0
      zero ||= digit === 0
    } else if (unit >= 10_000) {
      total += (section + (digit ?? 0) || 1) * unit
      section = 0
      digit = undefined
      lastUnit = unit
      zero = false
    } else {
      section += (digit ?? 1) * unit
      digit = undefined
      lastUnit = unit
      zero = false
    }
  }
  const rest = digit ?? 0
  return total + section + (lastUnit > 10 && !zero ? (rest * lastUnit) / 10 : rest)
}
