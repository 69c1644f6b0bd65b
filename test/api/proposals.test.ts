import { afterEach, beforeEach, expect, it } from 'vitest'
import type { StaffRole } from '../../db/staff/roles.ts'
import { makeKey } from '../../src/api/keys.ts'
import { createApp } from '../../src/app.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let desk: Desk
let first: SignedIn
let second: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  first = await signInAs(desk.world.deps, 'district-reviewer')
  second = await signInAs(desk.world.deps, 'district-reviewer')
})
afterEach(() => desk.world.close())

async function keyFor(role: 'district-reviewer' | 'finance'): Promise<string> {
  const scopes = ['applications:read', 'applications:move'] as const
  const district = role === 'finance' ? null : 'yunyan'
  const wish = { name: '云平台', role, district, scopes, perMinute: 600, days: 30 }
  return (await makeKey(desk.world.deps, wish, null))?.key ?? ''
}

async function send(key: string, path: string, body?: unknown, version = 1) {
  const response = await createApp(desk.world.deps).request(`https://chat.test/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'if-match': `"${version}"`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, json: await response.json() }
}

const REJECT = { move: 'propose-refusal', reasons: ['conditions'], note: '年龄没有到。' }
const stage = async () => (await desk.column('SELECT stage FROM cases'))[0]

it('is no decision until two members of staff agree, and then is the second one’s', async () => {
  const { number } = await desk.handIn(1)
  const key = await keyFor('district-reviewer')
  const { status, json, headers } = await send(key, `/applications/${number}/moves`, REJECT)
  expect([status, json.state, json.agreed]).toEqual([202, 'open', 0])
  expect(headers.get('location')).toBe(`/api/v1/proposals/${json.id}`)
  expect(await stage()).toBe('submitted')
  const page = await desk.get(first.cookie, '/console/proposals')
  expect(page.text).toContain(number)
  expect(page.text).toContain('拟不予扶持')
  const agree = `/console/proposals/${json.id}/agree`
  expect((await desk.post(first.cookie, agree, {})).text).toContain('还差另一位')
  expect((await send(key, `/proposals/${json.id}`)).json.agreed).toBe(1)
  expect((await desk.post(first.cookie, agree, {})).status).toBe(409)
  expect(await stage()).toBe('submitted')
  expect((await desk.post(second.cookie, agree, {})).status).toBe(200)
  expect(await stage()).toBe('second-look')
  expect(
    await desk.column("SELECT actor_id FROM case_events WHERE move = 'propose-refusal'"),
  ).toEqual([second.id])
  expect((await send(key, `/proposals/${json.id}`)).json).toMatchObject({
    state: 'made',
    agreed: 2,
  })
  // Who is not supported is told by a second person, and never by who proposed it.
  const rejects = { move: 'reject', version: '2', reason: 'conditions', note: '年龄没有到。' }
  const path = '/console/cases/case-1/move'
  expect((await desk.post(second.cookie, path, rejects)).text).toContain('您已经办过')
  expect((await desk.post(first.cookie, path, rejects)).status).toBe(303)
  expect(await desk.column("SELECT count(*) FROM outbox WHERE template = 'case.reject'")).toEqual([
    1,
  ])
  expect((await desk.post(second.cookie, agree, {})).status).toBe(409)
})

it('is not for two accounts of one name', async () => {
  const { number } = await desk.handIn(1)
  const { json } = await send(
    await keyFor('district-reviewer'),
    `/applications/${number}/moves`,
    REJECT,
  )
  await desk.world.db.write([
    { sql: "UPDATE staff SET name = '王 芳' WHERE id = ?", args: [first.id] },
    { sql: "UPDATE staff SET name = '王芳' WHERE id = ?", args: [second.id] },
  ])
  await desk.post(first.cookie, `/console/proposals/${json.id}/agree`, {})
  expect((await desk.post(second.cookie, `/console/proposals/${json.id}/agree`, {})).status).toBe(
    409,
  )
  expect(await stage()).toBe('submitted')
})

it('is the same once more, gives way to nothing else, and is put away when the case went on', async () => {
  const { number } = await desk.handIn(1)
  const key = await keyFor('district-reviewer')
  const path = `/applications/${number}/moves`
  const one = await send(key, path, REJECT)
  expect((await send(key, path, REJECT)).json.id).toBe(one.json.id)
  const other = await send(key, `/applications/${number}/proposals`, { move: 'accept' })
  expect([other.status, other.json.code]).toEqual([409, 'proposal-open'])
  expect((await send(key, path, { move: 'accept' })).status).toBe(200)
  const agree = `/console/proposals/${one.json.id}/agree`
  expect((await desk.post(first.cookie, agree, {})).text).toContain('又有变化')
  const next = await send(key, path, REJECT, 2)
  expect(next.status).toBe(202)
  expect((await send(key, `/proposals/${one.json.id}`)).json.state).toBe('stale')
  expect(
    (await desk.post(first.cookie, `/console/proposals/${next.json.id}/refuse`, {})).status,
  ).toBe(303)
  expect((await send(key, `/proposals/${next.json.id}`)).json.state).toBe('refused')
})

it('counts as neither hand: approve, reject and pay are never a key’s', async () => {
  const { number, id } = await desk.handIn(1)
  const staff = { approve: 'city-reviewer', pay: 'finance' } as const satisfies Record<
    string,
    StaffRole
  >
  const put = (to: string) =>
    desk.world.db.write([
      {
        sql: "INSERT INTO case_events (case_id, ordinal, move, from_stage, to_stage, role, actor, actor_id, reasons, at) SELECT ?, max(ordinal) + 1, 'x', (SELECT stage FROM cases WHERE id = ?), ?, 'system', NULL, NULL, '[]', ? FROM case_events WHERE case_id = ?",
        args: [id, id, to, desk.world.deps.now(), id],
      },
      { sql: 'UPDATE cases SET stage = ?, version = version + 1 WHERE id = ?', args: [to, id] },
    ])
  await put('approved')
  const pay = await send(
    await keyFor(staff.pay),
    `/applications/${number}/moves`,
    { move: 'pay' },
    2,
  )
  expect(pay.status).toBe(202)
  expect(await stage()).toBe('approved')
})

it('of a person who was erased says nothing more', async () => {
  const { number, id } = await desk.handIn(1)
  await send(await keyFor('district-reviewer'), `/applications/${number}/moves`, REJECT)
  const { eraseCase } = await import('../../db/cases/cases.ts')
  await desk.world.db.write(eraseCase(id, desk.world.deps.now()))
  expect(await desk.column('SELECT note FROM api_proposals')).toEqual([null])
})
