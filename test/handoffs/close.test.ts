import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { sweepHandoffs } from '../../src/handoffs/sweep-handoffs.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { firstHandoff } from '../helpers/hand-off.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
let channel: FakeChannel
let app: ReturnType<typeof createApp>
let agent: SignedIn
let person: ReturnType<typeof createTalker>

beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
  app = createApp(world.deps)
  agent = await signInAs(world.deps, 'agent', null)
  person = createTalker(world, { channel: 'telegram', id: '1' })
})
afterEach(() => world.close())

const post = async (path: string, form: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    headers: {
      cookie: agent.cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form),
  })
const page = async (path: string) =>
  (await app.request(path, { headers: { cookie: agent.cookie } })).text()
const sent = async () => {
  for (const _ of [1, 2]) {
    await dispatchOutbox(world.deps, async () => {})
    world.tick(2)
  }
  return channel.sent.splice(0).map(({ body }) => body.text)
}

describe('a hand-off in the console', () => {
  it('is answered and closed; the person is told and is back at the question', async () => {
    await person.sayAll(['我要申请', '同意，开始填', '王小明', '人工', '临时身份证行不行'])
    const { id } = await firstHandoff(world)
    const path = `/console/inbox/${id}`
    expect(await page(path)).toContain('临时身份证行不行')
    const answer = { answerId: 'answer-0001', text: '行' }
    expect((await post(`${path}/answer`, answer)).status).toBe(303)
    expect((await post(`${path}/answer`, answer)).status).toBe(303)
    expect(await sent()).toEqual(['工作人员回复：\n行'])
    expect(await page('/console/inbox')).toContain('已回复，等对方说话')
    const closed = await Promise.all([post(`${path}/close`), post(`${path}/close`)])
    expect(closed.map(({ status }) => status)).toEqual([303, 303])
    const told = await sent()
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('已经办结')
    expect(told[0]).toContain('身份证号码是多少')
    expect(await page(path)).toContain('已经办结')
    expect(await person.say('520113196001010005')).toContain('手机')
  })

  it('that ran out of time says so, and closes without a word', async () => {
    await person.say('人工')
    world.tick(75 * 3600)
    await sweepHandoffs(world.deps)
    await sent()
    const { id } = await firstHandoff(world)
    agent = await signInAs(world.deps, 'agent', null)
    expect(await page('/console/inbox')).toContain('等久了')
    await post(`/console/inbox/${id}/close`)
    expect(await sent()).toEqual([])
    expect(await page('/console/inbox?closed')).toContain(id)
  })
})
