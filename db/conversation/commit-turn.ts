import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import {
  type HeardHandoff,
  hearHandoff,
  type OpenedHandoff,
  openHandoff,
  type ReleasedHandoff,
  releaseHandoff,
  sessionHeldBy,
} from '../handoffs/handoffs.ts'
import { enqueue } from '../outbox/outbox.ts'
import { APART_MARK } from './apart.ts'
import { asOwn, shelfOf } from './memory-shelf.ts'
import { type RecordWrite, recordStatements } from './records.ts'
import { entryContext, type Memory, memoryContext } from './stored-sessions.ts'

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
  /** What came with it, the rest of an album, and the network's ids of all of it. */
  also?: readonly unknown[]
  parts?: readonly string[]
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
  const { heard, also, parts } = write
  const body = await vault.seal(
    JSON.stringify(
      write.apart === true
        ? { heard, parts, said: [APART_MARK], apart: true }
        : { heard, also, parts, said: write.said },
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
