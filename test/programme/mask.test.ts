import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maskBankCard,
  maskIdentityNumber,
  maskMobile,
  maskName,
  maskValue,
} from '../../flows/programme/form/mask.ts'

it('hides what identifies a person', () => {
  expect(maskName('张三')).toBe('张*')
  expect(maskName('欧阳娜娜')).toBe('欧***')
  expect(maskName('𠮷田')).toBe('𠮷*')
  expect(maskName('Zhang Xiaoming')).toBe('Z*****')
  expect(maskIdentityNumber('520102190001010009')).toBe('5201**********0009')
  expect(maskMobile('13900139000')).toBe('139****9000')
  expect(maskBankCard('6200000000000005')).toBe('****0005')
  expect(maskBankCard('6205500000000000004')).toBe('****0004')
})

it('hides a value too short to show a part of', () => {
  expect(maskName('张')).toBe('*')
  expect(maskName('')).toBe('*')
  expect(maskIdentityNumber('52010219')).toBe('**********')
  expect(maskMobile('1390013')).toBe('****')
  expect(maskBankCard('0005')).toBe('****')
})

describe.each([
  ['name', 1, 0],
  ['text', 1, 0],
  ['identity-number', 4, 4],
  ['mobile', 3, 4],
  ['bank-card', 0, 4],
] as const)('%s', (kind, head, tail) => {
  it(`shows at most ${head} and ${tail}, and never the whole`, () => {
    // No star of its own, so that what is shown can be counted.
    const value = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll('*', '#'))
    fc.assert(
      fc.property(value, (text) => {
        const shown = [...maskValue(kind, text)]
        const open = shown.filter((char) => char !== '*')
        expect(open.length).toBeLessThanOrEqual(head + tail)
        if (open.length > 0) expect([...text].length).toBeGreaterThan(open.length)
        expect(shown).toContain('*')
        const first = shown.indexOf('*')
        expect(shown.slice(0, first)).toEqual([...text].slice(0, first))
        expect(first).toBeLessThanOrEqual(head)
        const last = shown.lastIndexOf('*')
        expect(shown.slice(last + 1).join('')).toBe(
          [...text].slice([...text].length - (shown.length - last - 1)).join(''),
        )
      }),
    )
  })
})
