import { afterEach, beforeEach, expect, it } from 'vitest'
import { agreeStaffAsk, putStaffAsk } from '../../db/staff/asks.ts'
import { insertStaff, moveStaff } from '../../db/staff/members.ts'
import { STAFF_ROLES } from '../../db/staff/roles.ts'
import { type Action, may } from '../../src/kernel/permissions.ts'
import { tellOfStale } from '../../src/tipoffs/jobs.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'
import { seedTipOff } from './seed.ts'

let desk: Desk
let one: SignedIn
let two: SignedIn
let member: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  one = await signInAs(desk.world.deps, 'admin')
  two = await signInAs(desk.world.deps, 'admin')
  member = await signInAs(desk.world.deps, 'agent')
})
afterEach(() => desk.world.close())

const base = () => `/console/staff/${member.id}`
const roleOf = async (id: string) =>
  (await desk.column('SELECT role FROM staff WHERE id = ?', id))[0]
const askId = async () => String((await desk.column('SELECT id FROM staff_asks')).at(-1))
const ask = () => desk.post(one.cookie, `${base()}/supervision`, {})
const agree = async (by: SignedIn) =>
  desk.post(by.cookie, `${base()}/agree`, { ask: await askId() })

/** Links a web chat of somebody's to the console. */
async function linkChat(staffId: string, chat: string) {
  await createTalker(desk.world, { channel: 'web', id: chat }).say('你好')
  await desk.world.db.write([
    {
      sql: `INSERT INTO staff_chats (id, channel, external_id, staff_id, code_index, role, two_factor_id,
          verified_step, powers_until, linked_at) VALUES (?, 'web', ?, ?, 'x', 'supervision', 'x', 1, ?, ?)`,
      args: [chat, chat, staffId, desk.world.deps.now(), desk.world.deps.now()],
    },
  ])
}

it('is given by two administrators, and not by the one who asked', async () => {
  expect((await ask()).status).toBe(303)
  expect(await roleOf(member.id)).toBe('agent')
  expect((await agree(one)).status).toBe(409)
  expect(await roleOf(member.id)).toBe('agent')
  expect((await agree(two)).status).toBe(303)
  expect(await roleOf(member.id)).toBe('supervision')
  expect(
    await desk.column("SELECT action FROM audit_entries WHERE action LIKE 'staff.sup%'"),
  ).toEqual(['staff.supervision-asked', 'staff.supervision-given'])
})

it('is not given by the form for roles, nor with an invitation', async () => {
  const form = { role: 'supervision', district: '', providerId: '', reason: '' }
  expect((await desk.post(one.cookie, `${base()}/place`, form)).status).toBe(400)
  const invited = { ...form, name: '新人', email: 'new@example.gov.cn' }
  expect((await desk.post(one.cookie, '/console/staff', invited)).status).toBe(400)
  expect(await roleOf(member.id)).toBe('agent')
})

it('is refused by the database itself where nobody agreed, and where it was taken away again', async () => {
  const place = { role: 'supervision', district: null, providerId: null } as const
  const give = () => desk.world.db.write([moveStaff(member.id, place, '2018')])
  await expect(give()).rejects.toThrow('staff_supervision_by_two')
  await ask()
  await expect(give()).rejects.toThrow('staff_supervision_by_two')
  await agree(two)
  await desk.world.db.write([moveStaff(member.id, { ...place, role: 'agent' }, '2018')])
  await expect(give()).rejects.toThrow('staff_supervision_by_two')
})

