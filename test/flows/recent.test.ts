import { expect, it } from 'vitest'
import { keepRecent } from '../../flows/recent.ts'

it('keeps the last ones, and what it was given back', () => {
  const kept = new Map<string, number>()
  for (let number = 0; number < 10; number++) {
    expect(keepRecent(kept, 3, `n${number}`, number)).toBe(number)
  }
  expect([...kept]).toEqual([
    ['n7', 7],
    ['n8', 8],
    ['n9', 9],
  ])
})
