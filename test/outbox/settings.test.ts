import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let channel: FakeChannel
let events = 0
beforeEach(async () => {
  channel = createFakeChannel({ repliesInResponse: 10 })
  world = await createWorld([channel, createTerminalChannel({ now: () => '', write: () => {} })])
})
afterEach(() => world.close())

const say = async (words: string) => {
  const reply = await handleEvent(world.deps, channel, eventOf('1', `n${++events}`, words))
  return (reply?.messages ?? []).map(({ text, quickReplies }) =>
    [text, ...quickReplies.map(({ label }) => label)].join('\n'),
  )
}
const tap = async (value: string) => {
  const input = { type: 'choice', value } as const
  const reply = await handleEvent(world.deps, channel, eventOf('1', `n${++events}`, input))
  return (reply?.messages ?? []).map(({ text }) => text)
}
const stored = async () => {
  const [rows = []] = await world.db.read([
    {
      sql: `SELECT reminders_muted_at IS NOT NULL, events_muted_at IS NOT NULL,
          campaigns_muted_at IS NOT NULL, stopped_at IS NOT NULL, preferred_channel FROM contacts`,
      args: [],
    },
  ])
  return rows[0]
}

describe('the settings of notices', () => {
  it.each(['设置', '通知', '通知设置', 'settings', 'Notifications'])(
    'open with “%s”',
    async (words) => {
      const said = await say(words)
      expect(said.join('\n')).toContain('群发消息：开着，现在关掉')
    },
  )

  it('switch one kind off and on, and say so at once', async () => {
    await say('设置')
    const off = (await say('群发消息：开着，现在关掉')).join('\n')
    expect(off).toContain('好的，群发消息以后不发给您。')
    expect(off).toContain('群发消息：关着，现在打开')
    expect(await stored()).toEqual([0, 0, 1, 0, null])
    expect((await tap('campaign')).join()).toContain('会发给您')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
  })

  it('stop everything only after saying what that means, and begin again', async () => {
    await say('设置')
    expect((await say('什么通知都不要')).join()).toContain('误了期限要您自己承担')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
    expect((await say('先不停')).join()).toContain('群发消息：开着')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
    await say('什么通知都不要')
    const stopped = (await say('确定全部停掉')).join()
    expect(stopped).toContain('什么通知都不收')
    expect(await stored()).toEqual([0, 0, 0, 1, null])
    expect((await say('设置')).join()).toContain('恢复通知')
    await say('恢复通知')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
  })

  it('let a person with several channels choose one', async () => {
    expect((await say('设置')).join()).not.toContain('换个地方收通知')
    await say('菜单')
    await world.db.write([
      {
        sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
          SELECT 'web', 'w', contact_id, created_at FROM addresses`,
        args: [],
      },
    ])
    expect((await say('设置')).join()).toContain('换个地方收通知')
    expect((await say('换个地方收通知')).join()).toContain('网页聊天')
    expect((await say('火星')).join()).toContain('请选一个地方')
    expect((await say('网页聊天')).join()).toContain('往那里送')
    expect(await stored()).toEqual([0, 0, 0, 0, 'web'])
    await say('换个地方收通知')
    await say('我最近说话的地方')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
  })

  it('are taken by “退订” for all that can be switched off, and by nothing else', async () => {
    await say('你好')
    expect((await say('退订')).join()).toContain('还是会告诉您')
    expect(await stored()).toEqual([1, 1, 1, 0, null])
  })

  it('speak English too', async () => {
    await say('english')
    const said = (await say('settings')).join()
    expect(said).toContain('Broadcasts: on, switch off now')
    expect(said).not.toMatch(/\p{Script=Han}/u)
  })

  it('do not change for words that are no answer, nor for a tap that comes twice', async () => {
    await say('设置')
    await say('¿?')
    await say('99')
    expect(await stored()).toEqual([0, 0, 0, 0, null])
    const event = eventOf('1', 'same', { type: 'choice', value: 'event' })
    const first = await handleEvent(world.deps, channel, event)
    expect(await handleEvent(world.deps, channel, event)).toEqual(first)
    expect(await stored()).toEqual([0, 1, 0, 0, null])
  })
})
