import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { createFakeChannel, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { firstHandoff } from '../helpers/hand-off.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { giveAuthenticator, linkedChat } from '../helpers/staff-chat.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
let channel: FakeChannel
let app: ReturnType<typeof createApp>
let agent: SignedIn
let answers = 0
let person: ReturnType<typeof createTalker>

beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
  app = createApp(world.deps)
  agent = await signInAs(world.deps, 'agent', null)
  person = createTalker(world, { channel: 'telegram', id: '1' })
})
afterEach(() => world.close())

const post = (path: string, form: Record<string, string> = {}, by = agent) =>
  app.request(path, {
    method: 'POST',
    headers: {
      cookie: by.cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form),
  })
const page = async (path: string, by = agent) =>
  (await app.request(path, { headers: { cookie: by.cookie } })).text()
const sent = async () => {
  for (const _ of [1, 2]) {
    await dispatchOutbox(world.deps, async () => {})
    world.tick(2)
  }
  return channel.sent.splice(0).map(({ to, body }) => `${to.id}: ${body.text}`)
}
/** Asks for a person, is answered and closed; gives the hand-off's id and what was said last. */
async function served(lines: readonly string[] = ['人工', '在哪里交材料']) {
  await person.sayAll(lines)
  const { id } = await firstHandoff(world)
  const answered = await post(`/console/inbox/${id}/answer`, {
    answerId: `answer-000${++answers}`,
    text: '带到区微企办',
  })
  expect(answered.status).toBe(303)
  await post(`/console/inbox/${id}/close`)
  return { id, said: (await sent()).slice(-2).join('\n') }
}
const helpedOf = async (id: string) =>
  (await world.db.read([{ sql: 'SELECT helped FROM handoffs WHERE id = ?', args: [id] }]))[0]?.[0]

describe('did it help?', () => {
  it('is asked once staff have answered and closed, and the last word counts', async () => {
    const { id, said } = await served()
    expect(said).toMatch(/已经办结[\s\S]*帮到您了吗/)
    expect(await page(`/console/inbox/${id}`)).toContain('没有说')
    expect(await person.say('帮到了')).toContain('谢谢您告诉我们')
    expect(await helpedOf(id)).toEqual([1])
    expect(await person.say({ type: 'choice', value: '!helped:no' })).toMatch(/没能帮上[\s\S]*人工/)
    expect(await helpedOf(id)).toEqual([0])
    expect(await page(`/console/inbox/${id}`)).toContain('没帮到')
    expect(await page('/console/inbox?closed')).toMatch(/<span class="words">在哪里交材料</)
    expect(await page('/console/inbox?closed')).toMatch(/近30天的答复[\s\S]*没帮到/)
  })

  it.each([
    ['还行吧', 1],
    ['嗯', 1],
    ['问题是解决了的，谢谢你们哈', 1],
    ['没问题了', 1],
    ['有帮助', 1],
    ['thx that helped a lot', 1],
    ['没', 0],
    ['没得用，白问了[怒]', 0],
    ['帮到了个铲铲', 0],
    ['not really :(', 0],
    ['是不是要带身份证', null],
    ['贷款可以拿多少', null],
    ['我要申请', null],
    ['不用交钱吧', null],
  ])('hears in people’s own words: %s', async (words, helped) => {
    const { id } = await served()
    await person.say(words)
    expect(await helpedOf(id)).toEqual([helped])
  })

  it('is heard once from a button that is pressed twice at once', async () => {
    const { id } = await served()
    const yes = { type: 'choice', value: '!helped:yes' } as const
    const answers = await Promise.all([person.say(yes, 'same'), person.say(yes, 'same')])
    expect(answers[0]).toBe(answers[1])
    expect(await helpedOf(id)).toEqual([1])
  })

  it('is not asked where nobody answered, where the person went back, or beside an open question', async () => {
    await person.sayAll(['人工', '在吗'])
    const { id } = await firstHandoff(world)
    await post(`/console/inbox/${id}/close`)
    expect((await sent()).at(-1)).not.toContain('帮到您了吗')
    expect(await person.sayAll(['人工', '返回机器人'])).not.toContain('帮到您了吗')
    const form = await served(['我要申请', '同意，开始填', '王小明', '人工', '临时身份证行不行'])
    expect(form.said).toMatch(/身份证号码/)
    expect(form.said).not.toContain('帮到您了吗')
  })

  it('belongs to the chat that was served: another has nothing to say', async () => {
    const { id } = await served()
    const other = createTalker(world, { channel: 'telegram', id: '2' })
    await other.say('你好')
    expect(await other.say({ type: 'choice', value: '!helped:no' })).toContain('没有办结的来话')
    expect(await helpedOf(id)).toEqual([null])
    world.tick(31 * 86_400)
    expect(await person.say({ type: 'choice', value: '!helped:no' })).toContain('没有办结的来话')
  })

  it('is counted by district, and a district sees its own', async () => {
    await person.sayAll(applicationLines(1))
    await served()
    await person.say('没帮到')
    const [[[district] = []] = []] = await world.db.read([
      { sql: 'SELECT district FROM cases', args: [] },
    ])
    const own = await signInAs(world.deps, 'district-reviewer', String(district))
    const elsewhere = await signInAs(world.deps, 'district-reviewer', 'wudang')
    expect(await page('/console/inbox?closed', own)).toContain('近30天的答复')
    expect(await page('/console/inbox?closed', elsewhere)).not.toContain('近30天的答复')
  })
})

describe('a conversation that is passed on', () => {
  it('is the colleague’s, who is told in their own chat without a word of it', async () => {
    await person.sayAll(['人工', '我的秘密话'])
    const { id } = await firstHandoff(world)
    const colleague = await signInAs(world.deps, 'agent', null)
    await giveAuthenticator(world.deps, colleague.id, 'f2')
    await linkedChat(world, colleague.id, { channel: 'telegram', id: '77' })
    await sent()
    expect(await page(`/console/inbox/${id}`)).toContain('转给同事')
    const done = await post(`/console/inbox/${id}/pass`, { to: colleague.id })
    expect(done.headers.get('location')).toBe(`/console/inbox/${id}?passed`)
    const told = (await sent()).filter((line) => line.startsWith('77: '))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/转给您了[\s\S]*\/console\/inbox\//)
    expect(told[0]).not.toContain('秘密')
    expect(await page('/console/inbox?taken=me', colleague)).toContain(id)
  })

  it('goes to nobody who may not answer there', async () => {
    await person.say('人工')
    const { id } = await firstHandoff(world)
    const [elsewhere, publicity] = [
      await signInAs(world.deps, 'district-reviewer', 'wudang'),
      await signInAs(world.deps, 'publicity', null),
    ]
    for (const to of [elsewhere.id, publicity.id, 'nobody', '']) {
      const refused = await post(`/console/inbox/${id}/pass`, { to })
      expect(refused.status, to).toBe(409)
      expect(await refused.text()).toContain('请另选一位')
    }
    expect((await firstHandoff(world)).takenBy).toBeNull()
  })
})
