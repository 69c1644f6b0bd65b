import type { Numbering } from '../lifecycle/stage.ts'

export type CaseNumber =
  | {
      readonly ok: true
      /** As it is written and stored: `GY18-02-000017`. */
      readonly value: string
      /** The place's id. */
      readonly district: string
      readonly serial: number
    }
  /** malformed: this is no number of ours · check-failed: it looks like one, with a slip in it. */
  | { readonly ok: false; readonly problem: 'empty' | 'malformed' | 'check-failed' }

/** Serials shorter than this are filled up; the hundred-thousandth case of a district is one longer. */
const SERIAL_DIGITS = 5

/**
 * The number of an application: programme and year, district, serial and a check character over all
 * digits (ISO/IEC 7064 MOD 11-2, 0-9 or X, as at the end of an identity number). It finds every
 * single wrong digit and every swap of two digits. Throws for a district without a code.
 *
 * @example
 * caseNumber(numbering, 'nanming', 123) // 'GY18-02-001237'
 */
export function caseNumber(numbering: Numbering, district: string, serial: number): string {
  const code = numbering.districts[district]
  if (code === undefined || !Number.isSafeInteger(serial) || serial < 1) {
    throw new Error(`no application can be numbered ${serial} in ${district}`)
  }
  const digits = String(serial).padStart(SERIAL_DIGITS, '0')
  const check = checkCharacter(numbering.prefix.slice(2) + code + digits)
  return `${numbering.prefix}-${code}-${digits}${check}`
}

/** A number as an example: whether it is anybody's does not matter. Empty where nothing is numbered. */
export function sampleCaseNumber(numbering: Numbering | undefined): string {
  const [district] = Object.keys(numbering?.districts ?? {})
  return numbering === undefined || district === undefined
    ? ''
    : caseNumber(numbering, district, 123)
}

/**
 * Reads a number that was typed: in full width, small letters, with other dashes, spaces or none,
 * with O for 0 and I or l for 1. It says what is wrong and nothing about whether there is such a case.
 *
 * @example
 * parseCaseNumber(numbering, 'gy18 O2 OO1237') // { ok: true, value: 'GY18-02-001237', … }
 */
export function parseCaseNumber(numbering: Numbering, typed: string): CaseNumber {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-ZΧХ×]/g, '')
    .replace(/[ΧХ×]/g, 'X')
  if (text === '') return { ok: false, problem: 'empty' }
  const { prefix, districts } = numbering
  const folded = text.replaceAll('O', '0').replace(/[IL]/g, '1')
  const body = folded.slice(prefix.length)
  const enough = 2 + SERIAL_DIGITS
  if (!folded.startsWith(prefix) || !/^\d+[\dX]$/.test(body) || body.length <= enough) {
    return { ok: false, problem: 'malformed' }
  }
  const digits = prefix.slice(2) + body.slice(0, -1)
  if (checkCharacter(digits) !== body.at(-1)) return { ok: false, problem: 'check-failed' }
  const code = body.slice(0, 2)
  const district = Object.keys(districts).find((id) => districts[id] === code)
  const serial = Number(body.slice(2, -1))
  if (district === undefined || serial === 0 || !Number.isSafeInteger(serial)) {
    return { ok: false, problem: 'malformed' }
  }
  const value = caseNumber(numbering, district, serial)
  return value === `${prefix}-${code}-${body.slice(2)}`
    ? { ok: true, value, district, serial }
    : { ok: false, problem: 'malformed' }
}

/** ISO/IEC 7064 MOD 11-2: a pure system, so that each digit has a weight of its own modulo 11. */
function checkCharacter(digits: string): string {
  const sum = [...digits].reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0)
  return '0123456789X'[(12 - sum) % 11] ?? ''
}
