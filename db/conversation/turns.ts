import type { RenderedMessage, Reply } from '../../flows/engine/channel.ts'
import type { Address, FlowState, OffNotice } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import {
  type HeardHandoff,
  type HeldHandoff,
  hearHandoff,
  type OpenedHandoff,
  openHandoff,
  type ReleasedHandoff,
  releaseHandoff,
  sessionHeldBy,
} from '../handoffs/handoffs.ts'
import { DIRECTORY_EDITION } from '../handoffs/offices.ts'
import { enqueue } from '../outbox/outbox.ts'
import { kindsOff, OFF_COLUMNS } from '../outbox/preferences.ts'
import { APART_MARK, toldApart } from './apart.ts'
import { asOwn, type Shelved, shelfOf } from './memory-shelf.ts'
import { type RecordWrite, recordStatements } from './records.ts'
import {
  entryContext,
  type Memory,
  memoryContext,
  openEntry,
  openMemory,
} from './stored-sessions.ts'

/** A session as the turn reads it. `offered` is the runner's own JSON. */
type StoredSession = {
  id: string
  contactId: string
  locale: Locale
  turn: number
  /** Counts every change of what is remembered; a write upon an older one fails. */
  version: number
  /** Null: nothing was kept, or what was does not open any more. */
  state: FlowState | null
  /** What was kept does not open any more, by its seal or its shape. */
  isLost: boolean
  offered: unknown
}

/** An application of the person's that counts: neither refused nor withdrawn. */
export type OpenCase = {
  number: string
  stage: string
  identityIndex: string | null
  district: string
}

/** All that one turn needs to know, read in one round trip. */
export type TurnRead = {
  session: StoredSession | null
  /** The person's applications to the programme that count, in this chat or one that is linked, the newest first. */
  cases: readonly OpenCase[]
  /** Notices that do not reach the person, since they wish so. */
  off: readonly OffNotice[]
  /** What this very event was answered, if it has been taken before. */
  answered: Reply | null
  /** The policy revision that answers today. */
  revision: string | null
  /** How often staff have changed the directory of offices. */
  edition: number
  /** Whose events the person looks at; null: they have not said. */
  district: string | null
  /** Set while staff have the conversation. */
  handoff: HeldHandoff | null
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
  /** The version of the conversation's memory that this turn makes; the stored one is one less. */
  version: number
  path: readonly string[]
  status: FlowState['status']
  state: FlowState
  offered: unknown
  /** Undefined: we began. */
  heard: unknown
  said: readonly RenderedMessage[]
  /** The transcript keeps a mark in the place of what was said. */
  apart?: boolean
  /** How many of `said` ride on the response; the others become outbox rows. */
  replies: number
  expiresAt: string
  /** When the person is reminded of a form left half-way; null: there is none. */
  remindAt: string | null
  records: readonly RecordWrite[]
  /** What becomes of the hand-off of this conversation, where anything does. */
  opens: OpenedHandoff | null
  hears: HeardHandoff | null
  releases: ReleasedHandoff | null
  at: string
}

/** Stands in the place of a memory that this process has on its shelf. */
const SHELVED = 1

/** One statement, so that one prepared look answers all three questions of a turn. */
const LOAD = `SELECT
  (SELECT current_revision FROM programmes WHERE id = ?),
  coalesce(
    (SELECT event_id FROM turns WHERE event_id = ?),
    (SELECT event_id FROM turns WHERE event_id = ? AND session_id = s.id)
  ),
  s.id, s.contact_id, c.locale, s.turn, s.version, CASE WHEN s.id = ? AND s.version = ? THEN 1 ELSE s.memory END,
  h.id, coalesce(h.told_at, h.opened_at), h.answered_at, h.due_at,
  (SELECT json_group_array(json_array(number, stage, identity_index, district)) FROM
    (SELECT number, stage, identity_index, district FROM cases WHERE contact_id = s.contact_id AND programme_id = ?
      AND (outcome IS NULL OR outcome = 'granted') ORDER BY submitted_at DESC, number)),
  ${DIRECTORY_EDITION},
  (SELECT district FROM event_districts WHERE contact_id = s.contact_id),
  ${OFF_COLUMNS}
FROM (SELECT 1) LEFT JOIN sessions s ON s.channel = ? AND s.external_id = ?
LEFT JOIN contacts c ON c.id = s.contact_id
LEFT JOIN handoffs h ON h.session_id = s.id AND h.released_at IS NULL`

