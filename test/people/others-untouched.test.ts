import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, it, onTestFinished } from 'vitest'
import { findLastHandoff, listConversations } from '../../db/cases/staff-cases.ts'
import { eventStatements } from '../../db/events/places.ts'
import { eventDistrict, findSignup, lastAttended, listSignupsOf } from '../../db/events/signups.ts'
import { forgetContact } from '../../db/people/erase.ts'
import { quizStatements } from '../../db/quizzes/quizzes.ts'
import { fillTraits } from '../../src/campaigns/fill-traits.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
import { schemaTables } from '../core/described.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { seedEvent } from '../helpers/events.ts'
import { fileOf } from '../helpers/files.ts'
import { codeIn } from '../helpers/people/linking.ts'
import { createTalker } from '../helpers/talk.ts'

const TABLES = (await schemaTables()).map((table) => getTableConfig(table).name)

type Person = Awaited<ReturnType<typeof live>>

const rowsIn = async ({ db }: TestWorld, sql: string) =>
  (await db.read([{ sql, args: [] }]))[0] ?? []

/** Somebody who did everything that is stored of a person: an application, papers, an event, the quiz, a list, a hand-off. */
async function live(world: TestWorld, serial: number, [eventId, later]: readonly string[]) {
  const { deps, db } = world
  const me = createTalker(world, { channel: 'web', id: `web-${serial}` })
  await me.sayAll(['我家隔壁的石狮子能领几块钱', ...applicationLines(serial)])
  await me.sayAll(['人工', '返回机器人', '绑定', '要一个代码'])
  await me.sayAll(['菜单', { type: 'choice', value: '!my-data:see' }, '要一份', '菜单'])
  await me.sayAll([{ type: 'choice', value: '!prescreen' }, '同意', '菜单'])
  await fillTraits({ ...deps })
  const [[contactId, sessionId] = []] = await rowsIn(
    world,
    `SELECT contact_id, id FROM sessions WHERE external_id = 'web-${serial}'`,
  )
  const contact = String(contactId)
  const [[caseId] = []] = await rowsIn(
    world,
    `SELECT id FROM cases WHERE contact_id = '${contact}'`,
  )
  const bytes = fileOf('png', `of ${serial}`)
  const kept = await keepFile(deps, {
    ...{ source: `web:${serial}:f`, channel: 'web', from: me.from, bytes, name: '身份证.png' },
  })
  const loose = await keepFile(deps, {
    ...{ source: `web:${serial}:g`, channel: 'web', from: me.from },
    ...{ bytes: fileOf('png', `later ${serial}`), name: '别的.png' },
  })
  if (!kept.ok || !loose.ok) throw new Error('no file')
  const who = { contactId: contact, at: deps.now() }
  const join = { kind: 'join', state: 'going', number: serial, walkIn: false } as const
  const rate = {
    kind: 'rate',
    eventId: String(eventId),
    stars: 4,
    words: `讲得好${serial}`,
  } as const
  const bank = { kind: 'bank', district: null, bank: null } as const
  const answers = [{ id: 'q1', right: true }]
  const signUp = (id: string, done: Parameters<typeof eventStatements>[2]) =>
    eventStatements(testVault, { id: `${id}${serial}`, ...who }, done)
  await db.write([
    {
      sql: `UPDATE attachments SET status = 'taken', document = 'identity', case_id = ?, contact_id = ? WHERE id = ?`,
      args: [String(caseId), contact, kept.id],
    },
    ...(await signUp('a', { kind: 'district', district: 'yunyan' })),
    ...(await signUp('b', { ...join, eventId: String(eventId) })),
    ...(await signUp('h', { ...join, eventId: String(later) })),
    ...(await signUp('c', { kind: 'arrive', eventId: String(eventId) })),
    ...(await signUp('d', rate)),
    ...quizStatements({ id: `e${serial}`, ...who }, { kind: 'join', who: bank }),
    ...quizStatements(
      { id: `f${serial}`, ...who },
      { kind: 'finish', programme: deps.programme, answers },
    ),
    {
      sql: `INSERT OR IGNORE INTO staff (id, name, email, role, created_at, updated_at)
        VALUES ('li', '李丽', 'li@example.test', 'agent', 'x', 'x')`,
      args: [],
    },
    {
      sql: "INSERT OR IGNORE INTO campaign_lists (id, name, staff_id, at) VALUES ('l1', '要来的人', 'li', '2018')",
      args: [],
    },
    {
      sql: "INSERT INTO campaign_list_members (list_id, contact_id) VALUES ('l1', ?)",
      args: [contact],
    },
  ])
  return { me, ids: [contact, sessionId, caseId, kept.id, loose.id].map(String) }
}

/** One that people came to, and a later one. */
async function seedEvents({ deps }: TestWorld): Promise<string[]> {
  return [(await seedEvent(deps)).id, (await seedEvent(deps)).id]
}

