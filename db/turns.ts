import type { Address, DomainRecord, FlowState, RenderedMessage } from '../flows/engine/types.ts'
import type { Locale } from '../locales/keys.ts'
import { ConstraintError, type Database, type SqlValue, type Statement } from './database.ts'

/** A session as the turn reads it. `offered` is the runner's own JSON. */
type StoredSession = {
  id: string
  contactId: string
  locale: Locale
  turn: number
  state: FlowState
  offered: unknown
}

/** All that one turn needs to know, read in one round trip. */
export type TurnRead = {
  session: StoredSession | null
  /** What this very event was answered, if it has been taken before. */
  answered: { turn: number; messages: readonly RenderedMessage[] } | null
  /** The policy revision that answers today. */
  revision: string | null
}

/** All that one turn stores, in one batch. */
export type TurnWrite = {
  from: Address
  sessionId: string
  contactId: string
  /** True for a person's first turn ever. */
  isNew: boolean
  locale: Locale
  eventId: string
  /** The number of this turn; the session's stored turn is one less. */
  turn: number
  path: readonly string[]
  status: FlowState['status']
  state: FlowState
  offered: unknown
  heard: unknown
  said: readonly RenderedMessage[]
  /** How many of `said` ride on the response; the others become outbox rows. */
  replies: number
  expiresAt: string
  records: readonly { id: string; record: DomainRecord; locale: Locale; revision: string | null }[]
  handoffs: readonly { id: string; reason: 'asked' | 'not-answered' | 'bug' }[]
  at: string
}

/**
 * `taken`: the event id was delivered before, or somebody took this turn first. Nothing was written;
 * reading again tells which.
 */
export type CommitResult = 'committed' | 'taken'

/** One statement, so that one prepared look answers all three questions of a turn. */
const LOAD = `SELECT
  (SELECT current_revision FROM programmes WHERE id = ?),
  (SELECT turn FROM turns WHERE event_id = ?),
  s.id, s.contact_id, c.locale, s.turn, s.state, s.offered
FROM (SELECT 1) LEFT JOIN sessions s ON s.channel = ? AND s.external_id = ?
LEFT JOIN contacts c ON c.id = s.contact_id`

const ANSWERED = `SELECT m.body FROM turns t JOIN messages m
  ON m.session_id = t.session_id AND m.turn = t.turn AND m.direction = 'out' AND m.ordinal <= t.replies
WHERE t.event_id = ? ORDER BY m.ordinal`

/** What a turn must know before it steps, in one round trip; a redelivery takes a second for its reply. */
export async function loadTurn(
  db: Database,
  from: Address,
  eventId: string,
  programme: string,
): Promise<TurnRead> {
  const [rows] = await db.read([
    { sql: LOAD, args: [programme, eventId, from.channel, from.id], single: true },
  ])
  const [revision, turn, ...session] = rows?.[0] ?? []
  return {
    session: session[0] == null ? null : parseSession(session),
    answered: turn == null ? null : { turn: Number(turn), messages: await repliesTo(db, eventId) },
    revision: typeof revision === 'string' ? revision : null,
  }
}

async function repliesTo(db: Database, eventId: string): Promise<RenderedMessage[]> {
  const [rows = []] = await db.read([{ sql: ANSWERED, args: [eventId] }])
  return rows.map(([body]) => JSON.parse(String(body)) as RenderedMessage)
}

/** One batch: turn, session, messages, records, outbox. The schema's keys decide who was first. */
export async function commitTurn(db: Database, write: TurnWrite): Promise<CommitResult> {
  try {
    await db.write(turnStatements(write))
    return 'committed'
  } catch (error) {
    if (error instanceof ConstraintError && error.columns.some((name) => TAKEN.has(name))) {
      return 'taken'
    }
    throw error
  }
}

const TAKEN = new Set(['turns.event_id', 'turns.session_id', 'addresses.channel'])

