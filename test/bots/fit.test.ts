import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitText, withNumberedOptions } from '../../bots/fit.ts'

describe('splitting', () => {
  it('cuts at a sentence end', () => {
    expect(splitText('第一句话在这里。第二句话在那里。', 10)).toEqual([
      '第一句话在这里。',
      '第二句话在那里。',
    ])
  })

  it.each([
    ['a paragraph first', '甲甲甲甲甲。\n\n乙乙。丙丙丙丙', 12, ['甲甲甲甲甲。', '乙乙。丙丙丙丙']],
    [
      'a line before a sentence',
      '甲甲甲甲。甲\n乙乙乙。丙丙',
      12,
      ['甲甲甲甲。甲', '乙乙乙。丙丙'],
    ],
    ['a clause before a word', 'aaa bbb, ccc dddd eee', 14, ['aaa bbb,', 'ccc dddd eee']],
    ['a clause of half-width marks', '甲甲甲甲甲,乙乙乙乙乙', 9, ['甲甲甲甲甲,', '乙乙乙乙乙']],
    ['no number', '甲甲甲甲甲,甲45,000元', 10, ['甲甲甲甲甲,', '甲45,000元']],
    ['no empty end', 'abc   \n', 3, ['abc']],
    ['nothing where all fits', ' abc ', 5, [' abc ']],
    ['an empty text', '', 5, ['']],
    ['white space alone', '      ', 5, ['']],
    ['no pair of surrogates', 'a😀😀', 2, ['a', '😀', '😀']],
  ])('cuts %s', (_, text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts)
  })

  it('takes no limit that a character may not fit', () => {
    expect(() => splitText('😀', 1)).toThrow(RangeError)
  })

  it('never exceeds the limit, never breaks a character, loses nothing but white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 40 }),
        (text, limit) => {
          const parts = splitText(text, limit)
          expect(parts.length).toBeGreaterThan(0)
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(limit)
            expect(part.isWellFormed()).toBe(true)
          }
          const squeezed = (all: string) => all.replaceAll(/\s/g, '')
          expect(squeezed(parts.join(''))).toBe(squeezed(text))
        },
      ),
    )
  })
})

it('options become numbered lines', () => {
  const message = {
    text: '选哪个?',
    quickReplies: [
      { value: 'a', label: '甲' },
      { value: 'b', label: '乙' },
    ],
    footer: '0 菜单',
  }
  expect(withNumberedOptions(message)).toEqual({
    text: '选哪个?\n\n1. 甲\n2. 乙\n\n0 菜单',
    quickReplies: [],
  })
})

it('a message without options keeps its words', () => {
  expect(withNumberedOptions({ text: '好', quickReplies: [] })).toEqual({
    text: '好',
    quickReplies: [],
  })
})
