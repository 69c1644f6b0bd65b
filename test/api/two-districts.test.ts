import { afterAll, beforeAll, expect, it } from 'vitest'
import { canHave, SCOPE_NAMES } from '../../src/api/scopes.ts'
import { handIn } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedVoucher } from '../helpers/vouchers.ts'
import { type Door, openDoor } from './door.ts'
import { seedProposal } from './seed.ts'

const ROLES = ['district-reviewer', 'finance'] as const
const LISTS = [
  '/applications?limit=100',
  '/vouchers?limit=100',
  '/events?limit=100',
  '/ledger/2018?limit=100',
]

/** One of everything of a district; `serial` tells the districts apart. */
async function seed({ world }: Door, district: string, serial: number): Promise<void> {
  const { id } = await handIn(world, serial, { district })
  await seedVoucher(world.deps, district, null, 900 + serial)
  await seedEvent(world.deps, { district })
  await seedProposal(world.deps, id)
}

let alone: Door
let both: Door
beforeAll(async () => {
  alone = await openDoor()
  both = await openDoor()
  for (const door of [alone, both]) await seed(door, 'yunyan', 1)
  await seed(both, 'nanming', 2)
})
afterAll(() => Promise.all([alone, both].map(({ world }) => world.close())))

const keyOf = async (door: Door, role: (typeof ROLES)[number]) => {
  const district = 'yunyan'
  const scopes = SCOPE_NAMES.filter((scope) => canHave({ role, district }, scope))
  return (await door.key({ role, district, scopes })).key
}
const texts = async (door: Door, key: string) => {
  const found = await Promise.all(LISTS.map((path) => door.ask(key, path)))
  return found.map(({ status, json }) =>
    JSON.stringify([status, json]).replaceAll(/id\d{6}/g, 'id'),
  )
}

it.each(ROLES)('is for a key of one district as if no other had rows: %s', async (role) => {
  const [here, there] = [await keyOf(both, role), await keyOf(alone, role)]
  const found = await texts(both, here)
  expect(found).toEqual(await texts(alone, there))
  expect(found.filter((text) => text.includes('"district":"yunyan"')).length).toBeGreaterThan(2)
  expect(found.join()).not.toContain('nanming')
})

it('has nothing of another district by its number or id', async () => {
  const key = await keyOf(both, 'district-reviewer')
  const [cases = [], vouchers = [], proposals = []] = await both.world.db.read([
    { sql: 'SELECT number, district FROM cases', args: [] },
    { sql: 'SELECT number, district FROM vouchers', args: [] },
    { sql: 'SELECT id FROM api_proposals', args: [] },
  ])
  for (const [area, rows] of [['applications', cases] as const, ['vouchers', vouchers] as const]) {
    for (const [number, district] of rows) {
      const { status } = await both.ask(key, `/${area}/${number}`)
      expect([district, status]).toEqual([district, district === 'yunyan' ? 200 : 404])
    }
  }
  for (const [id] of proposals) expect((await both.ask(key, `/proposals/${id}`)).status).toBe(404)
})

it('shows what does not open as if nobody had said it, and fails on nothing', async () => {
  const { number } = await handIn(alone.world, 9)
  await alone.world.db.write([
    { sql: "UPDATE cases SET applicant = X'00', answers = X'00' WHERE number = ?", args: [number] },
  ])
  const { status, json } = await alone.ask(
    await keyOf(alone, 'district-reviewer'),
    `/applications/${number}`,
  )
  expect([status, json.answers]).toEqual([200, null])
})
