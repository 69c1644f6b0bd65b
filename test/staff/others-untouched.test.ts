import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { CAMPAIGN_MOVES } from '../../db/campaigns/campaigns.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database, Statement } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { listStaffAsks, putStaffAsk } from '../../db/staff/asks.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { endStaffChat, listStaffChats, putStaffCode } from '../../db/staff/chats.ts'
import {
  agreeDisclosure,
  askDisclosure,
  countLooks,
  discloseAlone,
} from '../../db/staff/disclosures.ts'
import {
  insertStaff,
  putLink,
  resetTwoFactor,
  setDisabled,
  signOutEverywhere,
} from '../../db/staff/members.ts'
import { endOtherSessions, endSession, hasSession, listSessions } from '../../db/staff/sessions.ts'
import { schemaTables } from '../core/described.ts'

const AT = '2018-06-01T02:00:00.000Z'
const LATER = '2030-01-01T00:00:00.000Z'
const TABLES = (await schemaTables()).map((table) => getTableConfig(table).name)

let db: Database
const run = (sql: string, ...args: (string | number)[]) => ({ sql, args })

/** Somebody of staff with all that hangs on an account. */
async function enter(id: string, boss: string | null): Promise<void> {
  const asked = { askedBy: boss ?? id, askedAt: AT, expiresAt: LATER }
  await db.write([
    insertStaff({
      id,
      name: `员工${id}`,
      email: `${id}@example.test`,
      role: 'admin',
      district: null,
      providerId: null,
      at: AT,
    }),
    run('UPDATE staff SET two_factor_enabled = 1 WHERE id = ?', id),
    ...['one', 'two'].map((end) =>
      run(
        `INSERT INTO staff_sessions (id, token, staff_id, expires_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
        ...[`${id}-${end}`, `token-${id}-${end}`, id, LATER, AT, AT],
      ),
    ),
    run(
      `INSERT INTO staff_two_factors (id, secret, backup_codes, staff_id) VALUES (?, 'x', 'x', ?)`,
      ...[`factor-${id}`, id],
    ),
    run(
      `INSERT INTO staff_chats (id, staff_id, channel, external_id, code_index, role, two_factor_id, verified_step,
        powers_until, linked_at) VALUES (?, ?, 'telegram', ?, ?, 'admin', ?, 1, ?, ?)`,
      ...[`chat-${id}`, id, `t-${id}`, `code-${id}`, `factor-${id}`, LATER, AT],
    ),
    putLink({ staffId: id, tokenHash: `hash-${id}`, expiresAt: LATER }),
    putStaffCode(id, `staff-code-${id}`, LATER),
    ...putStaffAsk({ id: `ask-${id}`, kind: 'link', staffId: id, ...asked }),
    ...discloseAlone(disclosure(id, `alone-${id}`), '2018-06-01'),
    askDisclosure({ ...disclosure(id, `looks-${id}`), kind: 'looks' }),
    ...(boss === null ? [] : [agreeDisclosure(`looks-${id}`, boss, AT)]),
  ])
  const look = { at: AT, actor: id, action: 'case.revealed', subject: `case:${id}` } as const
  await writeAudited(db, [look], [])
}

const disclosure = (askedBy: string, id: string) => ({
  kind: 'ledger' as const,
  scope: '{}',
  district: null,
  people: 15,
  reason: '核对去年的台账',
  askedAt: AT,
  expiresAt: LATER,
  askedBy,
  id,
})

beforeEach(async () => {
  db = openFile(':memory:')
  await migrate(db, AT)
  await enter('me', null)
  return () => db.close()
})

async function rowsOf(name: string): Promise<string[]> {
  const all = await db.read(TABLES.map((table) => run(`SELECT * FROM ${table}`)))
  return all.flatMap((rows, index) =>
    rows
      .filter((row) => row.some((value) => String(value).split(/[-:]/).includes(name)))
      .map((row) => `${TABLES[index]} ${JSON.stringify(row)}`),
  )
}

describe('what is done of an account', () => {
  it.each<[string, () => Statement[]]>([
    ['is shut out', () => setDisabled('me', true, LATER)],
    ['loses the authenticator', () => resetTwoFactor('me', LATER)],
    ['is signed out everywhere', () => [signOutEverywhere('me')]],
    ['is signed out elsewhere', () => [endOtherSessions('me', 'token-me-one')]],
    ['ends a chat', () => [endStaffChat('me', 'chat-me')]],
    [
      'is asked for anew',
      () => {
        const when = { askedAt: LATER, expiresAt: LATER }
        return putStaffAsk({
          id: 'ask-new',
          kind: 'link',
          staffId: 'me',
          askedBy: 'other',
          ...when,
        })
      },
    ],
  ])('%s, and the next one stays as it was', async (_, done) => {
    await enter('other', 'me')
    const [theirs, mine] = [await rowsOf('other'), await rowsOf('me')]
    expect(theirs.length).toBeGreaterThan(8)
    await db.write(done())
    const after = await rowsOf('other')
    expect(theirs.filter((row) => !after.includes(row))).toEqual([])
    expect(await rowsOf('me')).not.toEqual(mine)
  })

  it('ends nothing that is another’s, also by its id', async () => {
    await enter('other', 'me')
    const before = await rowsOf('other')
    await db.write([endSession('me', 'other-one'), endStaffChat('me', 'chat-other')])
    expect(await rowsOf('other')).toEqual(before)
  })
})

it('what is known of an account, and what it may still do alone, is the same whoever else is there', async () => {
  const known = async () => ({
    sessions: await listSessions(db, 'me', AT),
    chats: await listStaffChats(db, 'me'),
    asks: await listStaffAsks(db, 'me', AT),
    looks: await countLooks(db, 'me', '2018-05-31T00:00:00.000Z', ['case.revealed']),
    there: await hasSession(db, { ...ofMe, token: 'token-me-one' }),
    theirs: await hasSession(db, { ...ofMe, token: 'token-other-one' }),
  })
  const ofMe = { staffId: 'me', now: AT, begun: '2018-01-01T00:00:00.000Z' }
  const before = await known()
  expect([before.sessions.length, before.chats.length, before.asks.length]).toEqual([2, 1, 1])
  await enter('other', 'me')
  expect(await known()).toEqual(before)
  // 15 people of twenty were taken by each; of one account they would be thirty.
  const alone = 'SELECT id, alone FROM disclosures WHERE alone IS NOT NULL ORDER BY id'
  expect(await db.read([run(alone)])).toEqual([
    [
      ['alone-me', 15],
      ['alone-other', 15],
    ],
  ])
})

it('a move is somebody’s where they made it themselves', async () => {
  await enter('other', 'me')
  await db.write([
    run(
      `INSERT INTO campaigns (id, state, title, segment, content, author_id, created_at, updated_at)
        VALUES ('c', 'draft', '通知', '{}', '{}', 'me', ?, ?)`,
      ...[AT, AT],
    ),
    CAMPAIGN_MOVES.insert('c', { version: 2, move: 'submit', staffId: 'me', at: AT }),
  ])
  const made = (staffId: string) =>
    CAMPAIGN_MOVES.wasMadeBy(db, 'c', { version: 2, move: 'submit', staffId })
  expect([await made('me'), await made('other')]).toEqual([true, false])
})