const ANSWERED = `SELECT t.session_id, t.turn, t.replies, t.body, s.memory FROM turns t
  JOIN sessions s ON s.id = t.session_id WHERE t.event_id = ?`

/**
 * What a turn must know before it steps, in one round trip; a redelivery takes a second for its reply. `formerId`:
 * the key that the event may have been stored under before keys held the person; it counts in this person's own
 * conversation only.
 */
export async function loadTurn(
  db: Database,
  vault: Vault,
  from: Address,
  eventId: string,
  programme: string,
  formerId: string = eventId,
): Promise<TurnRead> {
  const shelved = shelfOf(db)?.find(from)
  const [rows] = await db.read([
    {
      sql: LOAD,
      args: [
        programme,
        eventId,
        formerId,
        shelved?.sessionId ?? null,
        shelved?.version ?? null,
        programme,
        programme,
        from.channel,
        from.id,
      ],
      single: true,
    },
  ])
  const [revision, taken, ...session] = rows?.[0] ?? []
  if (shelved !== undefined && session[5] !== SHELVED) shelfOf(db)?.drop(from)
  return {
    session: session[0] == null ? null : await parseSession(vault, session, shelved),
    answered: taken == null ? null : await replyTo(db, vault, String(taken)),
    revision: typeof revision === 'string' ? revision : null,
    handoff: parseHeld(session.slice(6)),
    cases: parseCases(session[10]),
    edition: Number(session[11]),
    district: session[12] == null ? null : String(session[12]),
    off: kindsOff(session.slice(13)),
  }
}

function parseCases(list: SqlValue | undefined): OpenCase[] {
  if (typeof list !== 'string') return []
  // Our own JSON, made by the statement above.
  const rows = JSON.parse(list) as [string, string, string | null, string][]
  return rows.map(([number, stage, identityIndex, district]) => ({
    number,
    stage,
    identityIndex,
    district,
  }))
}

function parseHeld([id, toldAt, answeredAt, dueAt]: readonly SqlValue[]): HeldHandoff | null {
  return id == null
    ? null
    : {
        id: String(id),
        toldAt: String(toldAt),
        answeredAt: answeredAt == null ? null : String(answeredAt),
        dueAt: dueAt == null ? null : String(dueAt),
      }
}

async function replyTo(db: Database, vault: Vault, eventId: string): Promise<TurnRead['answered']> {
  const [rows = []] = await db.read([{ sql: ANSWERED, args: [eventId], single: true }])
  const [sessionId, turn, replies, body, memory] = rows[0] ?? []
  const entry = await openEntry(vault, String(sessionId), eventId, body)
  const said = (await toldApart(vault, String(sessionId), eventId, entry, memory)) ?? entry.said
  const messages = said.slice(0, Number(replies))
  const toStaff = entry.heard?.toStaff === true
  return { turn: Number(turn), messages, ...(toStaff ? { toStaff } : {}) }
}

/**
 * One batch: turn, session, words, records, outbox. The schema's keys decide who was first: whoever was not is
 * rejected with a `ConstraintError`, nothing is written, and reading again tells what is true now.
 * `store`: how the batch is written, where more belongs into it.
 */
export async function commitTurn(
  db: Database,
  vault: Vault,
  write: TurnWrite,
  store: (statements: readonly Statement[]) => Promise<unknown> = (statements) =>
    // The event's id is its key: who writes it twice finds it answered.
    db.write(statements, { exact: true }),
): Promise<void> {
  const shelf = shelfOf(db)
  const began = shelf?.edition ?? 0
  const memory = memoryOf(write)
  await store(await turnStatements(vault, write, memory))
  // What no transcript keeps is kept nowhere else, either.
  if (write.apart === true) shelf?.drop(write.from)
  else {
    const { sessionId, version } = write
    shelf?.keep(write.from, { sessionId, version, text: memory }, began)
  }
}

