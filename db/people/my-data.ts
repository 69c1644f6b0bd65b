import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Payee } from '../../flows/programme/money/payee.ts'
import type { Locale } from '../../locales/keys.ts'
import { questionContext } from '../conversation/records.ts'
import {
  openEntry,
  parseStoredSession,
  type StoredSession,
} from '../conversation/stored-sessions.ts'
import { SAME_CIRCLE } from '../core/circles.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { openPayee } from '../funds/payees.ts'

type Purpose = 'prescreen' | 'application' | 'sensitive' | 'payment'

/** All that is kept about a contact besides cases and files, at one moment. */
export type Holdings = {
  locale: Locale
  since: string
  addresses: { address: Address; since: string; optedOutAt: string | null }[]
  /** Oldest first. */
  consents: { purpose: Purpose; version: string; granted: boolean; at: string }[]
  sessions: StoredSession[]
  questions: { text: string; at: string }[]
  handoffs: { reason: string; at: string; closedAt: string | null; helped: boolean | null }[]
  requests: { receipt: string; kind: string; at: string }[]
  /** The accounts to pay to, the newest first. */
  accounts: {
    caseId: string
    payee: Payee | null
    state: string
    at: string
    decidedAt: string | null
  }[]
  turns: number
  /** Messages that are still to be sent. */
  waiting: number
}

/** The conversations of a contact that share with the one that asks: the contact, and its address. */
const SHARED = `(SELECT id FROM sessions WHERE contact_id = ? AND ${SAME_CIRCLE})`
const WAITING = `status IN ('created', 'sending', 'temporary-failure')`

const HOLDINGS = [
  'SELECT locale, created_at FROM contacts WHERE id = ?',
  'SELECT channel, external_id, created_at, opted_out_at FROM addresses WHERE contact_id = ? ORDER BY created_at',
  'SELECT purpose, version, granted, at FROM consents WHERE contact_id = ? ORDER BY at, rowid',
  `SELECT id, channel, external_id, turn, version, memory FROM sessions WHERE contact_id = ? AND ${SAME_CIRCLE}`,
  `SELECT id, question, at FROM unanswered_questions WHERE session_id IN ${SHARED} ORDER BY at`,
  `SELECT reason, opened_at, closed_at, helped FROM handoffs WHERE session_id IN ${SHARED} ORDER BY opened_at`,
  'SELECT receipt, kind, at FROM data_requests WHERE contact_id = ? ORDER BY at',
  `SELECT count(*) FROM turns WHERE session_id IN ${SHARED}`,
  `SELECT count(*) FROM outbox WHERE ${WAITING} AND (channel, external_id) IN
    (SELECT channel, external_id FROM addresses WHERE contact_id = ?)`,
  `SELECT payee.id, payee.case_id, payee.details, payee.state, payee.at, payee.decided_at
    FROM fund_payees payee JOIN cases ON cases.id = payee.case_id WHERE cases.contact_id = ?
    ORDER BY payee.at DESC, payee.id DESC`,
]

/**
 * Reads what is kept about a contact, in one look; null where there is no such contact yet. `from`: the chat that
 * asks; the words and half-filled forms of chats that do not share with it are left out.
 */
export async function loadHoldings(
  db: Database,
  vault: Vault,
  contactId: string,
  from: Address,
): Promise<Holdings | null> {
  const [
    person = [],
    addresses = [],
    consents = [],
    sessions = [],
    questions = [],
    handoffs = [],
    requests = [],
    turns = [],
    waiting = [],
    accounts = [],
  ] = await db.read(
    HOLDINGS.map((sql): Statement => {
      const shared = sql.includes(SAME_CIRCLE) ? [from.channel, from.id] : []
      return { sql, args: [contactId, ...shared] }
    }),
  )
  const [locale, since] = person[0] ?? []
  if (since === undefined) return null
  return {
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    since: String(since),
    addresses: addresses.map(([channel, id, at, out]) => ({
      address: addressOf(channel, id),
      since: String(at),
      optedOutAt: out == null ? null : String(out),
    })),
    consents: consents.map(([purpose, version, granted, at]) => ({
      purpose: purpose as Purpose,
      version: String(version),
      granted: granted === 1,
      at: String(at),
    })),
    sessions: await Promise.all(sessions.map((row) => parseStoredSession(vault, row))),
    questions: await Promise.all(
      questions.map(async ([id, question, at]) => ({
        text: await openQuestion(vault, String(id), question),
        at: String(at),
      })),
    ),
    handoffs: handoffs.map(([reason, at, closedAt, helped]) => ({
      reason: String(reason),
      at: String(at),
      closedAt: closedAt == null ? null : String(closedAt),
      helped: helped == null ? null : helped === 1,
    })),
    requests: requests.map(([receipt, kind, at]) => ({
      receipt: String(receipt),
      kind: String(kind),
      at: String(at),
    })),
    accounts: await Promise.all(
      accounts.map(async ([id, caseId, details, state, at, decidedAt]) => ({
        caseId: String(caseId),
        payee: await openPayee(vault, String(id), details),
        state: String(state),
        at: String(at),
        decidedAt: decidedAt == null ? null : String(decidedAt),
      })),
    ),
    turns: Number(turns[0]?.[0] ?? 0),
    waiting: Number(waiting[0]?.[0] ?? 0),
  }
}

/** Every conversation of a contact, whether it shares or not: what is forgotten is forgotten everywhere. */
export async function loadSessions(
  db: Database,
  vault: Vault,
  contactId: string,
): Promise<StoredSession[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT id, channel, external_id, turn, version, memory FROM sessions WHERE contact_id = ?',
      args: [contactId],
    },
  ])
  return Promise.all(rows.map((row) => parseStoredSession(vault, row)))
}

/** Every word of a contact's conversations that share with the one of `from`, oldest first. */
export async function loadWords(
  db: Database,
  vault: Vault,
  contactId: string,
  from: Address,
): Promise<
  { channel: string; at: string; heard: string | null; said: readonly RenderedMessage[] }[]
> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT s.channel, t.session_id, t.event_id, t.body, t.at FROM turns t
        JOIN sessions s ON s.id = t.session_id WHERE s.id IN ${SHARED} ORDER BY t.id`,
      args: [contactId, from.channel, from.id],
    },
  ])
  return Promise.all(
    rows.map(async ([channel, sessionId, eventId, body, at]) => {
      const entry = await openEntry(vault, String(sessionId), String(eventId), body)
      return {
        channel: String(channel),
        at: String(at),
        heard:
          entry.heard === undefined
            ? null
            : [entry.heard, ...(entry.also ?? [])].map(({ text }) => text).join('\n'),
        said: entry.said,
      }
    }),
  )
}

/** The contact that an address belongs to, or null. */
export async function contactOf(db: Database, { channel, id }: Address): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT contact_id FROM addresses WHERE channel = ? AND external_id = ?',
      args: [channel, id],
    },
  ])
  const [contactId] = rows[0] ?? []
  return typeof contactId === 'string' ? contactId : null
}

async function openQuestion(
  vault: Vault,
  id: string,
  question: SqlValue | undefined,
): Promise<string> {
  if (!(question instanceof Uint8Array)) throw new Error('a question without words')
  const { text } = JSON.parse(await vault.openText(question, questionContext(id))) as {
    text: string
  }
  return text
}

function addressOf(channel: SqlValue | undefined, id: SqlValue | undefined): Address {
  // Only commitTurn writes addresses, from a channel's own type.
  return { channel: channel as Address['channel'], id: String(id) }
}
