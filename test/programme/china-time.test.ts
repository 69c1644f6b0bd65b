import { describe, expect, it } from 'vitest'
import { chinaDay, chinaHour, chinaMonth, chinaYear } from '../../flows/programme/china-time.ts'
import { checkIdentityNumber } from '../../flows/programme/numbers/identity-number.ts'
import { showTime } from '../../src/console/view.ts'
import { newReceipt } from '../../src/people/my-data/receipt.ts'

describe("China's day", () => {
  it('begins eight hours before that of Greenwich', () => {
    expect(chinaDay('2026-12-31T15:59:59Z')).toBe('2026-12-31')
    expect(chinaDay('2026-12-31T16:00:00Z')).toBe('2027-01-01')
    expect(chinaMonth('2026-12-31T17:00:00Z')).toBe('2027-01')
    expect(chinaYear('2026-12-31T17:00:00Z')).toBe(2027)
    expect(chinaHour('2026-12-31T17:00:00Z')).toBe('01:00')
    expect(chinaDay('2018-06-01')).toBe('2018-06-01')
    expect(() => chinaDay('yesterday')).toThrow(RangeError)
  })

  it('decides who is eighteen, from midnight on', () => {
    const born = '520103200901010007'
    expect(checkIdentityNumber(born, '2026-12-31T17:00:00Z')).toMatchObject({ ok: true })
    expect(checkIdentityNumber(born, '2026-12-31T15:59:00Z')).toMatchObject({ problem: 'under-18' })
  })

  it('stands in a receipt', () => {
    const receipt = newReceipt({ newId: () => '0123456789' }, '2026-12-31T17:00:00Z')
    expect(receipt).toMatch(/^SJ-20270101-/)
  })

  it('decides whether a year is shown', () => {
    const view = { locale: 'zh-Hans' as const, now: '2027-01-05T02:00:00Z' }
    expect(showTime(view, '2026-12-31T17:00:00Z')).not.toContain('2027')
    expect(showTime(view, '2026-12-31T15:00:00Z')).toContain('2026')
  })
})

it('reckons as a calendar does, at every hour of four years', () => {
  for (let time = Date.UTC(2019, 11, 1); time < Date.UTC(2024, 2, 3); time += 3_600_000) {
    const at = new Date(time).toISOString()
    const clock = new Date(time + 8 * 3_600_000).toISOString()
    if (chinaDay(at) !== clock.slice(0, 10)) expect(chinaDay(at), at).toBe(clock.slice(0, 10))
    if (chinaHour(at) !== clock.slice(11, 16)) expect(chinaHour(at), at).toBe(clock.slice(11, 16))
  }
  expect(chinaDay('2100-02-28T16:00:00.000Z')).toBe('2100-03-01')
})
