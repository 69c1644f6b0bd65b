import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { wants } from '../outbox/address.ts'
import { enqueue } from '../outbox/outbox.ts'
import { memoryContext } from './stored-sessions.ts'

/** A conversation whose time to be reminded has come, as it was read. */
export type DueReminder = {
  sessionId: string
  to: Address
  locale: Locale
  turn: number
  /** Of its memory. */
  version: number
  /** When it was due. */
  remindAt: string
  /** Reminders since the person's last word. */
  sent: number
  /** They asked not to be written to, or cannot be reached. */
  muted: boolean
  /** An application of theirs stands: it was handed in, here or from another address. */
  hasCase: boolean
  /** Null: it does not open with the keys of today. */
  memory: { state: FlowState; offered: unknown } | null
}

/** What becomes of a due reminder. */
export type ReminderVerdict = {
  /** When the person hears of it next; null: never. */
  next: string | null
  /** What is said now; nothing where it is left out. `offered`: what may be answered from now on. */
  notice?: {
    flow: string
    body: RenderedMessage
    offered: unknown
    at: string
    expiresAt: string
  }
}

const DUE = `SELECT s.id, s.channel, s.external_id, c.locale, s.turn, s.version, s.remind_at, s.reminders, s.memory,
  a.reachable = 0 OR NOT (${wants('reminder', 'c')}),
  EXISTS (SELECT 1 FROM cases k WHERE k.contact_id = s.contact_id AND k.programme_id = ?
    AND (k.outcome IS NULL OR k.outcome = 'granted'))
FROM sessions s
JOIN contacts c ON c.id = s.contact_id
JOIN addresses a ON a.channel = s.channel AND a.external_id = s.external_id
WHERE s.remind_at <= ? AND s.channel IN (SELECT value FROM json_each(?))
ORDER BY s.remind_at LIMIT ?`

/** Conversations of these channels that are to be reminded by `now`, longest due first. Writes nothing. */
export async function listDueReminders(
  db: Database,
  vault: Vault,
  due: { programme: string; now: string; channels: readonly ChannelType[]; limit: number },
): Promise<DueReminder[]> {
  const [rows = []] = await db.read([
    { sql: DUE, args: [due.programme, due.now, JSON.stringify(due.channels), due.limit] },
  ])
  return Promise.all(rows.map((row) => parseDue(vault, row)))
}

async function parseDue(vault: Vault, row: readonly SqlValue[]): Promise<DueReminder> {
  const [id, channel, externalId, locale, turn, version, remindAt, sent, memory, muted, hasCase] =
    row
  return {
    sessionId: String(id),
    to: { channel: channel as ChannelType, id: String(externalId) },
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    turn: Number(turn),
    version: Number(version),
    remindAt: String(remindAt),
    sent: Number(sent),
    muted: muted === 1,
    hasCase: hasCase === 1,
    memory: await openMemory(vault, String(id), memory),
  }
}

/** A key that is missing must not keep everybody else from being reminded. */
async function openMemory(
  vault: Vault,
  sessionId: string,
  memory: SqlValue | undefined,
): Promise<DueReminder['memory']> {
  if (!(memory instanceof Uint8Array)) return null
  try {
    return JSON.parse(await vault.openText(memory, memoryContext(sessionId)))
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/**
 * The statements of one reminder, all of which do nothing where the person has said something since it
 * was read, or another process was first. The last one returns a row where it was this process.
 */
export async function reminderStatements(
  vault: Vault,
  due: DueReminder,
  { next, notice }: ReminderVerdict,
): Promise<Statement[]> {
  const { sessionId, turn, version, remindAt, sent } = due
  const unchanged = {
    sql: 'id = ? AND turn = ? AND version = ? AND remind_at = ? AND reminders = ?',
    args: [sessionId, turn, version, remindAt, sent],
  }
  if (notice === undefined) {
    return [
      {
        sql: `UPDATE sessions SET remind_at = ? WHERE ${unchanged.sql} RETURNING id`,
        args: [next, ...unchanged.args],
      },
    ]
  }
  const memory = await vault.seal(
    JSON.stringify({ state: due.memory?.state, offered: notice.offered }),
    memoryContext(sessionId),
  )
  return [
    await enqueue(vault, {
      id: `reminder:${sessionId}:${turn}:${sent + 1}`,
      to: due.to,
      origin: 'notice',
      kind: 'reminder',
      template: `reminder.${notice.flow}`,
      body: notice.body,
      at: notice.at,
      expiresAt: notice.expiresAt,
      onlyIf: {
        sql: `EXISTS (SELECT 1 FROM sessions WHERE ${unchanged.sql})`,
        args: unchanged.args,
      },
    }),
    {
      sql: `UPDATE sessions SET remind_at = ?, reminders = reminders + 1, version = version + 1, memory = ?
        WHERE ${unchanged.sql} RETURNING id`,
      args: [next, memory, ...unchanged.args],
    },
  ]
}
