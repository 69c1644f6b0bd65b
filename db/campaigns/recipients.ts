import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { wants } from '../outbox/address.ts'
import type { SqlCondition } from '../staff/district.ts'
import type { Campaign } from './campaigns.ts'
import { segmentCondition } from './segments.ts'

/** People looked through in one write: turns find their way between them. */
const SLICE = 50_000

/** Rows of a campaign that nobody has tried to send, or that are to be tried again. */
const OPEN = `('created', 'temporary-failure')`
/** A paused row is due at the end of days. */
const NEVER = '9999-12-31T23:59:59.999Z'

/** Contacts of a range of ids who have several addresses; few do. */
const SEVERAL = `SELECT contact_id FROM addresses WHERE contact_id > ? AND contact_id <= ?
  GROUP BY contact_id HAVING count(*) > 1`

type Reach = { channels: readonly ChannelType[]; after: string; upTo: string }

/**
 * The address at which each contact (`c`) of a range of ids is told, as FROM and WHERE over `c` and `a`: of
 * those that have not blocked us, on these channels, the one they chose or used last. `only`: those with one
 * address, where nothing more must be looked up, which is most of a million; `several`: the others; `any`:
 * everybody of a range where nobody has several.
 */
export function bestAddress(
  of: 'any' | 'only' | 'several',
  { channels, after, upTo }: Reach,
): SqlCondition {
  const marks = channels.map(() => '?').join(', ')
  const range: SqlValue[] = [after, upTo]
  // CROSS: people first (https://sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join).
  return of !== 'several'
    ? {
        sql: `FROM contacts c CROSS JOIN addresses a
            ON a.contact_id = c.id AND a.reachable = 1 AND a.channel IN (${marks})
          WHERE c.id > ? AND c.id <= ? ${of === 'any' ? '' : `AND c.id NOT IN (${SEVERAL})`}`,
        args: [...channels, ...range, ...(of === 'any' ? [] : range)],
      }
    : {
        // An ORDER BY sees no outer table (https://sqlite.org/lang_select.html#orderby), a column does.
        sql: `FROM (${SEVERAL}) m CROSS JOIN contacts c ON c.id = m.contact_id
          CROSS JOIN addresses a ON (a.channel, a.external_id) = (SELECT channel, external_id FROM (
            SELECT b.channel, b.external_id, b.channel IS c.preferred_channel AS chosen, s.updated_at AS used
            FROM addresses b
            LEFT JOIN sessions s ON s.channel = b.channel AND s.external_id = b.external_id
            WHERE b.contact_id = c.id AND b.reachable = 1 AND b.channel IN (${marks})
            ORDER BY chosen DESC, used DESC, b.channel, b.external_id LIMIT 1))
          WHERE TRUE`,
        args: [...range, ...channels],
      }
}

/**
 * Fixes the recipients among the next people, in one INSERT … SELECT, with how far it came. Who joined
 * after the start is not one of them. Any number of processes may do it at once, and a kill costs
 * nothing: what was fixed is fixed. Resolves to whether everybody has been looked at.
 */
export async function fixRecipients(
  db: Database,
  vault: Vault,
  campaign: Campaign,
  channels: readonly ChannelType[],
  now: string,
): Promise<boolean> {
  const { id, segment, district, startedAt } = campaign
  const allowed =
    segment.channels.length === 0
      ? channels
      : channels.filter((channel) => segment.channels.includes(channel))
  const [[known] = []] = await db.read([
    { sql: 'SELECT cursor FROM campaigns WHERE id = ?', args: [id] },
  ])
  const cursor = String(known?.[0] ?? '')
  const [[end] = [], [final] = []] = await db.read([
    {
      sql: `SELECT id FROM contacts WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${SLICE - 1}`,
      args: [cursor],
    },
    { sql: 'SELECT max(id) FROM contacts', args: [] },
  ])
  const done = end === undefined
  const last = end?.[0] ?? final?.[0]
  // Who gets a second address before the write is told at one all the same: a row of the outbox is of a
  // campaign and a contact.
  const [[some] = []] = await db.read([
    { sql: `SELECT EXISTS (${SEVERAL})`, args: [cursor, last ?? cursor] },
  ])
  const parts = Number(some?.[0]) === 0 ? (['any'] as const) : (['only', 'several'] as const)
  const here = await segmentCondition(vault, segment, { district })
  const slice: Statement[] =
    last == null || allowed.length === 0
      ? []
      : parts.map((of) => {
          const best = bestAddress(of, { channels: allowed, after: cursor, upTo: String(last) })
          return {
            sql: `INSERT OR IGNORE INTO campaign_recipients (campaign_id, channel, contact_id, external_id)
              SELECT ?, a.channel, c.id, a.external_id ${best.sql}
                AND c.created_at <= ? AND ${wants('campaign', 'c')} AND ${here.sql}`,
            args: [id, ...best.args, startedAt ?? now, ...here.args],
          }
        })
  const [updated = []] = (
    await db.write([
      ...slice,
      ...(done ? [countRecipients(id)] : []),
      {
        sql: `UPDATE campaigns SET cursor = ?, fixed_at = ?
          WHERE id = ? AND coalesce(cursor, '') = ? AND fixed_at IS NULL RETURNING 1`,
        args: [last ?? cursor, done ? now : null, id, cursor],
      },
    ])
  ).slice(-1)
  return done && updated.length > 0
}

