import type { Counted } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import { saveDeferredStatements } from '../conversation/late-events.ts'
import { noteNotice } from '../conversation/transcripts.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { noteAnswered } from '../handoffs/handoffs.ts'
import { releaseAddress } from '../outbox/claim.ts'
import { noteNotArrived } from '../outbox/record.ts'

const CHANNEL = 'wechat-kf'
/** Whoever fetches has so long for one page; then another may. */
const LEASE_SECONDS = 30
/** The word of a callback is good for ten minutes; a little less, for the way. */
const TOKEN_SECONDS = 570

/** What the account's events change, as bots/wechat-kf/store.ts names it. */
export type KfChange =
  | { kind: 'heard'; userId: string; at: string }
  | { kind: 'code'; userId: string; code: string; until: string }
  | { kind: 'state'; userId: string; state: number; at: string }
  | { kind: 'send-failed'; messageId: string; why: string; at: string }
  | { kind: 'staff-said'; userId: string; messageId: string; text: string; at: string }

/** Notes that there is something to fetch, and the word that lets it be fetched. */
export async function askForKf(
  db: Database,
  { openKfId, token, now }: { openKfId: string; token: string; now: string },
): Promise<void> {
  await db.write([
    {
      sql: `INSERT INTO wechat_kf_accounts (open_kfid, token, token_until, asked) VALUES (?, ?, ?, 1)
        ON CONFLICT (open_kfid) DO UPDATE SET token = excluded.token, token_until = excluded.token_until,
          asked = asked + 1`,
      args: [openKfId, token === '' ? null : token, secondsAfter(now, TOKEN_SECONDS)],
    },
  ])
}

/** A row where `claimKf` may take the turn to fetch. */
export function unfetchedKf(now: string): Statement {
  return {
    sql: `SELECT 1 FROM wechat_kf_accounts
      WHERE asked > done AND (leased_until IS NULL OR leased_until < ?) LIMIT 1`,
    args: [now],
  }
}

/** Takes the turn to fetch what was told of and is not done; null: there is nothing, or another process has it. */
export async function claimKf(
  db: Database,
  { openKfId, lease, now }: { openKfId: string; lease: string; now: string },
): Promise<{ lease: string; cursor: string | null; token: string | null; asked: number } | null> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE wechat_kf_accounts SET lease = ?, leased_until = ?
        WHERE open_kfid = ? AND asked > done AND (leased_until IS NULL OR leased_until < ?)
        RETURNING cursor, CASE WHEN token_until > ? THEN token END, asked`,
      args: [lease, secondsAfter(now, LEASE_SECONDS), openKfId, now, now],
    },
  ])
  const [row] = rows
  if (row === undefined) return null
  const [cursor, token, asked] = row
  return {
    lease,
    cursor: cursor === null ? null : String(cursor),
    token: token === null ? null : String(token),
    asked: Number(asked),
  }
}

/** Keeps what a page brought and its place in one batch: the events wait for their turns, and nothing is fetched anew. */
export async function keepKfPage(
  { db, vault }: { db: Database; vault: Vault },
  page: {
    openKfId: string
    lease: string
    cursor: string
    events: readonly InboundEvent[]
    changes: readonly KfChange[]
    now: string
  },
): Promise<void> {
  const { openKfId, lease, cursor, now } = page
  const changes = await Promise.all(
    page.changes.map((change) => changeStatements(db, vault, change, now)),
  )
  await db.write([
    ...(await saveDeferredStatements(vault, page.events, now)),
    ...changes.flat(),
    {
      sql: `UPDATE wechat_kf_accounts SET cursor = ?, leased_until = ? WHERE open_kfid = ? AND lease = ?`,
      args: [cursor, secondsAfter(now, LEASE_SECONDS), openKfId, lease],
    },
  ])
}

/** Ends the turn to fetch. False: more was told of meanwhile. `broken-off`: what is left is fetched later. */
export async function releaseKf(
  db: Database,
  end: { openKfId: string; lease: string; asked: number; done: 'all' | 'broken-off' },
): Promise<boolean> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE wechat_kf_accounts SET lease = NULL, leased_until = NULL,
          done = CASE WHEN ? THEN max(done, ?) ELSE done END
        WHERE open_kfid = ? AND lease = ? RETURNING asked > done`,
      args: [end.done === 'all' ? 1 : 0, end.asked, end.openKfId, end.lease],
    },
  ])
  return end.done === 'broken-off' || Number(rows[0]?.[0] ?? 0) === 0
}

/** Whose conversation staff have, or wait to take, while no other answer of ours waits to be said. */
const isHandedOver = (channel: string, id: string, but: string) => `SELECT 1 FROM handoffs h
  JOIN sessions s ON s.id = h.session_id
  WHERE s.channel = ${channel} AND s.external_id = ${id} AND h.closed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.channel = s.channel AND o.external_id = s.external_id
      AND o.origin = 'reply' AND o.status = 'created' ${but})`

/** What `readKfStanding` reads, beside a row of the outbox. */
export const KF_STANDING = `(SELECT json_array(p.heard_at, p.sent, p.state,
    EXISTS (${isHandedOver('outbox.channel', 'outbox.external_id', 'AND o.seq <> outbox.seq')}))
  FROM wechat_kf_people p WHERE p.user_id = outbox.external_id)`
/** When the person of a row of the outbox was last heard. */
export const KF_HEARD = `(SELECT heard_at FROM wechat_kf_people WHERE user_id = outbox.external_id)`

