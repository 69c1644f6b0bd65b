import { afterEach, beforeEach, expect, it } from 'vitest'
import { findStaff } from '../../db/staff/members.ts'
import { runAdminCommand, runAuditCommand } from '../../src/staff/cli.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { signInAs } from '../helpers/staff.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())

const ask = async (question: string) =>
  question.startsWith('Email') ? ' Anna@Example.gov.cn ' : '安娜'
const create = (given: { email?: string; name?: string }) =>
  runAdminCommand(world.deps, ['create'], given, ask)

it('asks for what the options do not say, and gives a one-time link', async () => {
  const { ok, lines } = await create({})
  expect(ok).toBe(true)
  expect(lines.at(-1)).toMatch(/^https:\/\/chat\.test\/console\/set-up\/[\w-]{16,}$/)
  expect(await findStaff(world.db, { email: 'anna@example.gov.cn' })).toMatchObject({
    name: '安娜',
    role: 'admin',
    district: null,
  })
  expect((await create({})).lines.at(-1)).not.toBe(lines.at(-1))
})

it('makes no administrator of somebody in another role, and says what is wrong with an address', async () => {
  const { id } = await signInAs(world.deps, 'agent')
  const taken = await create({ email: `${id}@example.gov.cn`, name: 'x' })
  expect([taken.ok, taken.lines[0]]).toEqual([false, expect.stringContaining('no administrator')])
  const bad = await create({ email: 'bad', name: 'x' })
  expect([bad.ok, bad.lines[0]]).toEqual([false, expect.stringContaining('who@example.gov.cn')])
  expect((await runAdminCommand(world.deps, [], {}, ask)).ok).toBe(false)
})

it('says whether the audit is whole, and which entry is not', async () => {
  await create({})
  expect((await runAuditCommand(world.deps, ['verify'])).lines[0]).toContain('1 entries')
  await world.db.write([
    { sql: 'DROP TRIGGER audit_entries_stay', args: [] },
    { sql: "UPDATE audit_entries SET actor = 'nobody'", args: [] },
  ])
  const { ok, lines } = await runAuditCommand(world.deps, ['verify'])
  expect([ok, lines[0]]).toEqual([false, expect.stringContaining('Entry 1 is altered')])
})
