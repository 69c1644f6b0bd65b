import { expect, it } from 'vitest'
import { minutesBetween } from '../../flows/engine/elapsed.ts'

it.each([
  ['2026-11-30T23:55:00.000Z', '2026-12-01T00:05:00.000Z', 10],
  ['2027-12-31T23:50:00Z', '2028-01-01T00:20:00Z', 30],
  ['2028-02-28T23:59:00Z', '2028-02-29T00:00:00Z', 1],
  ['2027-02-28T12:00:00Z', '2027-03-01T12:00:00Z', 1440],
  ['2026-11-30T08:00:00Z', '2026-11-30T08:29:00Z', 29],
])('from %s to %s it is %i minutes', (from, to, minutes) => {
  expect(minutesBetween(from, to)).toBe(minutes)
  expect(minutesBetween(from, to)).toBe((Date.parse(to) - Date.parse(from)) / 60_000)
})
