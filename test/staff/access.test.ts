import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdminCommand } from '../../src/staff/cli.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { giveAuthenticator, linkedChat } from '../helpers/staff-chat.ts'
import { createTalker } from '../helpers/talk.ts'

type Talker = ReturnType<typeof createTalker>

let desk: Desk
let admin: SignedIn
let second: SignedIn
let member: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  const { deps } = desk.world
  admin = await signInAs(deps, 'admin')
  second = await signInAs(deps, 'admin')
  member = await signInAs(deps, 'city-reviewer')
  await desk.world.db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES ('k', 'zh-Hans', '2018')",
      args: [],
    },
    {
      sql: "INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('web', 'w', 'k', '2018')",
      args: [],
    },
    {
      sql: "INSERT INTO staff_two_factors (id, staff_id, secret, backup_codes) VALUES ('f', ?, 's', 'b')",
      args: [member.id],
    },
    {
      sql: `INSERT INTO staff_chats (id, staff_id, channel, external_id, role, district, two_factor_id, code_index, verified_step, linked_at, powers_until)
        VALUES ('c', ?, 'web', 'w', 'city-reviewer', NULL, 'f', 'i', 1, '2018', '2018')`,
      args: [member.id],
    },
  ])
})
afterEach(() => desk.world.close())

const page = () => `/console/staff/${member.id}`
const askId = async () => String((await desk.column('SELECT id FROM staff_asks')).at(-1))
const links = () => desk.column('SELECT staff_id FROM staff_links')
/** Who was told, by a notice that neither a night nor a stop holds back. */
const told = () => desk.column("SELECT external_id FROM outbox WHERE kind = 'answer'")
const sessions = async () =>
  desk.column('SELECT id FROM staff_sessions WHERE staff_id = ?', member.id)

describe.each(['link', 'authenticator'] as const)('a new %s for a colleague', (kind) => {
  it('comes about by two administrators, and never by one', async () => {
    const asked = await desk.post(admin.cookie, `${page()}/${kind}`, {})
    expect([asked.to, await links()]).toEqual([page(), []])
    expect(await sessions()).toHaveLength(1)
    const ask = await askId()
    // Who asked sees that it waits, has no button, and cannot agree without one.
    const own = await desk.get(admin.cookie, page())
    expect(own.text).toContain('要另一位管理员同意')
    expect(own.text).not.toContain(`value="${ask}"`)
    expect((await desk.post(admin.cookie, `${page()}/agree`, { ask })).status).toBe(409)
    expect(await sessions()).toHaveLength(1)
    for (const role of ['agent', 'auditor', 'city-reviewer'] as const) {
      const { cookie } = await signInAs(desk.world.deps, role)
      expect((await desk.post(cookie, `${page()}/agree`, { ask })).status).toBe(403)
    }
    expect((await desk.get(second.cookie, page())).text).toContain(`value="${ask}"`)
    const twin = await signInAs(desk.world.deps, 'admin')
    const name = 'UPDATE staff SET name = (SELECT name FROM staff WHERE id = ?) WHERE id = ?'
    await desk.world.db.write([{ sql: name, args: [admin.id, twin.id] }])
    expect((await desk.post(twin.cookie, `${page()}/agree`, { ask })).status).toBe(409)
    const agreed = await desk.post(second.cookie, `${page()}/agree`, { ask })
    expect(agreed.text.includes('/console/set-up/')).toBe(kind === 'link')
    expect(await sessions()).toEqual([])
    expect((await desk.post(second.cookie, `${page()}/agree`, { ask })).status).toBe(409)
    // Asked for, and done.
    expect(await told()).toEqual(['w', 'w'])
    expect(
      await desk.column(
        `SELECT action FROM audit_entries WHERE action LIKE 'staff.%' ORDER BY ordinal`,
      ),
    ).toEqual([
      'staff.access-asked',
      kind === 'link' ? 'staff.link-made' : 'staff.authenticator-reset',
    ])
  })

  describe('by the person', () => {
    let mine: Talker
    let theirs: Talker
    const answer = (chat: Talker, yes: 'yes' | 'no', ask: string) =>
      chat.say({ type: 'choice', value: `!staff:access ${yes} ${ask}` })
    beforeEach(async () => {
      const { world } = desk
      await world.db.write(
        ['staff_chats', 'staff_two_factors'].map((table) => ({
          sql: `DELETE FROM ${table}`,
          args: [],
        })),
      )
      await giveAuthenticator(world.deps, member.id, 'f2')
      await giveAuthenticator(world.deps, admin.id, 'f3')
      mine = await linkedChat(world, member.id)
      theirs = await linkedChat(world, admin.id)
      await desk.post(admin.cookie, `${page()}/${kind}`, {})
    })

    it('comes about by their yes, once, and never by another’s', async () => {
      const ask = await askId()
      expect(await told()).toEqual([mine.from.id])
      const stranger = createTalker(desk.world, { channel: 'telegram', id: 'nobody' })
      for (const chat of [theirs, stranger]) {
        await answer(chat, 'yes', ask)
        await answer(chat, 'no', ask)
      }
      expect([await links(), (await sessions()).length]).toEqual([[], 1])
      // The six digits are what may be lost.
      await desk.world.db.write([{ sql: "UPDATE staff_chats SET powers_until = '2018'", args: [] }])
      expect((await answer(mine, 'yes', ask)).includes('/console/set-up/')).toBe(kind === 'link')
      expect(await sessions()).toEqual([])
      expect(await answer(mine, 'yes', ask)).not.toContain('/console/set-up/')
      expect((await desk.post(second.cookie, `${page()}/agree`, { ask })).status).toBe(409)
      const actor = await desk.column(
        "SELECT actor FROM audit_entries WHERE action IN ('staff.link-made', 'staff.authenticator-reset')",
      )
      expect(actor).toEqual([member.id])
    })

    it('does not come about where they say no, and administrators hear of that', async () => {
      const ask = await askId()
      expect(await answer(mine, 'no', ask)).toContain('没有换')
      expect((await desk.post(second.cookie, `${page()}/agree`, { ask })).status).toBe(409)
      expect([await links(), (await sessions()).length]).toEqual([[], 1])
      expect(await told()).toContain(theirs.from.id)
      expect(await answer(mine, 'yes', ask)).toContain('已经办过')
    })
  })

  it('is agreed to within a day', async () => {
    await desk.post(admin.cookie, `${page()}/${kind}`, {})
    const ask = await askId()
    await desk.world.db.write([
      { sql: "UPDATE staff_asks SET expires_at = '2018-01-01'", args: [] },
    ])
    expect((await desk.post(second.cookie, `${page()}/agree`, { ask })).status).toBe(409)
    expect(await sessions()).toHaveLength(1)
  })

  it('is given by the command line where there is one administrator, and told', async () => {
    const email = `${member.id}@example.gov.cn`
    const done = await runAdminCommand(desk.world.deps, [kind, email], {}, async () => '')
    expect(done.ok).toBe(true)
    expect(await sessions()).toEqual([])
    expect(await told()).toEqual(['w'])
    expect(
      await desk.column("SELECT actor FROM audit_entries WHERE reason = 'command line'"),
    ).toEqual(['cli'])
  })
})

