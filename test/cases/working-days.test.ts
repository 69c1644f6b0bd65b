import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beganBefore, workingDaysAfter } from '../../src/cases/working-days.ts'

it.each([
  // Friday morning in China, and a Saturday there that is still Friday in Greenwich.
  ['2018-06-01T02:00:00.000Z', 1, '2018-06-04T16:00:00.000Z'],
  ['2018-06-01T17:00:00.000Z', 1, '2018-06-04T16:00:00.000Z'],
  ['2018-06-04T02:00:00.000Z', 5, '2018-06-11T16:00:00.000Z'],
  ['2018-06-03T02:00:00.000Z', 5, '2018-06-08T16:00:00.000Z'],
  // Saturday the 29th is worked, and Monday is off, as New Year's Day.
  ['2018-12-28T02:00:00.000Z', 2, '2019-01-02T16:00:00.000Z'],
  // Spring Festival and National Day of 2018, with the days that were worked for them.
  ['2018-02-09T02:00:00.000Z', 1, '2018-02-11T16:00:00.000Z'],
  ['2018-02-14T02:00:00.000Z', 1, '2018-02-22T16:00:00.000Z'],
  ['2018-09-28T02:00:00.000Z', 3, '2018-10-08T16:00:00.000Z'],
  // A year that nobody has announced has weeks only.
  ['2090-09-29T02:00:00.000Z', 2, '2090-10-03T16:00:00.000Z'],
])('%s and %i working days end at %s', (at, days, end) => {
  expect(workingDaysAfter(at, days)).toBe(end)
})

it('a limit is over exactly where it began before', () => {
  const moment = fc
    .integer({ min: Date.parse('2018-01-01'), max: Date.parse('2018-12-31') })
    .map((time) => new Date(time).toISOString())
  fc.assert(
    fc.property(moment, moment, fc.integer({ min: 1, max: 30 }), (at, now, days) => {
      expect(workingDaysAfter(at, days) <= now).toBe(at < beganBefore(now, days))
    }),
  )
})
