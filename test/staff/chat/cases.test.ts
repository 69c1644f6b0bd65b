import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase, type NewCase } from '../../../db/cases/cases.ts'
import { listAudit } from '../../../db/staff/audit-log.ts'
import { dispatchOutbox } from '../../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { otherApplicant, prepareCases, submit } from '../../helpers/cases.ts'
import { createFakeChannel, type FakeChannel } from '../../helpers/channels/fake-channel.ts'
import { digitsNow, hire, linkedChat } from '../../helpers/staff-chat.ts'

let world: TestWorld
let network: FakeChannel
let revision: string
let carriesPersonal = true

beforeEach(async () => {
  carriesPersonal = true
  network = createFakeChannel()
  world = await createWorld([network], { personalData: () => carriesPersonal })
  revision = await prepareCases(world.db)
  await hire(world, 'wang', 'district-reviewer', { district: 'nanming', name: '王芳' })
  await hire(world, 'zhao', 'district-reviewer', { district: 'nanming', name: '赵磊' })
})
afterEach(() => world.close())

const stageOf = async ({ id }: NewCase) => (await loadCase(world.db, { id }))?.stage
const moves = async () =>
  (await listAudit(world.db, { action: 'case.', limit: 20 })).rows.map(
    ({ actor, action }) => `${actor} ${action}`,
  )
async function sent(): Promise<string[]> {
  await dispatchOutbox(world.deps, async () => {})
  return network.sent.map(({ to, body }) => `${to.id}: ${body.text}`)
}

describe('the queue', () => {
  it('lists ten a page, in the order of review, of the district alone', async () => {
    for (let serial = 1; serial <= 12; serial++) {
      await submit(world.db, revision, serial, {
        contactId: null,
        applicant: otherApplicant(serial),
        facts: { hasKeyGroup: serial === 12, keyGroupJobs: 0, inLowIncomeVillage: false },
      })
    }
    await submit(world.db, revision, 13, {
      district: 'yunyan',
      contactId: null,
      applicant: otherApplicant(13),
    })
    const chat = await linkedChat(world, 'wang')
    expect(await chat.say('/queue')).toContain('轮到您办的有12份，第1页，共2页')
    expect(await chat.say('下一页')).toContain('第2页')
    const [rows] = await world.db.read([
      { sql: `SELECT number FROM cases WHERE id = 'case-12'`, args: [] },
    ])
    const first = String(rows?.[0]?.[0])
    await chat.say('上一页')
    expect(await chat.say('1')).toContain(`申请 ${first}`)
  })

  it('is nobody’s who does not decide', async () => {
    await hire(world, 'pub', 'publicity')
    const chat = await linkedChat(world, 'pub')
    expect(await chat.say('/queue')).toContain('不归您的岗位')
  })
})

describe('one application', () => {
  it('is shown masked, with papers, and another district’s is not there', async () => {
    const mine = await submit(world.db, revision, 1)
    const other = await submit(world.db, revision, 2, {
      district: 'yunyan',
      contactId: null,
      applicant: otherApplicant(2),
    })
    const chat = await linkedChat(world, 'wang')
    const shown = await chat.say(`/case ${mine.number.toLowerCase()}`)
    expect(shown).toContain('张*')
    expect(shown).toContain('✗ ')
    expect(shown).not.toContain('张三')
    expect(shown).not.toContain('520102190001010009')
    expect(await chat.say(`/case ${other.number}`)).toContain('没有这份申请')
    expect(await chat.say('/case GY18-01-999999')).toContain('没有这份申请')
  })

  it('is accepted once, audited as by that person, and the applicant told', async () => {
    const mine = await submit(world.db, revision, 1)
    const chat = await linkedChat(world, 'wang')
    await chat.say(`/case ${mine.number}`)
    expect(await chat.say('受理')).toContain('申请人会收到')
    const [one, two] = await Promise.all([chat.say('确定', 'same'), chat.say('确定', 'same')])
    expect(one).toContain('已通知申请人')
    expect(two).toBe(one)
    expect(await stageOf(mine)).toBe('accepted')
    expect(await moves()).toEqual(['wang case.accept'])
    expect((await sent()).filter((text) => text.startsWith('7: '))).toHaveLength(1)
  })

  it('is moved once when the confirmation comes twice under two ids', async () => {
    const mine = await submit(world.db, revision, 1)
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([`/case ${mine.number}`, '受理', '确定', '确定'])
    expect(await moves()).toEqual(['wang case.accept'])
  })

  it('is moved by one of two people at once, and the other is told who was faster', async () => {
    const mine = await submit(world.db, revision, 1)
    const chats = [await linkedChat(world, 'wang'), await linkedChat(world, 'zhao')]
    for (const chat of chats) await chat.sayAll([`/case ${mine.number}`, '受理'])
    const said = await Promise.all(chats.map((chat) => chat.say('确定')))
    expect(said.filter((text) => text.includes('办好了'))).toHaveLength(1)
    const lost = said.find((text) => !text.includes('办好了')) ?? ''
    expect(lost).toMatch(/慢了一步：(王芳|赵磊)刚办了“受理”/)
    expect(lost).toContain('现在：')
    expect(await moves()).toHaveLength(1)
  })

  it('is not moved by whoever was shut out a moment ago', async () => {
    const mine = await submit(world.db, revision, 1)
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([`/case ${mine.number}`, '受理'])
    await world.db.write([
      {
        sql: 'UPDATE staff SET disabled_at = ? WHERE id = ?',
        args: [world.deps.now(), 'wang'],
      },
    ])
    expect(await chat.say('确定')).toContain('没有绑定工作人员账号')
    expect(await stageOf(mine)).toBe('submitted')
  })

  it('goes on where it was when the six digits were wanted in between', async () => {
    const mine = await submit(world.db, revision, 1)
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([`/case ${mine.number}`, '受理'])
    world.tick(12 * 3600 + 1)
    expect(await chat.say('确定')).toContain('6位数字')
    expect(await stageOf(mine)).toBe('submitted')
    expect(await chat.say(digitsNow(world, 'wang'))).toContain('申请人会收到')
    expect(await chat.say('确定')).toContain('办好了')
  })
})

it('shows number and stage alone where the channel may not carry more', async () => {
  const mine = await submit(world.db, revision, 1)
  carriesPersonal = false
  const chat = await linkedChat(world, 'wang')
  const shown = await chat.say(`/case ${mine.number}`)
  expect(shown).toContain('不能显示申请内容')
  expect(shown).toContain(`https://chat.test/console/cases/${mine.id}`)
  expect(shown).not.toContain('张')
  expect(await chat.say('受理')).toContain('内容请到后台看')
  expect(await chat.say('确定')).toContain('办好了')
})

it('can only be looked at on WeChat', async () => {
  const mine = await submit(world.db, revision, 1)
  const chat = await linkedChat(world, 'wang', { channel: 'wechat', id: 'w' })
  expect(await chat.say('/staff')).toContain('只能看，不能办')
  expect(await chat.say('/queue')).toContain('轮到您办的有1份')
  expect(await chat.say('1')).toContain('没有可以办的')
  expect(await chat.say('受理')).not.toContain('确定吗')
  expect(await chat.say('/broadcast')).toContain('不能在这个渠道办')
  expect(await stageOf(mine)).toBe('submitted')
})
