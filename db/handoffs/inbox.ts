import type { Address } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import {
  count,
  first,
  insertInto,
  maybe,
  orEmpty,
  query,
  type RowOf,
  shape,
} from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { addresses, contacts, sessions } from '../schema/conversation.ts'
import { handoffAnswers, handoffNotes, handoffs, handoffWork } from '../schema/handoffs.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

const [h, s, a, w] = [
  alias(handoffs, 'h'),
  alias(sessions, 's'),
  alias(addresses, 'a'),
  alias(handoffWork, 'w'),
]
const HANDOFF = shape({
  id: h.id,
  sessionId: h.sessionId,
  turn: h.turn,
  reason: h.reason,
  urgent: h.urgent,
  openedAt: h.openedAt,
  closedAt: h.closedAt,
  helped: h.helped,
  to: { channel: s.channel, id: s.externalId },
  locale: alias(contacts, 'k').locale,
  reachable: a.reachable,
  staffId: maybe(w.staffId),
  staff: orEmpty(alias(staff, 'p').name),
  state: {
    sql: `CASE WHEN h.released_by = 'time' THEN 'timed-out'
      WHEN h.answered_at IS NOT NULL AND h.due_at IS NULL THEN 'answered' ELSE 'waiting' END`,
    read: (value): 'waiting' | 'answered' | 'timed-out' =>
      value === 'answered' || value === 'timed-out' ? value : 'waiting',
  },
})
/**
 * A conversation that waits for a person on our side. `turn`: in which it was asked for; `urgent`: why it is to be looked
 * at before all else; `takenBy`: who looks after it, null: nobody yet; `state`: where it stands while it is open, with
 * timed-out: the person heard an apology and has the bot back.
 */
export type Handoff = Omit<RowOf<typeof HANDOFF>, 'staffId' | 'staff'> & {
  takenBy: { id: string; name: string } | null
}

export type HandoffNote = { id: string; by: string; text: string; at: string }
type AccessScope = { district: string | null }

const TABLES = `handoffs h
  JOIN sessions s ON s.id = h.session_id
  JOIN contacts k ON k.id = s.contact_id
  JOIN addresses a ON a.channel = s.channel AND a.external_id = s.external_id
  LEFT JOIN handoff_work w ON w.handoff_id = h.id
  LEFT JOIN staff p ON p.id = w.staff_id`

/** `takenBy`: a staff id, or null for those that nobody has taken on yet. */
export type InboxFilter = {
  closed: boolean
  reason?: Handoff['reason'] | undefined
  channel?: Address['channel'] | undefined
  takenBy?: string | null | undefined
}

/** The hand-offs that somebody may see, open ones what is urgent and then longest waiting first, closed ones newest first. */
export async function listInbox(
  db: Database,
  scope: AccessScope,
  filter: InboxFilter & { limit: number; cursor?: string },
): Promise<ListPage<Handoff>> {
  const seen = conversationFilter(scope)
  const wanted: [string, SqlValue | undefined][] = [
    ['h.reason = ?', filter.reason],
    ['s.channel = ?', filter.channel],
    ['w.staff_id = ?', filter.takenBy ?? undefined],
  ]
  const given = wanted.filter(([, value]) => value !== undefined)
  const also = [
    ...given.map(([sql]) => `AND ${sql}`),
    ...(filter.takenBy === null ? ['AND w.staff_id IS NULL'] : []),
  ].join(' ')
  const page = await listPage(db, {
    shape: HANDOFF,
    from: TABLES,
    where: {
      sql: `h.closed_at IS ${filter.closed ? 'NOT' : ''} NULL AND ${seen.sql} ${also}`,
      args: [...seen.args, ...given.map(([, value]) => value ?? null)],
    },
    order: filter.closed
      ? [
          { sql: 'h.closed_at', desc: true },
          { sql: 'h.id', desc: true },
        ]
      : [{ sql: '(h.urgent IS NULL)' }, { sql: 'h.opened_at' }, { sql: 'h.id' }],
    cursor: filter.cursor,
    limit: filter.limit,
  })
  return { ...page, rows: page.rows.map(toHandoff) }
}

/** How many open hand-offs somebody may see. */
export async function countOpenHandoffs(db: Database, scope: AccessScope): Promise<number> {
  const seen = conversationFilter(scope)
  const open = `SELECT count(*) FROM handoffs h JOIN sessions s ON s.id = h.session_id
    WHERE h.closed_at IS NULL AND ${seen.sql}`
  return (await first(db, open, seen.args, shape({ open: count('count(*)') })))?.open ?? 0
}

/** How many open hand-offs somebody may see, counted up to `most` and one more: for where it stands on every page. */
export async function countWaiting(
  db: Database,
  scope: AccessScope,
  most: number,
): Promise<number> {
  const seen = conversationFilter(scope)
  const open = `SELECT count(*) FROM (SELECT 1 FROM handoffs h JOIN sessions s ON s.id = h.session_id
    WHERE h.closed_at IS NULL AND ${seen.sql} LIMIT ?)`
  return (
    (await first(db, open, [...seen.args, most + 1], shape({ open: count('count(*)') })))?.open ?? 0
  )
}

