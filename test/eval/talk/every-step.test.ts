import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentRevision } from '../../../db/policy/packs.ts'
import { flows } from '../../../flows/index.ts'
import type { Policy } from '../../../src/kernel/policy.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { everyStand, scoreEveryReply, scoreEveryStep } from './every-step.ts'

let world: TestWorld
let policy: Policy

beforeAll(async () => {
  world = await createWorld([])
  const revision = await currentRevision(world.db, world.deps.programme)
  policy = await world.deps.policies.load(String(revision))
}, 60_000)
afterAll(() => world.close())

describe('at every step of every flow', () => {
  it('people stand somewhere in each of them', async () => {
    const stands = await everyStand(world, policy, 'zh-Hans', true)
    const walked = new Set(stands.map(({ name }) => name.split('.')[0]))
    // These two answer within a turn and never keep the floor.
    const passing = new Set(['service', 'more', 'policy-question'])
    const missing = flows.filter(({ id }) => !walked.has(id) && !passing.has(id))
    expect(missing.map(({ id }) => id)).toEqual([])
  }, 300_000)

  it.each([
    ['zh-Hans', false],
    ['en', true],
  ] as const)(
    'words, codes, labels and numbers do what their buttons do, in %s, buttons: %s',
    async (locale, buttons) => {
      const stands = await everyStand(world, policy, locale, buttons)
      const { misses } = await scoreEveryStep(world, stands, buttons)
      expect(misses).toEqual([])
    },
    600_000,
  )

  it.each(['zh-Hans', 'en'] as const)(
    'short replies belong to the step, in %s',
    async (locale) => {
      const stands = await everyStand(world, policy, locale, true)
      for (const name of ['short-replies', 'short-replies-2']) {
        const grid = JSON.parse(readFileSync(`test/eval/talk/${name}.json`, 'utf8'))
        const { right, of, misses } = await scoreEveryReply(stands, grid[locale])
        expect(1 - right / of, misses.join('\n')).toBeLessThanOrEqual(0.01)
      }
    },
    600_000,
  )
})
