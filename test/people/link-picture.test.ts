import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([createFakeChannel()])
})
afterEach(() => world.close())

const MAKE = { type: 'choice', value: '!link:qr' } as const

it('a picture of the official account leads its follower to the same person', async () => {
  const scenes: string[] = []
  world.deps.linkTo = {
    officialAccount: async (scene) => {
      scenes.push(scene)
      return 'http://weixin.qq.com/q/x'
    },
  }
  const web = createTalker(world, { channel: 'web', id: 'w1' })
  expect(await web.say(MAKE)).toContain('请用微信扫')
  const payload = scenes[0] ?? ''
  expect(payload).toMatch(/^link-[\w-]{1,59}$/)
  const follower = createTalker(world, { channel: 'wechat-mp', id: 'o1' })
  expect(await follower.say({ type: 'command', name: 'start', payload })).toContain('合在一起')
  await follower.say('同意')
  expect(await web.say('是我，合在一起')).toContain('绑定好了')
  const [rows] = await world.db.read([{ sql: 'SELECT count(*) FROM contacts', args: [] }])
  expect(rows).toEqual([[1]])
})

it('where none can be made, a code does the same', async () => {
  world.deps.linkTo = { officialAccount: () => Promise.reject(new Error('45009')) }
  const web = createTalker(world, { channel: 'web', id: 'w1' })
  expect(await web.say(MAKE)).toMatch(/您的代码是：\d{3} \d{3}/)
})
