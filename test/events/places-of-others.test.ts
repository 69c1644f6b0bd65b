import { beforeEach, expect, it } from 'vitest'
import type { Statement } from '../../db/core/database.ts'
import { eventStatements } from '../../db/events/places.ts'
import {
  eraseSignups,
  eventDistrict,
  findSignup,
  lastAttended,
  listSignupsOf,
  mergeSignups,
} from '../../db/events/signups.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { seedEvent } from '../helpers/events.ts'

const PEOPLE = ['twin', 'me', 'other'] as const
const UNTIL = '2030-01-01T00:00:00.000Z'
let world: TestWorld
let events: string[]

/** Everybody stands on the list of two events, has left that of a third, holds places and looks at a district. */
beforeEach(async () => {
  world = await createWorld([])
  const { db, deps } = world
  events = [(await seedEvent(deps)).id, (await seedEvent(deps)).id, (await seedEvent(deps)).id]
  const at = deps.now()
  for (const [index, contactId] of PEOPLE.entries()) {
    const who = (id: string) => ({ id: `${id}-${contactId}`, contactId, at })
    const join = (eventId = '') =>
      ({ kind: 'join', eventId, state: 'going', number: index + 1, walkIn: false }) as const
    await db.write([
      {
        sql: 'INSERT INTO contacts (id, locale, created_at) VALUES (?, ?, ?)',
        args: [contactId, 'en', at],
      },
      ...(await eventStatements(testVault, who('a'), join(events[0]))),
      ...(await eventStatements(testVault, who('b'), join(events[1]))),
      ...(await eventStatements(testVault, who('c'), join(events[2]))),
      ...(await eventStatements(testVault, who('l'), { kind: 'leave', eventId: events[2] ?? '' })),
      ...(await eventStatements(testVault, who('d'), { kind: 'district', district: 'yunyan' })),
      ...events.map((eventId) => ({
        sql: 'INSERT INTO event_holds (event_id, contact_id, until) VALUES (?, ?, ?)',
        args: [eventId, contactId, UNTIL],
      })),
    ])
  }
  return () => world.close()
})

const deed = async (what: Parameters<typeof eventStatements>[2]) =>
  eventStatements(testVault, { id: 'x', contactId: 'me', at: world.deps.now() }, what)
const arrive = async () => deed({ kind: 'arrive', eventId: events[0] ?? '' })

async function rowsOf(contactId: string) {
  return world.db.read(
    ['event_signups', 'event_holds', 'event_districts'].map((table) => ({
      sql: `SELECT * FROM ${table} WHERE contact_id = ? ORDER BY 1, 2`,
      args: [contactId],
    })),
  )
}

it.each<[string, () => Promise<Statement[]>]>([
  ['comes in', arrive],
  ['leaves', () => deed({ kind: 'leave', eventId: events[1] ?? '' })],
  ['looks at another district', () => deed({ kind: 'district', district: 'nanming' })],
  [
    'joins again',
    async () => [
      ...(await deed({ kind: 'leave', eventId: events[1] ?? '' })),
      ...(await deed(again(events[1]))),
    ],
  ],
  ['says how it was', async () => [...(await arrive()), ...(await rated())]],
  [
    'becomes one with another chat',
    async () => [...(await arrive()), ...mergeSignups('me', 'twin')],
  ],
  ['takes another chat in', async () => [...(await arrive()), ...mergeSignups('twin', 'me')]],
  ['is erased', async () => [...(await arrive()), ...eraseSignups('me')]],
])('whoever %s, the places of others stay theirs', async (_, act) => {
  const [before, mine] = [await rowsOf('other'), await rowsOf('me')]
  expect(before.map((rows) => rows.length)).toEqual([3, 3, 1])
  await world.db.write(await act())
  expect(await rowsOf('other')).toEqual(before)
  expect(await rowsOf('me')).not.toEqual(mine)
})

const again = (eventId = '') =>
  ({ kind: 'join', eventId, state: 'going', number: 9, walkIn: false }) as const
const rated = () => deed({ kind: 'rate', eventId: events[0] ?? '', stars: 4, words: '好' })

it('who is erased before they came is counted as nobody who came', async () => {
  const came = { sql: 'SELECT gone_attended FROM events ORDER BY id', args: [] }
  await world.db.write([
    ...(await eventStatements(
      testVault,
      { id: 'o', contactId: 'other', at: world.deps.now() },
      { kind: 'arrive', eventId: events[0] ?? '' },
    )),
    ...eraseSignups('me'),
  ])
  expect(await world.db.read([came])).toEqual([[[0], [0], [0]]])
})

it('what somebody is told of their places is theirs', async () => {
  const { db } = world
  const told = async () => [
    await findSignup(db, events[0] ?? '', 'me'),
    await listSignupsOf(db, 'me', world.deps.now()),
    await lastAttended(db, 'me', UNTIL),
    await eventDistrict(db, 'me'),
  ]
  const before = await told()
  for (const contactId of PEOPLE.filter((one) => one !== 'me')) {
    const who = { id: `z-${contactId}`, contactId, at: world.deps.now() }
    await db.write([
      ...(await eventStatements(testVault, who, { kind: 'arrive', eventId: events[0] ?? '' })),
      ...(await eventStatements(testVault, who, { kind: 'leave', eventId: events[1] ?? '' })),
      ...(await eventStatements(testVault, who, { kind: 'district', district: 'huaxi' })),
    ])
  }
  expect(await told()).toEqual(before)
})
