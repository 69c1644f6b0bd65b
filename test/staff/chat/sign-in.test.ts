import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseStatements } from '../../../db/people/erase.ts'
import { unlinkStatements } from '../../../db/people/unlink.ts'
import { listAudit, verifyAudit } from '../../../db/staff/audit-log.ts'
import { listStaffChats } from '../../../db/staff/chats.ts'
import { moveStaff, resetTwoFactor, setDisabled } from '../../../db/staff/members.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { createFakeChannel } from '../../helpers/channels/fake-channel.ts'
import { codeOf, digitsNow, giveAuthenticator, hire, linkedChat } from '../../helpers/staff-chat.ts'
import { createTalker } from '../../helpers/talk.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([createFakeChannel()])
  await hire(world, 'wang', 'district-reviewer', { district: 'nanming', name: '王芳' })
})
afterEach(() => world.close())

const stranger = (id = 'x') => createTalker(world, { channel: 'telegram', id })
const NOT_LINKED = '这个聊天没有绑定工作人员账号'

describe('linking a chat', () => {
  it('takes a code and the six digits, and is written down', async () => {
    const chat = await linkedChat(world, 'wang')
    expect(await chat.say('/staff')).toContain('王芳，您好。您的岗位：区县审核，南明区')
    expect((await listStaffChats(world.db, 'wang')).map(({ to }) => to)).toEqual([chat.from])
    const actions = (await listAudit(world.db, { limit: 10 })).rows.map(({ action }) => action)
    expect(actions).toEqual(['chat.linked', 'chat.code-made'])
    expect(await verifyAudit(world.db)).toMatchObject({ ok: true })
  })

  it('takes the code from the link of the account page', async () => {
    const code = await codeOf(world, 'wang')
    const payload = `staff-${code}`
    const said = await stranger().say({ type: 'command', name: 'start', payload })
    expect(said).toContain('代码对了')
  })

  it('refuses a wrong code, an old one, and one that was used', async () => {
    expect(await stranger('a').say('/staff AAAA-AAAA')).toContain('不对、用过了')
    const code = await codeOf(world, 'wang')
    world.tick(601)
    expect(await stranger('b').say(`/staff ${code}`)).toContain('不对、用过了')
    const next = await codeOf(world, 'wang')
    const chat = stranger('c')
    await chat.sayAll([`/staff ${next}`, digitsNow(world, 'wang')])
    const late = stranger('d')
    expect(await late.say(`/staff ${next}`)).toContain('不对、用过了')
    expect(await late.say('/queue')).toContain(NOT_LINKED)
  })

  it('forgets a code once a newer one was made', async () => {
    const old = await codeOf(world, 'wang')
    await codeOf(world, 'wang')
    expect(await stranger().say(`/staff ${old}`)).toContain('不对、用过了')
  })

  it('tells no code by trying', async () => {
    const chat = stranger()
    for (let tries = 0; tries < 5; tries++) await chat.say('/staff AAAAAAAA')
    const code = await codeOf(world, 'wang')
    expect(await chat.say(`/staff ${code}`)).toContain('试的次数太多了')
    world.tick(15 * 60 + 1)
    expect(await chat.say(`/staff ${await codeOf(world, 'wang')}`)).toContain('代码对了')
  })

  it('takes five wrong digits, from however many chats, and then none for a while', async () => {
    const chat = stranger()
    await chat.say(`/staff ${await codeOf(world, 'wang')}`)
    for (let tries = 0; tries < 5; tries++) expect(await chat.say('000000')).toContain('数字不对')
    expect(await chat.say(digitsNow(world, 'wang'))).toContain('试的次数太多了')
    const other = stranger('other')
    await other.say(`/staff ${await codeOf(world, 'wang')}`)
    expect(await other.say(digitsNow(world, 'wang'))).toContain('试的次数太多了')
    world.tick(15 * 60 + 1)
    await other.say(`/staff ${await codeOf(world, 'wang')}`)
    expect(await other.say(digitsNow(world, 'wang'))).toContain('绑定好了')
  })

  it('takes the same digits for one chat alone', async () => {
    await linkedChat(world, 'wang')
    const second = stranger('second')
    await second.say(`/staff ${await codeOf(world, 'wang')}`)
    expect(await second.say(digitsNow(world, 'wang'))).toContain('刚刚用过')
    world.tick(30)
    expect(await second.say(digitsNow(world, 'wang'))).toContain('绑定好了')
  })

  it('links one of two chats that use a code at once', async () => {
    const code = await codeOf(world, 'wang')
    const chats = [stranger('one'), stranger('two')]
    for (const chat of chats) await chat.say(`/staff ${code}`)
    const said = await Promise.all(
      chats.map((chat, index) => chat.say(digitsNow(world, 'wang', index))),
    )
    expect(said.filter((text) => text.includes('绑定好了'))).toHaveLength(1)
    expect(await listStaffChats(world.db, 'wang')).toHaveLength(1)
  })

  it('gives the same answer when the digits are delivered twice', async () => {
    const chat = stranger()
    await chat.say(`/staff ${await codeOf(world, 'wang')}`)
    const digits = digitsNow(world, 'wang')
    const said = await Promise.all([chat.say(digits, 'same'), chat.say(digits, 'same')])
    expect(said[0]).toContain('绑定好了')
    expect(said[1]).toBe(said[0])
  })

  it('keeps neither code nor chat in the log', async () => {
    const code = await codeOf(world, 'wang')
    await stranger().sayAll([`/staff ${code}`, digitsNow(world, 'wang')])
    expect(world.logged.join('\n')).not.toContain(code)
  })
})

