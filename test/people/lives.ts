import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { eventStatements } from '../../db/events/places.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { quizStatements } from '../../db/quizzes/quizzes.ts'
import { fillTraits } from '../../src/campaigns/fill-traits.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { schemaTables } from '../core/described.ts'
import { type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { seedEvent } from '../helpers/events.ts'
import { fileOf } from '../helpers/files.ts'
import { createTalker } from '../helpers/talk.ts'

const TABLES = (await schemaTables()).map((table) => getTableConfig(table).name)

export type Person = Awaited<ReturnType<typeof live>>

export const rowsIn = async ({ db }: TestWorld, sql: string) =>
  (await db.read([{ sql, args: [] }]))[0] ?? []

/** Somebody who did everything that is stored of a person: an application, papers, an event, the quiz, a list, a hand-off. */
export async function live(world: TestWorld, serial: number, [eventId, later]: readonly string[]) {
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
      sql: `INSERT OR IGNORE INTO campaigns (id, state, title, segment, content, author_id, created_at, updated_at)
        VALUES ('c1', 'finished', '通知', '{}', '{}', 'li', 'x', 'x')`,
      args: [],
    },
    {
      sql: "INSERT INTO campaign_answers (campaign_id, contact_id, what, at) VALUES ('c1', ?, 'more', '2018')",
      args: [contact],
    },
    await enqueue(testVault, {
      id: `notice:case:of-${serial}`,
      to: me.from,
      origin: 'notice',
      kind: 'case',
      template: 'case.return',
      at: deps.now(),
      expiresAt: '2018-06-09T00:00:00.000Z',
      body: { text: `请补材料${serial}`, quickReplies: [] },
    }),
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
export async function seedEvents({ deps }: TestWorld): Promise<string[]> {
  return [(await seedEvent(deps)).id, (await seedEvent(deps)).id]
}

/** Every row that speaks of somebody, by any of their ids. */
export async function rowsOf(world: TestWorld, { ids }: Person): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of TABLES) {
    const rows = await rowsIn(world, `SELECT * FROM ${table}`)
    const theirs = rows.filter((row) => row.some((value) => ids.includes(String(value))))
    if (theirs.length > 0) found[table] = theirs.map((row) => JSON.stringify(row)).sort()
  }
  return found
}
