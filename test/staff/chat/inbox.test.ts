import { afterEach, beforeEach, expect, it } from 'vitest'
import { listInbox } from '../../../db/handoffs/inbox.ts'
import { listAudit } from '../../../db/staff/audit-log.ts'
import { dispatchOutbox } from '../../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { createFakeChannel, type FakeChannel } from '../../helpers/channels/fake-channel.ts'
import { seedHandoff } from '../../helpers/handoff.ts'
import { hire, linkedChat } from '../../helpers/staff-chat.ts'

let world: TestWorld
let web: FakeChannel
let carriesPersonal = true
beforeEach(async () => {
  carriesPersonal = true
  web = { ...createFakeChannel(), type: 'web' }
  world = await createWorld([createFakeChannel(), web], { personalData: () => carriesPersonal })
  await hire(world, 'wang', 'agent', { district: 'nanming', name: '王芳' })
})
afterEach(() => world.close())

const open = async () =>
  (await listInbox(world.db, { district: null }, { closed: false, limit: 10 })).rows
const actions = async () =>
  (await listAudit(world.db, { action: 'handoff.', limit: 20 })).rows.map(
    ({ actor, action }) => `${actor} ${action}`,
  )

it('takes a conversation on, answers, and gives it back, each once', async () => {
  await seedHandoff(world.deps, 'nanming')
  const chat = await linkedChat(world, 'wang')
  expect(await chat.say('/inbox')).toContain('等人工的对话')
  expect(await chat.say('1')).toContain('我想开一家米粉店')
  expect(await chat.say('我来接手')).toContain('接手的人：王芳')
  await chat.say('回复')
  const words = '您好，带上身份证来就行。'
  const said = await Promise.all([chat.say(words, 'same'), chat.say(words, 'same')])
  expect(said[0]).toContain('已发给对方')
  expect(said[1]).toBe(said[0])
  await dispatchOutbox(world.deps, async () => {})
  expect(web.sent.map(({ body }) => body.text)).toEqual([expect.stringContaining(words)])
  expect(await chat.say('办完了，交还给机器人')).toContain('已交还给机器人')
  expect(await open()).toEqual([])
  expect((await actions()).sort()).toEqual([
    'wang handoff.answered',
    'wang handoff.closed',
    'wang handoff.taken',
  ])
})

it('does not know another district’s conversations', async () => {
  const id = await seedHandoff(world.deps, 'yunyan')
  const chat = await linkedChat(world, 'wang')
  expect(await chat.say('/inbox')).toContain('现在没有人等人工')
  expect(await chat.say({ type: 'choice', value: `!staff:handoff ${id}` })).toContain('没有找到')
})

it('shows no words and takes no answer where the channel may not carry them', async () => {
  await seedHandoff(world.deps, 'nanming')
  carriesPersonal = false
  const chat = await linkedChat(world, 'wang')
  const shown = await chat.sayAll(['/inbox', '1'])
  expect(shown).toContain('不能显示对话内容')
  expect(shown).not.toContain('米粉店')
  expect(await chat.sayAll(['回复', '好的'])).not.toContain('已发给对方')
  expect(await actions()).toEqual([])
})

it('keeps what the person said out of the conversation’s memory', async () => {
  await seedHandoff(world.deps, 'nanming')
  const chat = await linkedChat(world, 'wang')
  await chat.sayAll(['/inbox', '1'])
  const [rows = []] = await world.db.read([
    { sql: "SELECT id, memory FROM sessions WHERE external_id = 'chat-wang'", args: [] },
  ])
  const [id, memory] = rows[0] ?? []
  const { memoryContext } = await import('../../../db/conversation/stored-sessions.ts')
  const opened = await world.deps.vault.openText(memory as Uint8Array, memoryContext(String(id)))
  expect(opened).toContain('"step":"handoff"')
  expect(opened).not.toContain('米粉店')
})