/** What stood beside a row of the outbox as it was taken. */
export function readKfStanding(standing: string) {
  // Our own JSON, made by the statement above.
  const [heardAt, sent, state, handedOver] = JSON.parse(standing) as [
    string | null,
    number,
    number,
    number,
  ]
  return { heardAt, sent, state, isHandedOver: handedOver === 1 }
}

/** What is known of one person, or null where they never did anything. */
export async function loadKfPerson(
  db: Database,
  userId: string,
): Promise<{ heardAt: string | null; sent: number; state: number } | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT heard_at, sent, state FROM wechat_kf_people WHERE user_id = ?', args: [userId] },
  ])
  const [row] = rows
  if (row === undefined) return null
  const [heardAt, sent, state] = row
  return {
    heardAt: heardAt === null ? null : String(heardAt),
    sent: Number(sent),
    state: Number(state),
  }
}

/** A statement that counts messages that were sent since the person's last. */
export function countKfSent(userId: string, { message }: Counted): Statement {
  return {
    sql: 'UPDATE wechat_kf_people SET sent = sent + ? WHERE user_id = ?',
    args: [message, userId],
  }
}

/** The network knows better than our ledger: the messages are used up, or the time is over. */
export async function closeKfWindow(
  db: Database,
  userId: string,
  why: 'spent' | 'expired',
): Promise<void> {
  const change = why === 'spent' ? 'sent = 1000' : 'heard_at = NULL'
  await db.write([
    { sql: `UPDATE wechat_kf_people SET ${change} WHERE user_id = ?`, args: [userId] },
  ])
}

/** The code that lets one message through, while it is good. */
export async function loadKfCode(
  db: Database,
  userId: string,
  now: string,
): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT code FROM wechat_kf_people WHERE user_id = ? AND code_until > ?',
      args: [userId, now],
    },
  ])
  const [code] = rows[0] ?? []
  return typeof code === 'string' ? code : null
}

/** Forgets the code: it is used up. */
export async function dropKfCode(db: Database, userId: string): Promise<void> {
  await db.write([
    {
      sql: 'UPDATE wechat_kf_people SET code = NULL, code_until = NULL WHERE user_id = ?',
      args: [userId],
    },
  ])
}

/** Writes down who speaks with the person, as the network has just said. */
export async function setKfState(
  db: Database,
  change: { userId: string; state: number; now: string },
): Promise<void> {
  // The network's own times are whole seconds: what it says of this second must not come before.
  const at = `${change.now.slice(0, 19)}.000Z`
  await db.write([stateStatement({ ...change, at })])
}

/** Whether staff have this conversation, or wait to take it, and nothing waits to be said but what is on its way. */
export async function isKfHandedOver(db: Database, userId: string): Promise<boolean> {
  const [rows = []] = await db.read([{ sql: isHandedOver('?', '?', ''), args: [CHANNEL, userId] }])
  return rows.length > 0
}

/** The open hand-off of a person, where there is one. */
export async function findKfHandoff(db: Database, userId: string): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT h.id FROM handoffs h JOIN sessions s ON s.id = h.session_id
        WHERE s.channel = ? AND s.external_id = ? AND h.closed_at IS NULL`,
      args: [CHANNEL, userId],
    },
  ])
  const [id] = rows[0] ?? []
  return id === undefined ? null : String(id)
}

async function changeStatements(
  db: Database,
  vault: Vault,
  change: KfChange,
  now: string,
): Promise<Statement[]> {
  switch (change.kind) {
    case 'heard':
      return [
        {
          // A message ends what staff ended: the network begins a new conversation (state 0).
          sql: `INSERT INTO wechat_kf_people (user_id, heard_at) VALUES (?, ?)
            ON CONFLICT (user_id) DO UPDATE SET heard_at = excluded.heard_at, sent = 0,
              state = CASE WHEN state = 4 THEN 0 ELSE state END
            WHERE wechat_kf_people.heard_at IS NULL OR wechat_kf_people.heard_at <= excluded.heard_at`,
          args: [change.userId, change.at],
        },
        releaseAddress({ channel: CHANNEL, id: change.userId }, now),
      ]
    case 'code':
      return [
        {
          sql: `INSERT INTO wechat_kf_people (user_id, code, code_until) VALUES (?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET code = excluded.code, code_until = excluded.code_until`,
          args: [change.userId, change.code, change.until],
        },
      ]
    case 'state':
      return [stateStatement(change)]
    case 'send-failed':
      return noteNotArrived({ channel: CHANNEL, ...change, networkId: change.messageId })
    case 'staff-said': {
      const { userId, messageId, text, at } = change
      const said = { id: `wecom:${messageId}`, body: { text, quickReplies: [] }, at }
      const handoff = await findKfHandoff(db, userId)
      return [
        ...(await noteNotice(db, vault, { channel: CHANNEL, id: userId }, said)),
        ...(handoff === null ? [] : [noteAnswered(handoff, at)]),
      ]
    }
  }
}

function stateStatement({
  userId,
  state,
  at,
}: {
  userId: string
  state: number
  at: string
}): Statement {
  return {
    sql: `INSERT INTO wechat_kf_people (user_id, state, state_at) VALUES (?, ?, ?)
      ON CONFLICT (user_id) DO UPDATE SET state = excluded.state, state_at = excluded.state_at
      WHERE wechat_kf_people.state_at IS NULL OR wechat_kf_people.state_at <= excluded.state_at`,
    args: [userId, state, at],
  }
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
