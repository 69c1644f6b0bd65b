import type { OutboxStatus } from '../../flows/engine/channel.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { wants } from '../outbox/address.ts'
import { bestAddress } from './recipients.ts'
import { type Segment, segmentCondition } from './segments.ts'

/** Hours and messages of a service window: bots/wechat-mp/window.ts. */
const WINDOW_HOURS = 48
const WINDOW_MESSAGES = 5

/** Behind every id. */
const LAST = '\u{10ffff}'

/** Whom a segment reaches as things are now. */
export type Reach = {
  /** People in the segment. */
  people: number
  /** Of them: want no broadcasts. */
  optedOut: number
  /** Of those who want them: on no channel that is open and has not been blocked. */
  unreachable: number
  channels: {
    channel: ChannelType
    people: number
    /** Of the official account: who can be written to now, and of the others, who gave a consent that is left. */
    windowOpen: number | null
    withCredit: number | null
  }[]
}

/** Counts whom a segment reaches, in three statements whatever the number of people. */
export async function loadReach(
  db: Database,
  vault: Vault,
  segment: Segment,
  eyes: { district: string | null },
  channels: readonly ChannelType[],
  now: string,
): Promise<Reach> {
  const allowed = channels.filter(
    (channel) => segment.channels.length === 0 || segment.channels.includes(channel),
  )
  const here = await segmentCondition(vault, segment, eyes)
  const everybody = { channels: allowed, after: '', upTo: LAST }
  const [only, several] = [bestAddress('only', everybody), bestAddress('several', everybody)]
  const since = new Date(Date.parse(now) - WINDOW_HOURS * 3_600_000).toISOString()
  const [all = [], reached = []] = await db.read([
    {
      sql: `SELECT count(*), sum(NOT (${wants('campaign', 'c')})) FROM contacts c WHERE ${here.sql}`,
      args: here.args,
    },
    {
      sql: `SELECT channel, count(*), sum(open), sum(NOT open AND credit) FROM (
          SELECT channel,
            channel = 'wechat-mp' AND EXISTS (SELECT 1 FROM wechat_windows w
              WHERE w.open_id = external_id AND w.left_at IS NULL AND w.message_at > ?
                AND w.message_sent < ${WINDOW_MESSAGES}) AS open,
            channel = 'wechat-mp' AND EXISTS (SELECT 1 FROM wechat_credits x
              WHERE x.open_id = external_id AND x.spent_at IS NULL) AS credit
          FROM (
            SELECT a.channel, a.external_id ${only.sql} AND ${wants('campaign', 'c')} AND ${here.sql}
            UNION ALL
            SELECT a.channel, a.external_id ${several.sql} AND ${wants('campaign', 'c')} AND ${here.sql}))
        GROUP BY channel ORDER BY channel`,
      args: [since, ...only.args, ...here.args, ...several.args, ...here.args],
    },
  ])
  const people = Number(all[0]?.[0] ?? 0)
  const optedOut = Number(all[0]?.[1] ?? 0)
  const found = reached.map(([channel, count, open, credit]) => ({
    channel: channel as ChannelType,
    people: Number(count),
    windowOpen: channel === 'wechat-mp' ? Number(open) : null,
    withCredit: channel === 'wechat-mp' ? Number(credit) : null,
  }))
  const reachable = found.reduce((sum, one) => sum + one.people, 0)
  return { people, optedOut, unreachable: people - optedOut - reachable, channels: found }
}

/** What came of a campaign on one channel, each person once. */
export type CampaignReport = {
  channel: ChannelType
  recipients: number
  /** Still to enter the outbox. */
  waiting: number
  statuses: Partial<Record<OutboxStatus, number>>
  /** Failures by what the network or we said of them, the most frequent first. */
  failures: { error: string; people: number }[]
}

/** The report of a campaign whose recipients are fixed, channel by channel. */
export async function loadReport(db: Database, id: string): Promise<CampaignReport[]> {
  const [lanes = [], statuses = [], errors = []] = await db.read([
    {
      sql: `SELECT channel, recipients, recipients - fed FROM campaign_channels
        WHERE campaign_id = ? ORDER BY channel`,
      args: [id],
    },
    {
      sql: 'SELECT channel, status, count(*) FROM outbox WHERE campaign_id = ? GROUP BY channel, status',
      args: [id],
    },
    {
      sql: `SELECT channel, coalesce(last_error, status), count(*) FROM outbox
        WHERE campaign_id = ? AND status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt')
        GROUP BY channel, coalesce(last_error, status) ORDER BY count(*) DESC LIMIT 50`,
      args: [id],
    },
  ])
  return lanes.map(([channel, recipients, waiting]) => ({
    channel: channel as ChannelType,
    recipients: Number(recipients),
    waiting: Number(waiting),
    statuses: Object.fromEntries(
      statuses.filter(([of]) => of === channel).map(([, status, people]) => [status, people]),
    ),
    failures: errors
      .filter(([of]) => of === channel)
      .map(([, error, people]) => ({ error: String(error), people: Number(people) })),
  }))
}

/** How many people used which button of a broadcast; `stop` among them. */
export async function countCampaignAnswers(
  db: Database,
  id: string,
): Promise<Record<string, number>> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT what, count(*) FROM campaign_answers WHERE campaign_id = ? GROUP BY what',
      args: [id],
    },
  ])
  return Object.fromEntries(rows.map(([what, people]) => [String(what), Number(people)]))
}