/** Every row that speaks of somebody, by any of their ids. */
async function rowsOf(world: TestWorld, { ids }: Person): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of TABLES) {
    const rows = await rowsIn(world, `SELECT * FROM ${table}`)
    const theirs = rows.filter((row) => row.some((value) => ids.includes(String(value))))
    if (theirs.length > 0) found[table] = theirs.map((row) => JSON.stringify(row)).sort()
  }
  return found
}

const erase = ({ me }: Person) =>
  me.sayAll(['菜单', { type: 'choice', value: '!my-data' }, '删除', '删除'])

it.each<[string, (one: Person, world: TestWorld) => Promise<unknown>]>([
  ['erases what is theirs', erase],
  [
    'joins a second chat that has everything too, and parts again',
    async ({ me }, world) => {
      const other = createTalker(world, { channel: 'telegram', id: 'second' })
      await other.sayAll([
        '你好',
        '活动',
        '云岩',
        '1',
        '我要报名',
        '菜单',
        '测验',
        '1',
        '云岩区',
        '1',
        '菜单',
      ])
      const code = codeIn(await me.sayAll(['菜单', '绑定', '要一个代码']))
      const [[number] = []] = await rowsIn(
        world,
        "SELECT c.number FROM cases c JOIN addresses a USING (contact_id) WHERE a.external_id = 'web-10'",
      )
      await other.sayAll(['菜单', '绑定', code, String(number).slice(-6), '同意'])
      expect(await me.say('是我，合在一起')).toContain('绑定好了')
      await me.sayAll(['分开', '分开'])
    },
  ],
  [
    'is forgotten after years of silence',
    async ({ ids: [contact] }, world) => {
      const untied = 'UPDATE cases SET contact_id = NULL WHERE contact_id = ?'
      await world.db.write([{ sql: untied, args: [contact ?? ''] }])
      await world.db.write(forgetContact(contact ?? '', world.deps.now()))
    },
  ],
  [
    'comes to an event, says how it was, and leaves the next one',
    async ({ ids: [contactId = ''] }, world) => {
      const [[first], [next]] = (await rowsIn(world, 'SELECT id FROM events ORDER BY id DESC')) as [
        [string],
        [string],
      ]
      const who = { contactId, at: world.deps.now(), id: 'x' }
      for (const deed of [
        { kind: 'arrive', eventId: first },
        { kind: 'rate', eventId: first, stars: 1, words: '不好' },
        { kind: 'leave', eventId: next },
        { kind: 'district', district: 'nanming' },
      ] as const) {
        await world.db.write(await eventStatements(testVault, who, deed))
      }
    },
  ],
])('whoever %s leaves everybody else as they were', async (_, act) => {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  const events = await seedEvents(world)
  const one = await live(world, 10, events)
  const other = await live(world, 20, events)
  const [before, mine] = [await rowsOf(world, other), await rowsOf(world, one)]
  expect(Object.keys(before).sort()).toEqual([...REACHED].sort())
  await act(one, world)
  expect(await rowsOf(world, other)).toEqual(before)
  expect(await rowsOf(world, one)).not.toEqual(mine)
})

it('whatever somebody is shown of themselves is the same whoever else is there', async () => {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  const { db, deps } = world
  const events = await seedEvents(world)
  const { me, ids } = await live(world, 10, events)
  const [contactId = ''] = ids
  const [first = '', later = ''] = events
  const shown = async () => ({
    copy: await copyOf(deps, { contactId, from: me.from }),
    told: await me.sayAll(['菜单', { type: 'choice', value: '!my-data:see' }, '看一看']),
    signups: [await findSignup(db, first, contactId), await findSignup(db, later, contactId)],
    coming: await listSignupsOf(db, contactId, deps.now()),
    attended: await lastAttended(db, contactId, '2030-01-01T00:00:00.000Z'),
    district: await eventDistrict(db, contactId),
    conversations: await listConversations(db, contactId),
    handoff: await findLastHandoff(db, contactId),
  })
  await shown()
  const before = await shown()
  expect(JSON.stringify(before)).toContain('讲得好10')
  await live(world, 20, events)
  const after = await shown()
  const turns = /聊天记录：\d+ 次来回/
  expect(after.told.replace(turns, '')).toBe(before.told.replace(turns, ''))
  const same = ({ copy, told: _, ...rest }: typeof before) => ({
    ...rest,
    copy: { ...copy, conversations: [], dataRequests: [] },
  })
  expect(same(after)).toEqual(same(before))
})

/** What a whole life leaves rows in. */
const REACHED = [
  ...['addresses', 'attachments', 'blobs', 'campaign_list_members', 'case_events', 'cases'],
  ...[
    'consents',
    'contact_traits',
    'contacts',
    'data_requests',
    'event_districts',
    'event_signups',
  ],
  ...['handoffs', 'link_codes', 'links', 'quiz_people', 'quiz_rounds', 'sessions', 'turns'],
  'unanswered_questions',
]
