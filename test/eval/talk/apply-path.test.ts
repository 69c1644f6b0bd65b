import { expect, it } from 'vitest'
import { currentRevision } from '../../../db/policy/packs.ts'
import { createWorld } from '../../helpers/app.ts'
import { walkApplyPaths } from './apply-path.ts'
import { createDryTalker } from './dry-talker.ts'

it('leads from the greeting to a number in 18 inputs and 1,500 characters to read', async () => {
  const world = await createWorld([])
  const revision = await currentRevision(world.db, world.deps.programme)
  const talk = createDryTalker(world, await world.deps.policies.load(String(revision)))
  for (const { name, inputs, characters, handedIn } of await walkApplyPaths(talk)) {
    expect(handedIn, name).toBe(true)
    expect(inputs, name).toBeLessThanOrEqual(18)
    expect(characters, name).toBeLessThanOrEqual(1500)
  }
  await world.close()
})
