import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitText, withNumberedOptions } from '../../bots/fit.ts'
import { isSameSecret, sign, verify } from '../../bots/secret.ts'

describe('splitting', () => {
  it('cuts at a sentence end', () => {
    expect(splitText('第一句话在这里。第二句话在那里。', 10)).toEqual([
      '第一句话在这里。',
      '第二句话在那里。',
    ])
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

describe('a signature', () => {
  it('opens with its own secret only', async () => {
    const signed = await sign('secret one', 'abc')
    expect(await verify('secret one', signed)).toBe('abc')
    expect(await verify('secret two', signed)).toBeNull()
    expect(await verify('secret one', `${signed}x`)).toBeNull()
    expect(await verify('secret one', 'abc')).toBeNull()
    expect(await verify('secret one', '.abc')).toBeNull()
  })

  it('secrets are the same or not', () => {
    expect(isSameSecret('a', 'a')).toBe(true)
    expect(isSameSecret('a', 'b')).toBe(false)
    expect(isSameSecret('', 'a')).toBe(false)
    expect(isSameSecret('abab', 'ab')).toBe(false)
    expect(isSameSecret('a', '')).toBe(false)
  })
})
