import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => desk.world.close())

const look = (who: SignedIn, id = 'case-1') => desk.get(who.cookie, `/console/cases/${id}/person`)

it('shows one person over all channels, masked, with an entry for each look', async () => {
  const { number } = await desk.handIn(1)
  const other = await desk.handIn(2, { district: 'nanming' })
  await desk.world.db.write([
    { sql: `UPDATE cases SET contact_id = 'contact-1' WHERE id = 'case-2'`, args: [] },
    {
      sql: `INSERT INTO consents (id, contact_id, session_id, purpose, version, granted, at)
        VALUES ('c1', 'contact-1', 'session-1', 'application', '3', 1, ?)`,
      args: [desk.world.deps.now()],
    },
    {
      sql: `INSERT INTO handoffs (id, session_id, reason, opened_at, turn) VALUES ('h1', 'session-1', 'asked', ?, 1)`,
      args: [desk.world.deps.now()],
    },
  ])
  const { status, text } = await look(wang)
  expect(status).toBe(200)
  for (const shown of [number, '王**', '网页', '说明第3版', '/console/inbox/h1']) {
    expect(text).toContain(shown)
  }
  expect(text).not.toContain('王小明')
  // What is in another district stays there; the city sees both.
  expect(text).not.toContain(other.number)
  expect((await look(await signInAs(desk.world.deps, 'city-reviewer'))).text).toContain(
    other.number,
  )
  expect(
    await desk.column("SELECT subject FROM audit_entries WHERE action = 'case.person-opened'"),
  ).toEqual([`case:${number}`, `case:${number}`])
  expect((await desk.get(wang.cookie, '/console/cases/case-1')).text).toContain('/case-1/person"')
})

it('is for those who may see a person, in their district', async () => {
  await desk.handIn(1)
  expect((await look(await signInAs(desk.world.deps, 'agent'))).status).toBe(403)
  const elsewhere = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
  expect((await look(elsewhere)).status).toBe(404)
  expect(
    await desk.column("SELECT count(*) FROM audit_entries WHERE action = 'case.person-opened'"),
  ).toEqual([0])
})

it('says so where there is nobody in a chat', async () => {
  await desk.handIn(1, { contactId: null, origin: 'paper' })
  expect((await look(wang)).text).toContain('可能是纸质交来的')
  expect((await desk.get(wang.cookie, '/console/cases/case-1')).text).not.toContain(
    '/case-1/person"',
  )
})
