import type { Address, Urgency } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

/** A conversation that waits for a person on our side. */
export type Handoff = {
  id: string
  sessionId: string
  /** The turn in which it was asked for. */
  turn: number
  reason: 'asked' | 'not-answered' | 'bug'
  /** Why it is to be looked at before all else. */
  urgent: Urgency | null
  openedAt: string
  closedAt: string | null
  to: Address
  locale: Locale
  reachable: boolean
  /** Who looks after it; null: nobody yet. */
  takenBy: { id: string; name: string } | null
  /** Where it stands while it is open. timed-out: the person heard an apology and has the bot back. */
  state: 'waiting' | 'answered' | 'timed-out'
}

export type HandoffNote = { id: string; by: string; text: string; at: string }
type AccessScope = { district: string | null }

const COLUMNS = `h.id, h.session_id, h.turn, h.reason, h.opened_at, h.closed_at, s.channel, s.external_id,
  k.locale, a.reachable, w.staff_id, p.name,
  CASE WHEN h.released_by = 'time' THEN 'timed-out'
    WHEN h.answered_at IS NOT NULL AND h.due_at IS NULL THEN 'answered' ELSE 'waiting' END, h.urgent`
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
  filter: InboxFilter & { limit: number },
): Promise<Handoff[]> {
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
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM ${TABLES}
        WHERE h.closed_at IS ${filter.closed ? 'NOT' : ''} NULL AND ${seen.sql} ${also}
        ORDER BY ${filter.closed ? 'h.closed_at DESC' : 'h.urgent IS NULL, h.opened_at'} LIMIT ?`,
      args: [...seen.args, ...given.map(([, value]) => value ?? null), filter.limit],
    },
  ])
  return rows.map(toHandoff)
}

/** How many open hand-offs somebody may see. */
export async function countOpenHandoffs(db: Database, scope: AccessScope): Promise<number> {
  const seen = conversationFilter(scope)
  const [rows = []] = await db.read([
    {
      sql: `SELECT count(*) FROM handoffs h JOIN sessions s ON s.id = h.session_id
        WHERE h.closed_at IS NULL AND ${seen.sql}`,
      args: seen.args,
    },
  ])
  return Number(rows[0]?.[0] ?? 0)
}

/** One hand-off, if this person may see it. */
export async function findHandoff(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<Handoff | null> {
  const seen = conversationFilter(scope)
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM ${TABLES} WHERE h.id = ? AND ${seen.sql}`,
      args: [id, ...seen.args],
    },
  ])
  return rows[0] === undefined ? null : toHandoff(rows[0])
}

/** What staff wrote to each other about a hand-off, oldest first. */
export async function listNotes(
  db: Database,
  vault: Vault,
  handoffId: string,
): Promise<HandoffNote[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT n.id, p.name, n.body, n.at FROM handoff_notes n JOIN staff p ON p.id = n.staff_id
        WHERE n.handoff_id = ? ORDER BY n.at, n.id`,
      args: [handoffId],
    },
  ])
  return Promise.all(
    rows.map(async ([id, by, body, at]) => ({
      id: String(id),
      by: String(by),
      text: await vault.openText(body as Uint8Array, noteContext(String(id))),
      at: String(at),
    })),
  )
}

/** Adds a note. */
export async function insertNote(
  vault: Vault,
  note: { id: string; handoffId: string; staffId: string; text: string; at: string },
): Promise<Statement> {
  return {
    sql: 'INSERT INTO handoff_notes (id, handoff_id, staff_id, body, at) VALUES (?, ?, ?, ?, ?)',
    args: [
      note.id,
      note.handoffId,
      note.staffId,
      await vault.seal(note.text, noteContext(note.id)),
      note.at,
    ],
  }
}

/** Writes down who answered. Constraint `handoff_answers.id`: this very answer was taken before. */
export function insertAnswer(answer: {
  id: string
  handoffId: string
  staffId: string
  at: string
}): Statement {
  return {
    sql: 'INSERT INTO handoff_answers (id, handoff_id, staff_id, at) VALUES (?, ?, ?, ?)',
    args: [answer.id, answer.handoffId, answer.staffId, answer.at],
  }
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

function toHandoff(row: readonly SqlValue[]): Handoff {
  const [id, sessionId, turn, reason, openedAt, closedAt, channel, externalId, locale, reachable] =
    row
  const [staffId, name, state, urgent] = row.slice(10)
  return {
    id: String(id),
    sessionId: String(sessionId),
    turn: Number(turn),
    reason: reason as Handoff['reason'],
    urgent: urgent == null ? null : (urgent as Urgency),
    openedAt: String(openedAt),
    closedAt: closedAt == null ? null : String(closedAt),
    to: { channel: channel as Address['channel'], id: String(externalId) },
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    reachable: reachable === 1,
    takenBy: staffId == null ? null : { id: String(staffId), name: String(name) },
    state: state as Handoff['state'],
  }
}