it('the schema itself lets nobody agree with themselves', async () => {
  await desk.post(admin.cookie, `${page()}/link`, {})
  for (const by of [admin.id, member.id]) {
    await expect(
      desk.world.db.write([{ sql: 'UPDATE staff_asks SET agreed_by = ?', args: [by] }]),
    ).rejects.toMatchObject({ columns: ['staff_asks_two_persons'] })
  }
})

it.each([
  ['moved', 'place', { role: 'agent', district: '', providerId: '', reason: '' }],
  ['shut out', 'shut-out', { reason: '' }],
])('who is %s hears of it in the chat that ends by it', async (_, deed, form) => {
  await desk.post(admin.cookie, `${page()}/${deed}`, form)
  expect(await told()).toEqual(['w'])
  // Let in again, or moved back: the chat would be linked no more, and nobody would hear of a new link.
  expect(await desk.column('SELECT id FROM staff_chats')).toEqual(deed === 'shut-out' ? [] : ['c'])
})

it('a new account, a new role and an account that is open again are told to the other administrators', async () => {
  await giveAuthenticator(desk.world.deps, second.id, 'f4')
  const chat = await linkedChat(desk.world, second.id)
  const invited = { name: '赵无此人', email: 'zhao@example.gov.cn', role: 'city-reviewer' }
  const form = { district: '', providerId: '', reason: '' }
  expect((await desk.post(admin.cookie, '/console/staff', { ...form, ...invited })).status).toBe(
    200,
  )
  expect(await told()).toEqual([chat.from.id])
  await desk.post(admin.cookie, `${page()}/place`, { ...form, role: 'agent' })
  expect((await told()).filter((id) => id === chat.from.id)).toHaveLength(2)
  await desk.post(admin.cookie, `${page()}/shut-out`, { reason: '' })
  await desk.post(admin.cookie, `${page()}/shut-out`, { reason: '' })
  expect((await told()).filter((id) => id === chat.from.id)).toHaveLength(3)
})