describe('the powers of a chat', () => {
  it('end after twelve hours, until the next six digits', async () => {
    const chat = await linkedChat(world, 'wang')
    world.tick(12 * 3600 + 1)
    expect(await chat.say('/queue')).toContain('验证器上的6位数字')
    expect(await chat.say('000000')).toContain('数字不对')
    expect(await chat.say(digitsNow(world, 'wang'))).toContain('现在没有轮到您办的申请')
  })

  it('end when one leaves', async () => {
    const chat = await linkedChat(world, 'wang')
    expect(await chat.say('先退出')).toContain('已退出')
    expect(await chat.say('/queue')).toContain('验证器上的6位数字')
  })

  it.each([
    ['is shut out', () => setDisabled('wang', true, world.deps.now())],
    [
      'has another role',
      () => [
        moveStaff(
          'wang',
          { role: 'agent', district: 'nanming', providerId: null },
          world.deps.now(),
        ),
      ],
    ],
    [
      'has another place',
      () => [
        moveStaff(
          'wang',
          { role: 'district-reviewer', district: 'yunyan', providerId: null },
          world.deps.now(),
        ),
      ],
    ],
    ['has no authenticator', () => resetTwoFactor('wang', world.deps.now())],
  ])('end at once when the person %s', async (_, change) => {
    const chat = await linkedChat(world, 'wang')
    expect(await chat.say('/queue')).toContain('没有轮到您办的')
    await world.db.write(change())
    expect(await chat.say('/queue')).toContain(NOT_LINKED)
    expect(await listStaffChats(world.db, 'wang')).toEqual([])
  })

  it('are not back with the person, or with a new authenticator', async () => {
    const chat = await linkedChat(world, 'wang')
    await world.db.write(setDisabled('wang', true, world.deps.now()))
    await world.db.write(setDisabled('wang', false, world.deps.now()))
    expect(await chat.say('/queue')).toContain(NOT_LINKED)
    world.tick(60)
    const again = await linkedChat(world, 'wang')
    await world.db.write(resetTwoFactor('wang', world.deps.now()))
    await giveAuthenticator(world.deps, 'wang', 'f-new')
    expect(await again.say('/queue')).toContain(NOT_LINKED)
  })

  it('are of no use where others read along', async () => {
    const chat = await linkedChat(world, 'wang')
    const { handleEvent } = await import('../../../src/conversation/handle-event.ts')
    const reply = await handleEvent(world.deps, createFakeChannel(), {
      id: 'shared',
      from: chat.from,
      at: world.deps.now(),
      input: { type: 'text', text: '/queue' },
      shared: true,
    })
    expect(reply?.messages[0]?.text).toContain('群里不办公事')
  })

  it('go with everything else of a person who is erased', async () => {
    const chat = await linkedChat(world, 'wang')
    const [rows = []] = await world.db.read([
      {
        sql: "SELECT id, contact_id, turn FROM sessions WHERE external_id = 'chat-wang'",
        args: [],
      },
    ])
    const [sessionId, contactId, turn] = rows[0] ?? []
    const of = { sessionId: String(sessionId), contactId: String(contactId), turn: Number(turn) }
    const asked = { ...of, from: chat.from, at: world.deps.now() }
    const erasure = { newContactId: 'nobody', withdraw: [], erase: [] }
    await world.db.write(await eraseStatements(world.deps.vault, asked, erasure))
    expect(await listStaffChats(world.db, 'wang')).toEqual([])
  })

  it('end when the address is taken away from its contact', async () => {
    const chat = await linkedChat(world, 'wang')
    const [rows = []] = await world.db.read([
      { sql: "SELECT id, contact_id FROM sessions WHERE external_id = 'chat-wang'", args: [] },
    ])
    const [sessionId, contactId] = (rows[0] ?? []).map(String)
    const asked = { id: 'u', sessionId: `${sessionId}`, contactId: `${contactId}`, turn: 9 }
    const unlink = { address: chat.from, session: null, newContactId: 'somebody' }
    const at = world.deps.now()
    await world.db.write(await unlinkStatements(world.deps.vault, { ...asked, at }, unlink))
    expect(await listStaffChats(world.db, 'wang')).toEqual([])
  })
})
