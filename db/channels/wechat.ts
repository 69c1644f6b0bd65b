import type { Counted } from '../../flows/engine/channel.ts'
import type { Database, Statement } from '../core/database.ts'
import { releaseAddress } from '../outbox/claim.ts'

const CHANNEL = 'wechat-mp'
/** A delivery that comes again so soon is a retry: WeChat tries three times within 15 seconds. */
const RETRY_SECONDS = 30
/** Signatures are kept for longer than any timestamp is good. */
const KEPT_SECONDS = 900

/** What a delivery of the official account changes, as bots/wechat-mp/delivery-log.ts names it. */
export type WechatFact =
  | { kind: 'heard'; window: 'message' | 'tap' }
  | { kind: 'left' }
  | { kind: 'consents'; answers: readonly { template: string; accepted: boolean }[] }
  | { kind: 'withdrawn'; templates: readonly string[] }

/**
 * Enters a delivery and what it changes, in one batch. Facts are written so that neither a retry nor
 * one that was overtaken on its way changes what is known. `replayed`: it came before, and not just now.
 * `overtaken`: something that the person did later came earlier.
 */
export async function enterDelivery(
  db: Database,
  delivery: {
    signature: string
    openId: string
    /** When the person acted. */
    at: string
    now: string
    facts: readonly WechatFact[]
  },
): Promise<'entered' | 'overtaken' | 'replayed'> {
  const { signature, openId, at, now } = delivery
  const isOfThePerson = delivery.facts.some(({ kind }) => kind === 'heard' || kind === 'left')
  const [, seen = [], latest = []] = await db.write([
    {
      sql: 'DELETE FROM wechat_deliveries WHERE at < ?',
      args: [secondsBefore(now, KEPT_SECONDS)],
    },
    {
      // The first time stays; an update that changes nothing gives it back.
      sql: `INSERT INTO wechat_deliveries (signature, at) VALUES (?, ?)
        ON CONFLICT (signature) DO UPDATE SET at = at RETURNING at`,
      args: [signature, now],
    },
    {
      sql: `INSERT INTO wechat_windows (open_id, last_at) SELECT ?, ? WHERE ?
        ON CONFLICT (open_id) DO UPDATE SET last_at = max(last_at, excluded.last_at) RETURNING last_at`,
      args: [openId, at, isOfThePerson ? 1 : 0],
    },
    ...delivery.facts.flatMap((fact) => factStatements(openId, at, now, fact)),
  ])
  if (String(seen[0]?.[0]) < secondsBefore(now, RETRY_SECONDS)) return 'replayed'
  return String(latest[0]?.[0] ?? '') > at ? 'overtaken' : 'entered'
}

function factStatements(openId: string, at: string, now: string, fact: WechatFact): Statement[] {
  switch (fact.kind) {
    case 'heard':
      return [
        openWindow(openId, at, fact.window),
        releaseAddress({ channel: CHANNEL, id: openId }, now),
      ]
    case 'left':
      return [
        {
          sql: 'UPDATE wechat_windows SET left_at = ? WHERE open_id = ? AND last_at <= ?',
          args: [at, openId, at],
        },
      ]
    case 'consents':
      return fact.answers
        .filter(({ accepted }) => accepted)
        .map(({ template }, index) => ({
          sql: `INSERT OR IGNORE INTO wechat_credits (id, open_id, template, granted_at) VALUES (?, ?, ?, ?)`,
          args: [`${openId}:${at}:${template}:${index}`, openId, template, at],
        }))
    case 'withdrawn':
      return fact.templates.map((template) => dropStatement(openId, template, at))
  }
}

/** What a person does later opens a window anew; what came late or twice does not. */
function openWindow(openId: string, at: string, window: 'message' | 'tap'): Statement {
  const [opened, sent] =
    window === 'message' ? ['message_at', 'message_sent'] : ['tap_at', 'tap_sent']
  return {
    sql: `UPDATE wechat_windows SET ${opened} = ?, ${sent} = 0,
        left_at = CASE WHEN left_at > ? THEN left_at END
      WHERE open_id = ? AND (${opened} IS NULL OR ${opened} < ?)`,
    args: [at, at, openId, at],
  }
}

