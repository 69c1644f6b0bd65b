import type { FormField } from './form-field.ts'

/** The first character and a star for each other, five at most: `张*`, `Z*****`. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name]
  return rest.length === 0 ? '*' : first + '*'.repeat(Math.min(rest.length, 5))
}

/** The first four and the last four of eighteen: `5201**********0009`. */
export function maskIdentityNumber(number: string): string {
  return keepEnds(number, 4, 4, 10)
}

/** The first three and the last four of eleven: `139****9000`. */
export function maskMobile(number: string): string {
  return keepEnds(number, 3, 4, 4)
}

/** The last four: `****0005`. */
export function maskBankCard(number: string): string {
  return keepEnds(number, 0, 4, 4)
}

/** The mask of a field's kind; what has none shows its first character. */
export function maskValue(kind: FormField['kind'], value: string): string {
  switch (kind) {
    case 'identity-number':
      return maskIdentityNumber(value)
    case 'mobile':
      return maskMobile(value)
    case 'bank-card':
      return maskBankCard(value)
    default:
      return maskName(value)
  }
}

/**
 * Words with the identity, mobile and account numbers in them masked as a review masks them, right or mistyped: how what a
 * person typed is shown once more. A number of twelve digits or less may be anything.
 *
 * @example maskNumbers('王小明 13900009000') // '王小明 139****9000'
 */
export function maskNumbers(words: string): string {
  return words
    .replace(IDENTITY, (number) => maskIdentityNumber(number.replace(/[ -]/g, '')))
    .replace(MOBILE, (number) => maskMobile(number.replace(/[ -]/g, '')))
    .replace(ACCOUNT, (number) => maskBankCard(number.replace(/[ -]/g, '')))
}

const IDENTITY = /(?<![\dA-Za-z])[1-8]\d{5}[ -]?(?:\d[ -]?){8,11}[\dXx](?![\dA-Za-z])/g
const MOBILE = /(?<![\dA-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z])/g

/** In one piece, or in groups as they stand on a card. */
const ACCOUNT =
  /(?<![\dA-Za-z*-])(?=(?:\d[ -]?){13,30}(?![\dA-Za-z*]))\d{3,}(?:[ -]\d{3,})*(?![\dA-Za-z*-])/g

/** What is too short to hide anything is hidden whole. */
function keepEnds(value: string, head: number, tail: number, stars: number): string {
  const chars = [...value]
  const hidden = '*'.repeat(stars)
  if (chars.length < head + tail + 4) return hidden
  return chars.slice(0, head).join('') + hidden + chars.slice(-tail).join('')
}