function memoryOf({ state, offered, apart, eventId, said }: TurnWrite): string {
  const memory: Memory =
    apart === true ? { state, offered, told: { eventId, said } } : { state, offered }
  return JSON.stringify(memory)
}

/**
 * A response goes to the network by another way than a message of its own: without a lead the second
 * message of a turn would now and then be shown before the first.
 */
const HEAD_START_MILLISECONDS = 500

const INSERT_SESSION = asOwn(
  `INSERT INTO sessions (turn, version, status, memory, remind_at, updated_at, id, channel, external_id, contact_id)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
)
const UPDATE_SESSION = asOwn(
  `UPDATE sessions SET turn = ?, version = ?, status = ?, memory = ?, remind_at = ?, reminders = 0, updated_at = ?
   WHERE id = ?`,
)
const INSERT_TURN = `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)`

async function turnStatements(
  vault: Vault,
  write: TurnWrite,
  remembered: string,
): Promise<Statement[]> {
  const { from, sessionId, turn, at } = write
  const memory = await vault.seal(remembered, memoryContext(sessionId))
  const body = await vault.seal(
    JSON.stringify(
      write.apart === true
        ? { heard: write.heard, said: [APART_MARK], apart: true }
        : { heard: write.heard, said: write.said },
    ),
    entryContext(sessionId, write.eventId),
  )
  const session = [turn, write.version, write.status, memory, write.remindAt, at]
  const owner =
    write.releases === null ? { sql: '?', args: [sessionId] } : sessionHeldBy(write.releases)
  return [
    ...(write.isNew ? newPerson(write) : []),
    {
      sql: write.isNew ? INSERT_SESSION : UPDATE_SESSION,
      args: write.isNew
        ? [...session, sessionId, from.channel, from.id, write.contactId]
        : [...session, sessionId],
    },
    {
      sql: INSERT_TURN.replace('?', owner.sql),
      args: [
        ...owner.args,
        turn,
        write.eventId,
        write.path.join(' '),
        Math.min(write.replies, write.said.length),
        body,
        at,
      ],
    },
    ...(await lateReplies(vault, write)),
    ...(await storeRecords(vault, write)),
    ...(write.opens === null ? [] : openHandoff(write.opens, write)),
    ...(write.hears === null ? [] : hearHandoff(write.hears, write)),
    ...(write.releases === null ? [] : [releaseHandoff(write.releases, at)]),
  ]
}

async function storeRecords(vault: Vault, write: TurnWrite): Promise<Statement[]> {
  const statements: Statement[] = []
  for (const saved of write.records)
    statements.push(...(await recordStatements(vault, write, saved)))
  return statements
}

/** What does not fit the response goes into the outbox, and not before the response has had time to arrive. */
async function lateReplies(vault: Vault, write: TurnWrite): Promise<Statement[]> {
  const { from, sessionId, turn, at } = write
  if (write.said.length <= write.replies) return []
  const head = write.replies === 0 ? 0 : HEAD_START_MILLISECONDS
  const notBefore = new Date(Date.parse(at) + head).toISOString()
  return Promise.all(
    write.said.slice(write.replies).map((body, index) =>
      enqueue(vault, {
        id: `${sessionId}:${turn}:${write.replies + index + 1}`,
        to: from,
        origin: 'reply',
        body,
        at,
        notBefore,
        expiresAt: write.expiresAt,
      }),
    ),
  )
}

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

async function parseSession(
  vault: Vault,
  row: readonly SqlValue[],
  shelved: Shelved | undefined,
): Promise<StoredSession> {
  const [id, contactId, locale, turn, version, memory] = row
  // Our own JSON, as this process sealed it.
  const opened: Memory | null =
    memory === SHELVED && shelved !== undefined
      ? JSON.parse(shelved.text)
      : await openMemory(vault, String(id), memory)
  return {
    id: String(id),
    contactId: String(contactId),
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    turn: Number(turn),
    version: Number(version),
    state: opened?.state ?? null,
    isLost: opened === null && memory instanceof Uint8Array,
    offered: opened?.offered,
  }
}