const WINDOWS = 'json_array(message_at, message_sent, tap_at, tap_sent, left_at)'
/** What `readWechatWindow` reads, beside a row of the outbox. */
export const WECHAT_STANDING = `(SELECT ${WINDOWS} FROM wechat_windows WHERE open_id = outbox.external_id)`
/** When the person of a row of the outbox was last heard. */
export const WECHAT_HEARD = `(SELECT max(coalesce(message_at, ''), coalesce(tap_at, ''))
  FROM wechat_windows WHERE open_id = outbox.external_id)`

/** What is known of one person's windows, or null where they never did anything. */
export async function loadWechatWindow(db: Database, openId: string) {
  const [rows = []] = await db.read([
    { sql: `SELECT ${WINDOWS} FROM wechat_windows WHERE open_id = ?`, args: [openId] },
  ])
  return rows[0] === undefined ? null : readWechatWindow(String(rows[0][0]))
}

/** The same, of what stood beside a row of the outbox. */
export function readWechatWindow(standing: string) {
  // Our own JSON, made by the statement above.
  const [messageAt, messageSent, tapAt, tapSent, leftAt] = JSON.parse(standing) as [
    string | null,
    number,
    string | null,
    number,
    string | null,
  ]
  return { messageAt, messageSent, tapAt, tapSent, leftAt }
}

/** How many people wrote or tapped within two days, and how many consents are left; for staff. */
export async function countWechatWindows(
  db: Database,
  now: string,
): Promise<{ open: number; credits: number }> {
  const since = secondsBefore(now, 48 * 3600)
  const [windows = [], credits = []] = await db.read([
    {
      sql: 'SELECT count(*) FROM wechat_windows WHERE message_at > ? AND left_at IS NULL',
      args: [since],
    },
    { sql: 'SELECT count(*) FROM wechat_credits WHERE spent_at IS NULL', args: [] },
  ])
  return { open: Number(windows[0]?.[0]), credits: Number(credits[0]?.[0]) }
}

/** A statement that counts what was sent in a person's windows. */
export function countWechatSent(openId: string, { message, tap }: Counted): Statement {
  return {
    sql: `UPDATE wechat_windows SET message_sent = message_sent + ?, tap_sent = tap_sent + ? WHERE open_id = ?`,
    args: [message, tap, openId],
  }
}

/** The network knows better than our ledger: the messages of the windows are used up, or both are over. */
export async function closeWechatWindow(
  db: Database,
  openId: string,
  why: 'spent' | 'expired',
): Promise<void> {
  const sql =
    why === 'spent'
      ? 'UPDATE wechat_windows SET message_sent = 1000, tap_sent = 1000 WHERE open_id = ?'
      : `UPDATE wechat_windows SET message_at = '1970', tap_at = '1970' WHERE open_id = ?`
  await db.write([{ sql, args: [openId] }])
}

/**
 * Uses up the oldest consent to a template, or only looks for one that `lasts`. False: there is none.
 * One statement, so that two who want it at once do not both get it.
 */
export async function takeWechatCredit(
  db: Database,
  credit: { openId: string; template: string; lasts: boolean; now: string },
): Promise<boolean> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE wechat_credits SET spent_at = ? WHERE id = (
          SELECT id FROM wechat_credits WHERE open_id = ? AND template = ? AND spent_at IS NULL
          ORDER BY granted_at LIMIT 1)
        RETURNING 1`,
      args: [credit.lasts ? null : credit.now, credit.openId, credit.template],
    },
  ])
  return rows.length > 0
}

/** Forgets the consents to a template that were given until then. */
export async function dropWechatCredits(
  db: Database,
  openId: string,
  template: string,
  now: string,
): Promise<void> {
  await db.write([dropStatement(openId, template, now)])
}

function dropStatement(openId: string, template: string, at: string): Statement {
  return {
    sql: `UPDATE wechat_credits SET spent_at = ?
      WHERE open_id = ? AND template = ? AND granted_at <= ? AND spent_at IS NULL`,
    args: [at, openId, template, at],
  }
}

function secondsBefore(at: string, seconds: number): string {
  return new Date(Date.parse(at) - seconds * 1000).toISOString()
}
