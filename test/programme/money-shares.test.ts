import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitMoney } from '../../flows/programme/money/money-shares.ts'

it('splits the direct subsidy and the follow-up average as the plan says (clause 2)', () => {
  expect(splitMoney(4_500_000, { province: 7, city: 1, county: 2 })).toEqual({
    province: 3_150_000,
    city: 450_000,
    county: 900_000,
  })
  expect(splitMoney(5_000_000, { province: 0, city: 3, county: 7 })).toEqual({
    province: 0,
    city: 1_500_000,
    county: 3_500_000,
  })
})

it('gives every fen to exactly one level, and no level is off by a whole fen', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000_000),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 10 }),
      (fen, province, rest) => {
        const city = Math.min(rest, 10 - province)
        const tenths = { province, city, county: 10 - province - city }
        const parts = splitMoney(fen, tenths)
        expect(parts.province + parts.city + parts.county).toBe(fen)
        for (const level of ['province', 'city', 'county'] as const) {
          expect(Number.isSafeInteger(parts[level])).toBe(true)
          expect(Math.abs(parts[level] - (fen * tenths[level]) / 10)).toBeLessThan(1)
        }
      },
    ),
  )
})

it('refuses shares that are not the whole', () => {
  expect(() => splitMoney(100, { province: 7, city: 1, county: 1 })).toThrow(RangeError)
})