function turnStatements(write: TurnWrite): Statement[] {
  const { from, sessionId, contactId, turn, at } = write
  const session = [
    turn,
    write.status,
    JSON.stringify(write.state),
    JSON.stringify(write.offered),
    at,
  ]
  return [
    ...(write.isNew ? newPerson(write) : []),
    {
      sql: write.isNew
        ? `INSERT INTO sessions (turn, status, state, offered, updated_at, id, channel, external_id, contact_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
        : 'UPDATE sessions SET turn = ?, status = ?, state = ?, offered = ?, updated_at = ? WHERE id = ?',
      args: write.isNew
        ? [...session, sessionId, from.channel, from.id, contactId]
        : [...session, sessionId],
    },
    {
      sql: 'INSERT INTO turns (session_id, turn, event_id, path, replies, at) VALUES (?, ?, ?, ?, ?, ?)',
      args: [
        sessionId,
        turn,
        write.eventId,
        write.path.join(' '),
        Math.min(write.replies, write.said.length),
        at,
      ],
    },
    insertMessages(write),
    ...write.said.slice(write.replies).map((body, index) => ({
      sql: OUTBOX,
      args: [
        `${sessionId}:${turn}:${write.replies + index + 1}`,
        from.channel,
        from.id,
        'reply',
        JSON.stringify(body),
        at,
        write.expiresAt,
        at,
      ],
    })),
    ...write.records.map((record) => recordStatement(write, record)),
    ...write.handoffs.map(({ id, reason }) => ({
      sql: 'INSERT INTO handoffs (id, session_id, turn, reason, opened_at) VALUES (?, ?, ?, ?, ?)',
      args: [id, sessionId, turn, reason, at],
    })),
  ]
}

const OUTBOX = `INSERT INTO outbox
  (id, channel, external_id, origin, body, status, next_attempt_at, expires_at, created_at)
  VALUES (?, ?, ?, ?, ?, 'created', ?, ?, ?)`

function newPerson({ from, contactId, locale, at }: TurnWrite): Statement[] {
  return [
    {
      sql: 'INSERT INTO contacts (id, locale, created_at) VALUES (?, ?, ?)',
      args: [contactId, locale, at],
    },
    {
      sql: 'INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES (?, ?, ?, ?)',
      args: [from.channel, from.id, contactId, at],
    },
  ]
}

function insertMessages({ sessionId, turn, heard, said, at }: TurnWrite): Statement {
  const rows: SqlValue[][] = [
    [sessionId, turn, 0, 'in', JSON.stringify(heard), at],
    ...said.map((body, index): SqlValue[] => [
      sessionId,
      turn,
      index + 1,
      'out',
      JSON.stringify(body),
      at,
    ]),
  ]
  return {
    sql: `INSERT INTO messages (session_id, turn, ordinal, direction, body, at)
      VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    args: rows.flat(),
  }
}

function recordStatement(
  { sessionId, contactId, from, at }: TurnWrite,
  { id, record, locale, revision }: TurnWrite['records'][number],
): Statement {
  switch (record.kind) {
    case 'locale':
      return {
        sql: 'UPDATE contacts SET locale = ? WHERE id = ?',
        args: [record.locale, contactId],
      }
    case 'opt-out':
      return {
        sql: 'UPDATE addresses SET opted_out_at = ? WHERE channel = ? AND external_id = ?',
        args: [at, from.channel, from.id],
      }
    case 'consent':
      return {
        sql: `INSERT INTO consents (id, contact_id, session_id, purpose, version, granted, at)
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
        args: [
          id,
          contactId,
          sessionId,
          record.purpose,
          record.version,
          record.granted ? 1 : 0,
          at,
        ],
      }
    case 'unanswered-question':
      return {
        sql: `INSERT INTO unanswered_questions (id, session_id, question, locale, reason, shown, revision_id, at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        args: [
          id,
          sessionId,
          record.question,
          locale,
          record.reason,
          JSON.stringify(record.shown),
          revision,
          at,
        ],
      }
  }
}

function parseSession(row: readonly SqlValue[]): StoredSession {
  const [id, contactId, locale, turn, state, offered] = row
  return {
    id: String(id),
    contactId: String(contactId),
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    turn: Number(turn),
    // Our own JSON, written by commitTurn under a json_valid check; runs are checked as they migrate.
    state: JSON.parse(String(state)) as FlowState,
    offered: JSON.parse(String(offered)),
  }
}