/** One hand-off, if this person may see it. */
export async function findHandoff(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<Handoff | null> {
  const seen = conversationFilter(scope)
  const one = `SELECT ${HANDOFF.columns} FROM ${TABLES} WHERE h.id = ? AND ${seen.sql}`
  const found = await first(db, one, [id, ...seen.args], HANDOFF)
  return found === null ? null : toHandoff(found)
}

const CASE = shape({ id: cases.id, number: cases.number, stage: cases.stage })

/** The applications of who has a conversation, as far as somebody may see them, the newest first. */
export function listCasesOfSession(
  db: Database,
  scope: AccessScope,
  sessionId: string,
): Promise<RowOf<typeof CASE>[]> {
  const seen = districtFilter(scope, 'cases.district')
  const all = `SELECT ${CASE.columns} FROM sessions s JOIN cases ON cases.contact_id = s.contact_id
    WHERE s.id = ? AND ${seen.sql} ORDER BY cases.submitted_at DESC, cases.number`
  return query(db, all, [sessionId, ...seen.args], CASE)
}

/** The district of the newest application of whoever talks here; null: they have none. */
export async function districtOf(db: Database, sessionId: string): Promise<string | null> {
  const newest = `SELECT c.district FROM sessions s JOIN cases c ON c.contact_id = s.contact_id WHERE s.id = ?
    ORDER BY c.submitted_at DESC LIMIT 1`
  const found = await first(
    db,
    newest,
    [sessionId],
    shape({ district: alias(cases, 'c').district }),
  )
  return found?.district ?? null
}

/** What staff wrote to each other about a hand-off, oldest first. */
export async function listNotes(
  db: Database,
  vault: Vault,
  handoffId: string,
): Promise<HandoffNote[]> {
  const all = `SELECT ${NOTE.columns} FROM handoff_notes JOIN staff ON staff.id = handoff_notes.staff_id
    WHERE handoff_id = ? ORDER BY handoff_notes.at, handoff_notes.id`
  return Promise.all(
    (await query(db, all, [handoffId], NOTE)).map(async ({ body, ...note }) => ({
      ...note,
      text: await vault.openText(body, noteContext(note.id)),
    })),
  )
}
const NOTE = shape({
  id: handoffNotes.id,
  by: staff.name,
  body: handoffNotes.body,
  at: handoffNotes.at,
})

/** Adds a note. */
export async function insertNote(
  vault: Vault,
  note: { id: string; handoffId: string; staffId: string; text: string; at: string },
): Promise<Statement> {
  const { text, ...row } = note
  return insertInto(handoffNotes, { ...row, body: await vault.seal(text, noteContext(note.id)) })
}

/** Writes down who answered. Constraint `handoff_answers.id`: this very answer was taken before. */
export function insertAnswer(answer: {
  id: string
  handoffId: string
  staffId: string
  at: string
}): Statement {
  return insertInto(handoffAnswers, answer)
}

/** Takes a hand-off on, from nobody or from a colleague. */
export function takeHandoff(id: string, staffId: string, at: string): Statement {
  return {
    sql: `INSERT INTO handoff_work (handoff_id, staff_id, taken_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET staff_id = excluded.staff_id, taken_at = excluded.taken_at
      WHERE staff_id <> excluded.staff_id`,
    args: [id, staffId, at],
  }
}

/** Takes a hand-off on where nobody has yet. */
export function takeIfFree(id: string, staffId: string, at: string): Statement {
  return {
    sql: 'INSERT OR IGNORE INTO handoff_work (handoff_id, staff_id, taken_at) VALUES (?, ?, ?)',
    args: [id, staffId, at],
  }
}

/** Closes a hand-off; what is closed stays as it was. */
export function closeHandoff(id: string, at: string): Statement {
  return {
    sql: 'UPDATE handoffs SET closed_at = ? WHERE id = ? AND closed_at IS NULL',
    args: [at, id],
  }
}

/** Where a note is sealed for. */
export function noteContext(id: string): string {
  return `handoff-note:${id}`
}

/** A conversation belongs to a district by an application of the person; others are for the city. `s`: its session. */
export function conversationFilter(scope: AccessScope): SqlCondition {
  if (scope.district === null) return { sql: 'TRUE', args: [] }
  const own = districtFilter(scope, 'c.district')
  return {
    sql: `EXISTS (SELECT 1 FROM cases c WHERE c.contact_id = s.contact_id AND ${own.sql})`,
    args: own.args,
  }
}

function toHandoff({ staffId, staff: name, ...handoff }: RowOf<typeof HANDOFF>): Handoff {
  return { ...handoff, takenBy: staffId === null ? null : { id: staffId, name } }
}
