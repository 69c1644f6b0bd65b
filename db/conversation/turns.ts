import type { Reply } from '../../flows/engine/channel.ts'
import type { OffNotice } from '../../flows/engine/context.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import type { HeldHandoff } from '../handoffs/handoffs.ts'
import { DIRECTORY_EDITION } from '../handoffs/offices.ts'
import { kindsOff, OFF_COLUMNS } from '../outbox/preferences.ts'
import { toldApart } from './apart.ts'
import { type Shelved, shelfOf } from './memory-shelf.ts'
import { type Memory, openEntry, openMemory } from './stored-sessions.ts'

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
  /** Something of the person's is kept and not done: parts of an album, where the network has such. */
  hasKept: boolean
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
  EXISTS (SELECT 1 FROM late_events WHERE event_id > ? AND event_id < ?),
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
        // Most events have but one key: it is looked for once.
        formerId === eventId ? null : formerId,
        shelved?.sessionId ?? null,
        shelved?.version ?? null,
        programme,
        programme,
        `${from.channel}:${from.id}:`,
        `${from.channel}:${from.id};`,
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
    hasKept: session[12] === 1,
    district: session[13] == null ? null : String(session[13]),
    off: kindsOff(session.slice(14)),
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
