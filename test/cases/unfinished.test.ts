import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Input } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines, identityNumber } from '../helpers/applicant.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let channel: FakeChannel
let count = 0
beforeEach(async () => {
  channel = createFakeChannel({ repliesInResponse: 10 })
  world = await createWorld([channel], { start: '2018-06-01T02:00:00.000Z' })
})
afterEach(() => world.close())

async function say(input: Input | string): Promise<{ text: string; labels: string[] }> {
  const reply = await handleEvent(world.deps, channel, eventOf('1', `e${++count}`, input))
  const messages = reply?.messages ?? []
  return {
    text: messages.map(({ text }) => text).join('\n'),
    labels: messages.flatMap(({ quickReplies }) => quickReplies).map(({ label }) => label),
  }
}

it('greets with four things and more', async () => {
  expect((await say('/start')).labels).toEqual([
    '问政策',
    '我要申请',
    '查进度',
    '找工作人员',
    '更多',
  ])
  expect((await say('更多')).labels).toContain('看我能不能优先')
  expect((await say('问政策')).labels).toContain('能补多少钱')
})

it('names a half-filled form in menu and greeting, and goes on with it', async () => {
  for (const line of ['我要申请', '同意', '王小明']) await say(line)
  for (const word of ['菜单', '/start']) {
    const { text, labels } = await say(word)
    expect(text).toContain('填了一半')
    expect(labels[1]).toBe('接着填申请')
    expect(labels).toHaveLength(5)
  }
  expect((await say('查进度')).labels).toContain('接着填申请')
  expect((await say('接着填申请')).text).toContain('身份证号码是多少')
  expect((await say(identityNumber(3))).text).toContain('手机号码')
})

it('names a returned application in menu, greeting and at 申请', async () => {
  for (const line of applicationLines(1)) await say(line)
  await world.db.write([{ sql: "UPDATE cases SET stage = 'returned'", args: [] }])
  for (const word of ['菜单', '我要申请', '查进度']) {
    const { text, labels } = await say(word)
    expect(text, word).toMatch(/退回/)
    expect(labels, word).toContain('补材料')
  }
})
