import { expect, test } from 'vitest'
import { createClock } from '../../src/platform/clock.ts'

test('the clock says each millisecond as it is, however often it is asked', () => {
  let at = Date.UTC(2018, 5, 1, 8, 0, 0, 7)
  const now = createClock(() => at)
  expect([now(), now()]).toEqual(['2018-06-01T08:00:00.007Z', '2018-06-01T08:00:00.007Z'])
  at += 1
  expect(now()).toBe('2018-06-01T08:00:00.008Z')
  at -= 5000
  expect(now()).toBe('2018-06-01T07:59:55.008Z')
})