it.each(['district-reviewer', 'city-reviewer', 'finance', 'admin'] as const)(
  'is never held beside %s by somebody of the same name, whichever came first',
  async (role) => {
    const [name] = await desk.column('SELECT name FROM staff WHERE id = ?', member.id)
    const twin = (id: string) =>
      insertStaff({
        id,
        name: ` ${name} `,
        email: `${id}@example.gov.cn`,
        role,
        providerId: null,
        district: role === 'district-reviewer' ? 'yunyan' : null,
        at: '2018',
      })
    await desk.world.db.write([twin('twin')])
    await ask()
    const refused = await agree(two)
    expect([refused.status, refused.text.includes('同名')]).toEqual([409, true])
    expect(await roleOf(member.id)).toBe('agent')
    await desk.world.db.write([
      { sql: "UPDATE staff SET disabled_at = '2018' WHERE id = 'twin'", args: [] },
    ])
    expect((await agree(two)).status).toBe(303)
    await expect(desk.world.db.write([twin('later')])).rejects.toThrow('staff_supervision_alone')
    await expect(
      desk.world.db.write([
        { sql: "UPDATE staff SET disabled_at = NULL WHERE id = 'twin'", args: [] },
      ]),
    ).rejects.toThrow('staff_supervision_alone')
    const letIn = await desk.post(one.cookie, '/console/staff/twin/shut-out', { reason: '' })
    expect(letIn.status).toBe(409)
  },
)

it('has no other permission, and nobody else has its own', () => {
  const own: readonly Action[] = ['tipoffs.read', 'tipoffs.work']
  for (const role of STAFF_ROLES) {
    for (const action of own) expect(may({ role }, action), role).toBe(role === 'supervision')
  }
  const others: readonly Action[] = [
    'cases.read',
    'cases.decide',
    'staff.read',
    'staff.change',
    'inbox.read',
    'audit.read',
    'vouchers.pay',
  ]
  for (const action of others) expect(may({ role: 'supervision' }, action), action).toBe(false)
})

it('is told to all who hold it, in their chats and on their page', async () => {
  await ask()
  await agree(two)
  await linkChat(member.id, 'first')
  const second = await signInAs(desk.world.deps, 'agent')
  await linkChat(second.id, 'second')
  await desk.world.db.write([
    ...putStaffAsk({
      id: 'k2',
      kind: 'supervision',
      staffId: second.id,
      askedBy: one.id,
      askedAt: '2018-06-01',
      expiresAt: '2019',
    }),
  ])
  await desk.post(two.cookie, `/console/staff/${second.id}/agree`, { ask: 'k2' })
  const to = await desk.column(
    "SELECT external_id FROM outbox WHERE id LIKE 'notice:staff-safety%' ORDER BY 1",
  )
  expect(to).toEqual(['first', 'second'])
  const again = await signInAs(desk.world.deps, 'supervision')
  const { text } = await desk.get(again.cookie, '/console/tipoffs')
  for (const { id } of [member, second]) expect(text).toContain(`员工${id}`)
})

it('hears once a day how many tip-offs wait too long, and of nobody', async () => {
  const { deps, db, tick } = desk.world
  await ask()
  await agree(two)
  await linkChat(member.id, 'first')
  await seedTipOff(deps, { what: '标记一', name: '标记二' })
  await db.write([{ sql: 'DELETE FROM outbox', args: [] }])
  await tellOfStale(deps)
  expect(await desk.column('SELECT id FROM outbox')).toEqual([])
  tick(3 * 24 * 3600)
  await Promise.all([tellOfStale(deps), tellOfStale(deps)])
  await tellOfStale(deps)
  const rows = (await db.read([{ sql: 'SELECT id, body FROM outbox', args: [] }]))[0] ?? []
  expect(rows).toHaveLength(1)
  const [[id, body] = []] = rows
  const words = await deps.vault.openText(body as Uint8Array, `outbox:${id}`)
  expect(words).toContain('有1件举报')
  expect(words).not.toMatch(/标记|编号/)
  tick(24 * 3600)
  await tellOfStale(deps)
  expect(await desk.column('SELECT id FROM outbox')).toHaveLength(2)
})

it('keeps a second agreement out', async () => {
  await ask()
  const id = await askId()
  await desk.world.db.write([agreeStaffAsk(id, two.id)])
  await expect(desk.world.db.write([agreeStaffAsk(id, two.id)])).rejects.toThrow(
    'staff_asks_agreed_once',
  )
})
