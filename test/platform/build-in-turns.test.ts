import { expect, test } from 'vitest'
import { buildInTurns } from '../../src/platform/build-in-turns.node.ts'

test('builds nothing before the door is open, and lets others go between two parts', async () => {
  const open = Promise.withResolvers<void>()
  const seen: string[] = []
  const built = buildInTurns(
    ['first', 'second'].map((name) => () => {
      seen.push(name)
      setImmediate(() => seen.push(`after the ${name}`))
    }),
    open.promise,
  )
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(seen).toEqual([])
  open.resolve()
  await built
  expect(seen.slice(0, 3)).toEqual(['first', 'after the first', 'second'])
})

test('a part that throws is heard of', async () => {
  const broken = () => {
    throw new Error('broken')
  }
  await expect(buildInTurns([broken], Promise.resolve())).rejects.toThrow('broken')
})
