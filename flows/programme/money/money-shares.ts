/** What each level of government pays of an amount, in fen. */
export type MoneyShares = { province: number; city: number; county: number }

/**
 * Splits an amount of fen by shares in tenths, so that the parts add up to the very amount: what a division
 * leaves over goes, fen by fen, to the largest remainders, the upper level first where they are equal.
 * Throws where the shares are not ten tenths.
 *
 * @example
 * splitMoney(4_500_000, { province: 7, city: 1, county: 2 }) // plan of 2018, clause 2 (二)
 * // { province: 3_150_000, city: 450_000, county: 900_000 }
 */
export function splitMoney(fen: number, tenths: MoneyShares): MoneyShares {
  const levels = ['province', 'city', 'county'] as const
  if (tenths.province + tenths.city + tenths.county !== 10) {
    throw new RangeError('the shares of the levels must add up to ten tenths')
  }
  const parts = levels.map((level) => {
    const exact = fen * tenths[level]
    return { level, whole: Math.floor(exact / 10), rest: exact % 10 }
  })
  let left = fen - parts.reduce((sum, { whole }) => sum + whole, 0)
  const shares = { province: 0, city: 0, county: 0 }
  for (const { level, whole } of parts.toSorted((one, other) => other.rest - one.rest)) {
    shares[level] = whole + (left > 0 ? 1 : 0)
    left -= 1
  }
  return shares
}
