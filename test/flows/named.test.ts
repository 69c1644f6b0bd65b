import { expect, it } from 'vitest'
import { named } from '../../flows/engine/named.ts'
import { createWorld } from '../helpers/app.ts'
import { createTalker } from '../helpers/talk.ts'

it('finds what a table holds, and nothing that every object has', () => {
  const table = { queue: 1 }
  expect(named(table, 'queue')).toBe(1)
  for (const name of ['toString', 'constructor', '__proto__', 'valueOf', '']) {
    expect(named(table, name), name).toBeUndefined()
  }
})

it('a button with a name of JavaScript in it is no bug of ours', async () => {
  const world = await createWorld([])
  for (const [index, flow] of [
    'link',
    'staff',
    'my-data',
    'events',
    'settings',
    'elsewhere',
  ].entries()) {
    for (const name of ['toString', 'constructor', '__proto__']) {
      const talker = createTalker(world, { channel: 'web', id: `w${index}-${name}` })
      await talker.say('/start')
      await talker.say({ type: 'choice', value: `!${flow}:${name}` })
      await talker.say({ type: 'choice', value: name })
    }
  }
  expect(world.logged.filter((line) => line.includes('failed'))).toEqual([])
  await world.close()
})
