import {
  CAMPAIGN_STATES,
  type CampaignMove,
  type CampaignState,
} from '../../flows/programme/lifecycle/campaign-life.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { staffMoves } from '../core/lifecycle-events.ts'
import { campaignEvents } from '../schema/campaigns.ts'
import { districtFilter } from '../staff/district.ts'
import { Segment } from './segments.ts'

/** What was done with broadcasts, by whom. */
export const CAMPAIGN_MOVES = staffMoves(
  campaignEvents,
  campaignEvents.campaignId,
  campaignEvents.what,
)

/** A broadcast. `content` is checked by src/campaigns/content.ts. */
export type Campaign = {
  id: string
  state: CampaignState
  /** Of its events; the lock. */
  version: number
  /** For staff; people never see it. */
  title: string
  /** Whose people it can reach; null: the whole city's. */
  district: string | null
  segment: Segment
  content: unknown
  authorId: string
  approverId: string | null
  startsAt: string | null
  startedAt: string | null
  /** When its recipients were fixed. */
  fixedAt: string | null
  finishedAt: string | null
  createdAt: string
  updatedAt: string
}

const COLUMNS = `g.id, g.state, g.version, g.title, g.district, g.segment, g.content, g.author_id,
  g.approver_id, g.starts_at, g.started_at, g.fixed_at, g.finished_at, g.created_at, g.updated_at`

type AccessScope = { district: string | null }

/** A campaign that somebody may see: the city's staff all of them, a district's their own. */
export async function findCampaign(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<Campaign | null> {
  const seen = districtFilter(scope, 'g.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM campaigns g WHERE g.id = ? AND ${seen.sql}`,
      args: [id, ...seen.args],
    },
  ])
  return rows[0] === undefined ? null : toCampaign(rows[0])
}

/** The campaigns that somebody may see, newest first. */
export async function listCampaigns(
  db: Database,
  scope: AccessScope,
  filter: { states?: readonly CampaignState[]; limit: number },
): Promise<Campaign[]> {
  const seen = districtFilter(scope, 'g.district')
  const states = filter.states ?? CAMPAIGN_STATES
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM campaigns g
        WHERE ${seen.sql} AND g.state IN (${states.map(() => '?').join(', ')})
        ORDER BY g.created_at DESC, g.id LIMIT ?`,
      args: [...seen.args, ...states, filter.limit],
    },
  ])
  return rows.map(toCampaign)
}

/** Campaigns of these states whose time has come, for whoever runs them. */
export async function listDueCampaigns(
  db: Database,
  states: readonly CampaignState[],
  now: string,
): Promise<Campaign[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM campaigns g
        WHERE g.state IN (${states.map(() => '?').join(', ')}) AND coalesce(g.starts_at, '') <= ?
        ORDER BY g.starts_at LIMIT 20`,
      args: [...states, now],
    },
  ])
  return rows.map(toCampaign)
}

/** A new campaign, with its first event. */
export function insertCampaign(
  draft: Pick<Campaign, 'id' | 'title' | 'district' | 'segment' | 'content' | 'authorId'> & {
    at: string
  },
): Statement[] {
  const { id, title, district, segment, content, authorId, at } = draft
  return [
    {
      sql: `INSERT INTO campaigns (id, state, title, district, segment, content, author_id, created_at, updated_at)
        VALUES (?, 'draft', ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        id,
        title,
        district,
        JSON.stringify(segment),
        JSON.stringify(content),
        authorId,
        at,
        at,
      ],
    },
    CAMPAIGN_MOVES.insert(id, { version: 1, move: 'written', staffId: authorId, at }),
  ]
}

/** What a change sets; what is left out stays. */
export type CampaignChange = {
  move: CampaignMove['id']
  staffId: string | null
  at: string
  state?: CampaignState
  title?: string
  segment?: Segment
  content?: unknown
  approverId?: string | null
  startsAt?: string | null
  startedAt?: string
  finishedAt?: string
}

/**
 * Changes a campaign as it was at `version`. Where somebody changed it meanwhile, the batch fails on
 * `campaign_events.campaign_id` and nothing is written.
 */
export function changeCampaign(
  { id, version }: Pick<Campaign, 'id' | 'version'>,
  change: CampaignChange,
): Statement[] {
  const sets: [string, SqlValue][] = [
    ['version', version + 1],
    ['updated_at', change.at],
  ]
  if (change.state !== undefined) sets.push(['state', change.state])
  if (change.title !== undefined) sets.push(['title', change.title])
  if (change.segment !== undefined) sets.push(['segment', JSON.stringify(change.segment)])
  if (change.content !== undefined) sets.push(['content', JSON.stringify(change.content)])
  if (change.approverId !== undefined) sets.push(['approver_id', change.approverId])
  if (change.startsAt !== undefined) sets.push(['starts_at', change.startsAt])
  if (change.startedAt !== undefined) sets.push(['started_at', change.startedAt])
  if (change.finishedAt !== undefined) sets.push(['finished_at', change.finishedAt])
  const { move, staffId, at } = change
  return [
    CAMPAIGN_MOVES.insert(id, { version: version + 1, move, staffId, at }),
    {
      sql: `UPDATE campaigns SET ${sets.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`,
      args: [...sets.map(([, value]) => value), id],
    },
  ]
}

/** Notes that a person used a button of a broadcast: a flow that it opens, or `stop`. Once is enough. */
export function noteCampaignAnswer(answer: {
  campaignId: string
  contactId: string
  what: string
  at: string
}): Statement {
  return {
    // A button can be forged; one of no campaign is nobody's.
    sql: `INSERT OR IGNORE INTO campaign_answers (campaign_id, contact_id, what, at)
      SELECT id, ?, ?, ? FROM campaigns WHERE id = ?`,
    args: [answer.contactId, answer.what, answer.at, answer.campaignId],
  }
}

function toCampaign(row: readonly SqlValue[]): Campaign {
  const [id, state, version, title, district, segment, content, authorId, ...rest] = row
  const [approverId, startsAt, startedAt, fixedAt, finishedAt, createdAt, updatedAt] = rest
  const text = (value: SqlValue | undefined) => (value == null ? null : String(value))
  return {
    id: String(id),
    state: state as CampaignState,
    version: Number(version),
    title: String(title),
    district: text(district),
    segment: Segment.parse(JSON.parse(String(segment))),
    content: JSON.parse(String(content)),
    authorId: String(authorId),
    approverId: text(approverId),
    startsAt: text(startsAt),
    startedAt: text(startedAt),
    fixedAt: text(fixedAt),
    finishedAt: text(finishedAt),
    createdAt: String(createdAt),
    updatedAt: String(updatedAt),
  }
}
