import type { VoucherProgramme } from './voucher.ts'

/** What a voucher was issued with; later rules do not change it. */
export type VoucherTerms = {
  readonly faceFen: number
  readonly sharePercent: number
  readonly perDealFen: number
}

/**
 * How much of a contract a voucher pays: its share, rounded down to whole fen, never above the cap of a
 * deal nor above what is left on the voucher.
 *
 * @example payable({ faceFen: 200000, sharePercent: 50, perDealFen: 100000 }, { contractFen: 150001, leftFen: 200000 }) // 75000
 */
export function payable(
  { sharePercent, perDealFen }: VoucherTerms,
  { contractFen, leftFen }: { contractFen: number; leftFen: number },
): number {
  if (!Number.isSafeInteger(contractFen) || contractFen <= 0) return 0
  const whole = Math.floor(contractFen / 100)
  const share = whole * sharePercent + Math.floor(((contractFen % 100) * sharePercent) / 100)
  return Math.max(0, Math.min(share, perDealFen, leftFen))
}

/** Blind indexes by which two parties are compared without being read. */
export type Party = { readonly credit: string | null; readonly person: string | null }

/** Whether provider and enterprise are one: the same credit code, or the same person behind both. */
export function isRelated(provider: Party, enterprise: Party): boolean {
  const same = (left: string | null, right: string | null) => left !== null && left === right
  return same(provider.credit, enterprise.credit) || same(provider.person, enterprise.person)
}

/**
 * The last day of use and the last day to claim, as `YYYY-MM-DD` in China: the day of issue and so many
 * whole days more. Both days count.
 *
 * @example voucherDates(rules, 2018-06-01T02:00Z in days) // { useBy: '2018-11-28', claimBy: '2018-12-28' }
 */
export function voucherDates(
  { useDays, claimDays }: Pick<VoucherProgramme, 'useDays' | 'claimDays'>,
  issuedOn: string,
): { useBy: string; claimBy: string } {
  const useBy = addDays(issuedOn, useDays)
  return { useBy, claimBy: addDays(useBy, claimDays) }
}

/** Whole days from one `YYYY-MM-DD` to another. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** A `YYYY-MM-DD` so many days later. */
export function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days)
}

/** Days since 1970-01-01 of the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
function dayNumber(day: string): number {
  const [y = 0, month = 1, date = 1] = day.split('-').map(Number)
  const year = month <= 2 ? y - 1 : y
  const era = Math.floor(year / 400)
  const ofEra = year - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return (
    era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
  )
}

function dayOf(number: number): string {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const date = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return [String(year).padStart(4, '0'), pad(month), pad(date)].join('-')
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
