import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { Database } from '../../db/core/database.ts'
import { actOnCase, type CaseDeskContext, caseWorldOf } from '../../src/cases/act-on-case.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

/** A database that notes what is read of cases and their events. */
function noting(db: Database): { db: Database; seen: string[][] } {
  const seen: string[][] = []
  const read: Database['read'] = (statements) => {
    const tables = statements.flatMap(
      ({ sql }) => /FROM (cases|case_events)\b/.exec(sql)?.[1] ?? [],
    )
    if (tables.length > 0) seen.push(tables)
    return db.read(statements)
  }
  return { db: { ...db, read, write: db.write.bind(db), close: db.close.bind(db) }, seen }
}

async function context(): Promise<CaseDeskContext> {
  const made = await caseWorldOf(desk.world.deps)
  if (made === null) throw new Error('no programme')
  return made
}

async function reviewerOf(district: string) {
  const { id } = await signInAs(desk.world.deps, 'district-reviewer', district)
  return { id, name: `员工${id}`, role: 'district-reviewer', district } as const
}

it('a click reads its case once, with its events in the same request', async () => {
  const { number } = await desk.handIn(1)
  const staff = await reviewerOf('yunyan')
  const world = await context()
  const { db, seen } = noting(world.db)
  const file = await loadCaseFile(db, world.vault, { number }, staff)
  const request = { version: 1, move: 'accept' }
  expect(await actOnCase({ ...world, db }, staff, file, request)).toMatchObject({ ok: true })
  expect(seen).toEqual([['cases', 'case_events']])
})

it('a refused move says how the case stands and what this person may do instead', async () => {
  const { number } = await desk.handIn(1)
  const world = await context()
  const staff = await reviewerOf('yunyan')
  const load = () => loadCaseFile(world.db, world.vault, { number }, staff)
  const refused = await actOnCase(world, staff, await load(), { version: 1, move: 'file' })
  const offered = (...moves: string[]) => moves.map((id) => expect.objectContaining({ id }))
  expect(refused).toMatchObject({
    problem: { kind: 'not-from-here' },
    standing: {
      state: 'submitted',
      version: 1,
      moves: offered('accept', 'return', 'propose-refusal'),
    },
  })
  await actOnCase(world, staff, await load(), { version: 1, move: 'accept' })
  expect(
    await actOnCase(world, staff, await load(), { version: 1, move: 'propose-refusal' }),
  ).toMatchObject({
    problem: { kind: 'conflict' },
    standing: {
      state: 'accepted',
      version: 2,
      moves: offered('return', 'begin-review', 'propose-refusal'),
    },
  })
})

it('a case that was loaded for other eyes is not moved', async () => {
  const { number } = await desk.handIn(1)
  const world = await context()
  const stranger = await reviewerOf('nanming')
  expect(await loadCaseFile(world.db, world.vault, { number }, stranger)).toBeNull()
  const file = await loadCaseFile(world.db, world.vault, { number })
  expect(await actOnCase(world, stranger, file, { version: 1, move: 'accept' })).toEqual({
    ok: false,
    problem: { kind: 'no-such-case' },
    standing: null,
  })
})
