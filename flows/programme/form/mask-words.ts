/** What stands in the place of what is hidden. */
export const HIDDEN = '***'

const DIGIT = '[0-9０-９]'
/** What nobody sees, and what stands between words. */
const UNSEEN = '\\s\\u00ad\\u200b-\\u200f\\u2060\\ufeff'
/** Digits as people group them. */
const GAP = `[${UNSEEN}.·,，/／_＿()（）\\-－‐-―]{0,3}`
/** Six and more digits in a row, at the end perhaps an X: numbers of a person, a phone, a card, a case. */
const NUMBER = new RegExp(`${DIGIT}(?:${GAP}${DIGIT}){5,}(?:${GAP}[XxＸｘ])?`, 'gu')
/** The same as it is spoken, or dictated to a telephone. */
const SPOKEN = new RegExp(
  `[〇零一二三四五六七八九幺](?:${GAP}[〇零一二三四五六七八九幺]){6,}`,
  'gu',
)
/** The code of an e-voucher, which is money for whoever has it. */
const CODE = /\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b/g
/** How people tell their name. */
const NAMED = /((?:我叫|名字[是叫：:]?|姓名[是：:]?)\s*)[\p{Script=Han}·]{2,6}/gu
const NAMED_LATIN = /([Mm]y name is\s+|I am called\s+)[\p{L}'-]+(?: \p{Lu}[\p{L}'-]*)*/gu

/**
 * Words without what identifies a person: what is known of them (`values`), numbers that could be of an identity
 * card, a phone or a bank card, and the name that somebody tells. For eyes that may not see the whole. `shown`: what stays,
 * the numbers of offices.
 */
export function maskWords(
  words: string,
  values: readonly string[] = [],
  shown: RegExp | null = null,
): string {
  if (shown === null) return maskAll(words, values)
  const kept = words.match(shown) ?? []
  const parts = words.split(shown).map((part) => maskAll(part, values))
  return parts.map((part, index) => part + (kept[index] ?? '')).join('')
}

function maskAll(words: string, values: readonly string[]): string {
  const known = values
    .map((value) => value.trim())
    .filter((value) => [...value].length > 1)
    .toSorted((one, other) => other.length - one.length)
  let masked = words
  for (const value of known) masked = masked.replace(spelt(value), HIDDEN)
  return masked
    .replace(CODE, HIDDEN)
    .replace(NUMBER, HIDDEN)
    .replace(SPOKEN, HIDDEN)
    .replace(NAMED, `$1${HIDDEN}`)
    .replace(NAMED_LATIN, `$1${HIDDEN}`)
}

/** A value however it is spaced, in small letters or capitals. */
function spelt(value: string): RegExp {
  const letters = [...value].filter((letter) => letter.trim() !== '')
  const quoted = letters.map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return new RegExp(quoted.join(`[${UNSEEN}]{0,2}`), 'giu')
}

/** Lines of a review or a list (`1. 姓名：王小明`) without what stands behind the label. */
export function maskLabelled(words: string): string {
  return words.replace(
    /^(\s*(?:\d+[.．、]\s*|·\s*)?[^：:\n]{1,24}[：:])[^\S\n]*\S.*$/gmu,
    `$1${HIDDEN}`,
  )
}
