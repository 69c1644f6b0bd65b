import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import { identityIndex } from '../../db/cases/content.ts'
import { openFile } from '../../db/core/client.node.ts'
import { eventStatements } from '../../db/events/places.ts'
import { quizStatements } from '../../db/quizzes/quizzes.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { sweepAttachments } from '../../src/cases/attachments/sweep-attachments.ts'
import { lookUpCase } from '../../src/cases/look-up-case.ts'
import { moveCaseNow } from '../../src/cases/move-case.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { seedEvent } from '../helpers/events.ts'
import { joinBy } from '../helpers/people/join.ts'
import { openEverything } from '../helpers/residue.ts'
import { createTalker } from '../helpers/talk.ts'

const PERSON = 7_771
/** What must be nowhere afterwards. */
const MARKS = {
  name: '王小明',
  identity: identityNumber(PERSON),
  birth: identityNumber(PERSON).slice(6, 14),
  lastSix: identityNumber(PERSON).slice(-6),
  mobile: '13900007771',
  enterprise: '小明7771号早餐店',
  purpose: '买5台蒸箱',
  miss: '我家隔壁的石狮子能领几块钱',
  note: '这位申请人下周来办公室',
  file: 'the picture of an identity card 7771',
  fileName: '身份证7771.png',
  terminal: 'terminal-of-wang',
  feedback: '讲得清楚就是喇叭有点小声7771',
}
const MINE = { type: 'choice', value: '!my-data' } as const
const RECEIPT = /SJ-\d{8}-[A-Z2-9]{6}/
/** A picture as a sniffer knows it, with a mark in it. */
const PICTURE = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from(MARKS.file),
])