/** How many there are of each channel; before anything is sent. */
function countRecipients(id: string): Statement {
  return {
    sql: `INSERT OR IGNORE INTO campaign_channels (campaign_id, channel, recipients)
      SELECT campaign_id, channel, count(*) FROM campaign_recipients WHERE campaign_id = ? GROUP BY channel`,
    args: [id],
  }
}

/** How far a channel of a campaign is. `open`: rows in the outbox that are still to be sent. */
export type Lane = {
  channel: ChannelType
  recipients: number
  fed: number
  fedTo: string
  open: number
}

/** The channels of a campaign whose recipients are fixed. */
export async function listLanes(db: Database, id: string): Promise<Lane[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT l.channel, l.recipients, l.fed, l.fed_to, (SELECT count(*) FROM outbox o
          WHERE o.campaign_id = l.campaign_id AND o.channel = l.channel
            AND o.status IN ('created', 'temporary-failure', 'sending'))
        FROM campaign_channels l WHERE l.campaign_id = ? ORDER BY l.channel`,
      args: [id],
    },
  ])
  return rows.map(([channel, recipients, fed, fedTo, open]) => ({
    channel: channel as ChannelType,
    recipients: Number(recipients),
    fed: Number(fed),
    fedTo: String(fedTo),
    open: Number(open),
  }))
}

/**
 * Lets the next `limit` recipients of a channel into the outbox. An address that is gone since is passed
 * over. The outbox row's id is of campaign and contact, so nobody is told twice, and who fed these at the
 * same moment wins. Nothing is fed unless the campaign is `sending`.
 */
export async function feedLane(
  db: Database,
  id: string,
  lane: Lane,
  feed: { limit: number; at: string; expiresAt: string },
): Promise<number> {
  const next = `SELECT contact_id, external_id FROM campaign_recipients
    WHERE campaign_id = ? AND channel = ? AND contact_id > ? ORDER BY contact_id LIMIT ?`
  const range: SqlValue[] = [id, lane.channel, lane.fedTo, feed.limit]
  const isOurs = `EXISTS (SELECT 1 FROM campaign_channels l JOIN campaigns g ON g.id = l.campaign_id
    WHERE l.campaign_id = ? AND l.channel = ? AND l.fed_to = ? AND g.state = 'sending')`
  const ours: SqlValue[] = [id, lane.channel, lane.fedTo]
  const [, fed = []] = await db.write([
    {
      sql: `INSERT OR IGNORE INTO outbox (id, channel, external_id, origin, kind, campaign_id, priority,
          status, next_attempt_at, expires_at, created_at)
        SELECT 'campaign:' || ? || ':' || r.contact_id, a.channel, a.external_id, 'notice', 'campaign', ?, 3,
          'created', ?, ?, ?
        FROM (${next}) r JOIN addresses a ON a.channel = ? AND a.external_id = r.external_id
        WHERE ${isOurs} ORDER BY r.contact_id`,
      args: [id, id, feed.at, feed.expiresAt, feed.at, ...range, lane.channel, ...ours],
    },
    {
      sql: `UPDATE campaign_channels SET (fed, fed_to) =
          (SELECT campaign_channels.fed + count(*), coalesce(max(contact_id), campaign_channels.fed_to) FROM (${next}))
        WHERE campaign_id = ? AND channel = ? AND ${isOurs} RETURNING fed`,
      args: [...range, id, lane.channel, ...ours],
    },
  ])
  return fed[0] === undefined ? 0 : Number(fed[0][0]) - lane.fed
}

/** Rows that wait in the outbox wait until the campaign goes on, however long that is. */
export function holdRows(id: string): Statement {
  return {
    sql: `UPDATE outbox SET next_attempt_at = '${NEVER}', expires_at = '${NEVER}'
      WHERE campaign_id = ? AND status IN ${OPEN}`,
    args: [id],
  }
}

/** Rows that were held are due again. */
export function releaseRows(id: string, at: string, expiresAt: string): Statement {
  return {
    sql: `UPDATE outbox SET next_attempt_at = ?, expires_at = ?
      WHERE campaign_id = ? AND status IN ${OPEN} AND next_attempt_at = '${NEVER}'`,
    args: [at, expiresAt, id],
  }
}

/** Rows that nobody has sent are not sent any more. */
export function withdrawRows(id: string, at: string): Statement {
  return {
    sql: `UPDATE outbox SET status = 'permanent-failure', left_at = ?, last_error = 'withdrawn'
      WHERE campaign_id = ? AND status IN ${OPEN}`,
    args: [at, id],
  }
}
