import { applicationLines } from '../../helpers/applicant.ts'

const CODE_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Questions that anybody asks, at no particular place. */
export const QUESTIONS = [
  '钱多少',
  '菜单',
  '重点人群有哪些',
  '1',
  '电子券怎么用',
  '我的申请',
  '帮助',
]

/**
 * What somebody types from the greeting to the number of their application, for an enterprise that has
 * its licence and so may have vouchers. Different for each `person` below 100 000.
 */
export function licensedLines(person: number): string[] {
  const lines = applicationLines(person)
  const at = lines.indexOf('否')
  return [...lines.slice(0, at), '是', creditCode(person), ...lines.slice(at + 1)]
}

/** A credit code that checks (GB 32100-2015, GB 11714-1997), of nobody. */
export function creditCode(serial: number): string {
  const organisation = `MA6${String(serial).padStart(5, '0')}`
  const sum = [...organisation].reduce(
    (total, digit, at) => total + Number.parseInt(digit, 36) * (ORGANISATION_WEIGHTS[at] ?? 0),
    0,
  )
  const rest = (11 - (sum % 11)) % 11
  const body = `92520100${organisation}${rest === 10 ? 'X' : rest}`
  const total = [...body].reduce(
    (so, digit, at) => so + CODE_LETTERS.indexOf(digit) * (3 ** at % 31),
    0,
  )
  return body + CODE_LETTERS[(31 - (total % 31)) % 31]
}