let folder: string
let world: TestWorld
let channels: ReturnType<typeof createFakeChannel>[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-erase-'))
  channels = (['web', 'terminal'] as const).map((type) => ({ ...createFakeChannel(), type }))
  world = await createWorld(channels, { db: openFile(`${folder}/erase.db`) })
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []

async function staff(number: string, move: string) {
  const reasons = move === 'reject' ? ['other'] : move === 'return' ? ['unreadable'] : []
  const moved = await moveCaseNow(
    { ...world.deps, pack },
    {
      ...{ number, move, reasons },
      actor: { role: 'district-reviewer', name: '李丽' },
      missing: move === 'return' ? [{ kind: 'field', id: 'mobile' }] : [],
      note: reasons.length > 0 ? `${MARKS.name}的材料看不清` : null,
    },
  )
  if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
}

/** A whole life on two channels; gives the person in the web chat, and their case. */
async function live() {
  const elsewhere = createTalker(world, { channel: 'terminal', id: MARKS.terminal })
  await elsewhere.sayAll(['你好', MARKS.miss, '人工', '返回机器人'])
  await elsewhere.sayAll(applicationLines(PERSON).slice(0, 8))
  const token = /#go=(\S+)/.exec(await elsewhere.sayAll([MINE, '要一份']))?.[1]
  const me = createTalker(world, { channel: 'web', id: 'w1' })
  await joinBy(me, elsewhere, token)
  await me.say({ type: 'choice', value: '!my-data:copy' })
  await me.sayAll([MARKS.miss, { type: 'choice', value: '!prescreen' }, '同意', '南明区', '菜单'])
  const { deps } = world
  const kept = await keepFile(deps, {
    ...{ source: 'web:w1:f1', channel: 'web', from: me.from },
    ...{ bytes: PICTURE, name: MARKS.fileName },
  })
  if (!kept.ok) throw new Error(kept.problem)
  const number = numberIn(await me.sayAll(applicationLines(PERSON)))
  if (number === null) throw new Error('no case')
  const head = await loadCase(deps.db, { number })
  await deps.db.write([
    {
      sql: `UPDATE attachments SET status = 'taken', document = 'identity', case_id = ?,
        contact_id = ? WHERE id = ?`,
      args: [head?.id ?? '', head?.contactId ?? '', kept.id],
    },
  ])
  await keepFile(deps, {
    ...{ source: 'web:w1:f2', channel: 'web', from: me.from },
    ...{ bytes: Buffer.concat([PICTURE, Buffer.from('2')]), name: MARKS.fileName },
  })
  await lookUpCase(
    { ...deps, pack },
    { number, lastSix: MARKS.lastSix, name: '李四', from: me.from },
  )
  await me.say('人工')
  const [[handoff] = []] = await rows('SELECT id FROM handoffs LIMIT 1')
  await deps.db.write([
    {
      sql: `INSERT INTO staff (id, name, email, role, created_at, updated_at)
        VALUES ('li', '李丽', 'li@example.test', 'agent', 'x', 'x')`,
      args: [],
    },
    {
      sql: `INSERT INTO handoff_notes (id, handoff_id, staff_id, body, at) VALUES ('n1', ?, 'li', ?, 'x')`,
      args: [handoff ?? '', await deps.vault.seal(MARKS.note, 'handoff-note:n1')],
    },
  ])
  await takePart(head?.contactId ?? '')
  await me.sayAll(['返回机器人', MINE, '看一看', '更正', '菜单'])
  return { me, elsewhere, number, contactId: head?.contactId ?? '', caseId: head?.id ?? '' }
}

/** Somebody who went to an event and said how it was, did the quiz, and stands on a list of staff. */
async function takePart(contactId: string) {
  const { deps } = world
  const at = deps.now()
  const { id: eventId } = await seedEvent(deps)
  const who = { contactId, at }
  const join = { kind: 'join', eventId, state: 'going', number: 1, walkIn: false } as const
  const told = { kind: 'rate', eventId, stars: 4, words: MARKS.feedback } as const
  const bank = { kind: 'bank', district: null, bank: null } as const
  const answers = [{ id: 'q1', right: true }]
  await deps.db.write([
    ...(await eventStatements(
      testVault,
      { id: 's1', ...who },
      { kind: 'district', district: 'yunyan' },
    )),
    ...(await eventStatements(testVault, { id: 's2', ...who }, join)),
    ...(await eventStatements(testVault, { id: 's3', ...who }, { kind: 'arrive', eventId })),
    ...(await eventStatements(testVault, { id: 's4', ...who }, told)),
    ...quizStatements({ id: 'r0', ...who }, { kind: 'join', who: bank }),
    ...quizStatements({ id: 'r1', ...who }, { kind: 'finish', programme: deps.programme, answers }),
    {
      sql: `INSERT INTO campaign_lists (id, name, staff_id, at) VALUES ('l1', '七月要来的人', 'li', ?)`,
      args: [at],
    },
    {
      sql: `INSERT INTO campaign_list_members (list_id, contact_id) VALUES ('l1', ?)`,
      args: [contactId],
    },
  ])
}

async function erase(me: ReturnType<typeof createTalker>, id?: string): Promise<string> {
  await me.sayAll([MINE, '删除'])
  return me.say('删除', id)
}

/** Where a mark is still found, as `table.column mark`. */
async function residue(marks: Record<string, string>): Promise<string[]> {
  const cells = await openEverything(world.db, testVault)
  return Object.entries(marks).flatMap(([mark, value]) =>
    cells
      .filter(({ text }) => text.includes(value))
      .map(({ table, column }) => `${table}.${column} ${mark}`),
  )
}

describe('an erasure', () => {
  it('leaves nothing of a person whose case nobody has accepted', async () => {
    const { me, number, contactId } = await live()
    await staff(number, 'return')
    await dispatchOutbox(world.deps, async () => {})
    const indexes = {
      identityIndex: await identityIndex(testVault, MARKS.identity),
      contact: contactId,
    }
    const all = { ...MARKS, ...indexes }
    const [{ text: lookup } = { text: '' }] = (await openEverything(world.db, testVault)).filter(
      ({ column }) => column === 'lookup_index',
    )
    const found = new Set((await residue(all)).map((where) => where.split(' ')[1]))
    expect([...found].sort()).toEqual(Object.keys(all).sort())

    const answer = await erase(me)
    const receipt = RECEIPT.exec(answer)?.[0]
    await sweepAttachments({ ...world.deps })
    expect(await residue({ ...all, lookup })).toEqual([])
    expect(await rows('SELECT receipt, contact_id, kind FROM data_requests ORDER BY kind')).toEqual(
      [
        [expect.stringMatching(RECEIPT), null, 'copy'],
        [receipt, null, 'erase'],
      ],
    )
    const head = await loadCase(world.db, { number })
    expect(head).toMatchObject({ stage: 'withdrawn', contactId: null })
    expect(head?.erasedAt).not.toBeNull()
    for (const table of [
      'handoffs',
      'handoff_notes',
      'consents',
      'links',
      'unanswered_questions',
      'event_signups',
      'event_districts',
      'quiz_people',
      'campaign_list_members',
    ]) {
      expect(await rows(`SELECT count(*) FROM ${table}`), table).toEqual([[0]])
    }
    expect(await rows('SELECT count(*) FROM contacts')).toEqual([[1]])
    expect(await rows('SELECT channel, external_id FROM addresses')).toEqual([['web', 'w1']])
    expect(await rows('SELECT count(*) FROM turns')).toEqual([[1]])
  })

  it('unties what the office has accepted, and keeps it whole', async () => {
    const { me, number, contactId } = await live()
    await staff(number, 'accept')
    const outlook = await me.sayAll([MINE, '删除'])
    expect(outlook).toContain(`申请 ${number}（已受理）`)
    expect(outlook).toContain('档案规定')
    await me.say('删除')
    await sweepAttachments({ ...world.deps })
    const left = await residue({ ...MARKS, contact: contactId })
    const ofCase =
      /^(cases\.(applicant|answers)|attachments\.name|blobs\.bytes|attachments\.contact_id|contacts\.id) /
    expect(left.filter((where) => !ofCase.test(where))).toEqual([])
    expect(left).toContain('cases.applicant identity')
    expect(left).toContain('blobs.bytes file')
    expect(await rows('SELECT count(*) FROM blobs')).toEqual([[1]])
    // The old contact is nobody: no address, no conversation leads to it.
    expect(await rows(`SELECT count(*) FROM addresses WHERE contact_id = '${contactId}'`)).toEqual([
      [0],
    ])
    expect(await loadCase(world.db, { number })).toMatchObject({
      stage: 'accepted',
      contactId: null,
    })
    const seen = await lookUpCase(
      { ...world.deps, pack },
      { number, lastSix: MARKS.lastSix, name: MARKS.name, from: { channel: 'web', id: 'w9' } },
    )
    expect(seen.kind).toBe('found')
  })

  it('is of what a copy and the overview name: events, the quiz, lists', async () => {
    const { me, contactId } = await live()
    const copy = await copyOf(world.deps, { contactId, from: me.from })
    expect(copy).toMatchObject({
      signups: [{ state: 'going', stars: 4, words: MARKS.feedback }],
      quiz: { kind: 'bank' },
      quizRounds: [{ asked: 1, right: 1 }],
      lists: ['七月要来的人'],
    })
    const told = await me.sayAll([MINE, '看一看'])
    for (const words of [
      '已签到',
      '您打了 4 分',
      '银行工作人员',
      '1 题答对 1 题',
      '七月要来的人',
    ]) {
      expect(told).toContain(words)
    }
    await erase(me)
    expect(await rows('SELECT contact_id, asked FROM quiz_rounds')).toEqual([[null, 1]])
  })

  it('is not done for less than the typed word, and can be left', async () => {
    const { me } = await live()
    await me.sayAll([MINE, '删除'])
    for (const line of ['好的', '是', '1', '不删']) await me.say(line)
    expect((await residue({ mobile: MARKS.mobile })).length).toBeGreaterThan(3)
    expect(await rows(`SELECT count(*) FROM data_requests WHERE kind = 'erase'`)).toEqual([[0]])
  })

  it('answers a redelivery alike, and goes on as with a stranger', async () => {
    const { me } = await live()
    const first = await erase(me, 'web:w1:gone')
    expect(await me.say('删除', 'web:w1:gone')).toBe(first)
    expect(await me.say('1')).not.toContain(MARKS.name)
    expect(await me.sayAll([MINE, '看一看'])).not.toContain('申请 GY18')
    expect(await me.sayAll([{ type: 'choice', value: '!apply' }])).toContain(
      '您同意这样用您的信息吗',
    )
    // Who was erased can apply anew.
    expect(numberIn(await me.sayAll(applicationLines(PERSON)))).not.toBeNull()
  })

  it('touches nobody else', async () => {
    const other = createTalker(world, { channel: 'web', id: 'w2' })
    const number = numberIn(await other.sayAll(applicationLines(8))) ?? ''
    const before = (await openEverything(world.db, testVault)).filter(({ table }) =>
      ['turns', 'cases', 'consents', 'sessions', 'addresses'].includes(table),
    )
    const { me } = await live()
    await erase(me)
    const after = new Set((await openEverything(world.db, testVault)).map((c) => JSON.stringify(c)))
    expect(before.filter((cell) => !after.has(JSON.stringify(cell)))).toEqual([])
    expect(await loadCase(world.db, { number })).toMatchObject({ stage: 'submitted' })
  })

  it('and a case that is accepted in that very moment: the office was first', async () => {
    const { me, number } = await live()
    await me.sayAll([MINE, '删除'])
    const { vault } = world.deps
    let raced = false
    const racing = {
      ...world.db,
      write: async (asked: Parameters<typeof world.db.write>[0]) => {
        if (!raced && asked.some(({ sql }) => sql.includes('DELETE FROM consents'))) {
          raced = true
          await staff(number, 'accept')
        }
        return world.db.write(asked)
      },
    }
    const late = createTalker({ deps: { ...world.deps, db: racing } }, me.from)
    expect(await late.say('删除', 'web:w1:race')).toMatch(RECEIPT)
    expect(raced).toBe(true)
    expect(await loadCase(world.db, { number })).toMatchObject({
      stage: 'accepted',
      erasedAt: null,
    })
    expect(vault).toBe(testVault)
  })

  it('leaves not even the sealed bytes in the file', async () => {
    const { me } = await live()
    const [bodies = []] = await world.db.read([
      { sql: 'SELECT body FROM turns UNION ALL SELECT memory FROM sessions', args: [] },
    ])
    const sealed = bodies.map(([body]) => Buffer.from((body as Uint8Array).subarray(16, 56)))
    const onDisk = () => {
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
      return sealed.filter((bytes) => files.some((file) => file.includes(bytes))).length
    }
    expect(onDisk()).toBe(sealed.length)
    await erase(me)
    await world.close()
    expect(onDisk()).toBe(0)
  })

  it('knows every column that leads to a person', async () => {
    const leads =
      await rows(`SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
      WHERE t.type = 'table' AND c.name IN ('contact_id', 'session_id', 'external_id', 'open_id', 'handoff_id', 'maker_id', 'taker_id')
      ORDER BY 1`)
    // A new one belongs into db/people/erase.ts first.
    expect(leads.map(String)).toEqual([
      'addresses.contact_id',
      'addresses.external_id',
      'attachments.contact_id',
      'attachments.external_id',
      'campaign_answers.contact_id',
      'campaign_list_members.contact_id',
      'campaign_recipients.contact_id',
      'campaign_recipients.external_id',
      'cases.contact_id',
      'consents.contact_id',
      'consents.session_id',
      'contact_traits.contact_id',
      'data_requests.contact_id',
      'event_districts.contact_id',
      'event_holds.contact_id',
      'event_signups.contact_id',
      'handoff_answers.handoff_id',
      'handoff_desk_answers.handoff_id',
      'handoff_notes.handoff_id',
      'handoff_posts.handoff_id',
      'handoff_work.handoff_id',
      'handoffs.session_id',
      ...['link_asks.maker_id', 'link_asks.taker_id'],
      ...['link_codes.contact_id', 'link_codes.external_id'],
      ...['link_events.contact_id', 'link_joins.contact_id'],
      ...['links.contact_id', 'links.external_id'],
      'outbox.external_id',
      'quiz_people.contact_id',
      'quiz_rounds.contact_id',
      'sessions.contact_id',
      'sessions.external_id',
      'staff_chats.external_id',
      'turns.session_id',
      'unanswered_questions.session_id',
      'vouchers.contact_id',
      'wechat_credits.open_id',
      'wechat_windows.open_id',
    ])
  })
})
