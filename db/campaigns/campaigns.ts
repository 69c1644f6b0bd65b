import {
  CAMPAIGN_STATES,
  type CampaignMove,
  type CampaignState,
} from '../../flows/programme/lifecycle/campaign-life.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { staffMoves } from '../core/lifecycle-events.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { first, insertInto, parsed, query, type RowOf, shape } from '../core/query.ts'
import { campaignEvents, campaigns } from '../schema/campaigns.ts'
import { districtFilter } from '../staff/district.ts'
import { Segment } from './segments.ts'

/** What was done with broadcasts, by whom. */
export const CAMPAIGN_MOVES = staffMoves(
  campaignEvents,
  campaignEvents.campaignId,
  campaignEvents.what,
)

const CAMPAIGN = shape({
  id: campaigns.id,
  state: campaigns.state,
  version: campaigns.version,
  title: campaigns.title,
  district: campaigns.district,
  segment: parsed(campaigns.segment, (json) => Segment.parse(JSON.parse(json))),
  content: parsed(campaigns.content, (json): unknown => JSON.parse(json)),
  authorId: campaigns.authorId,
  approverId: campaigns.approverId,
  startsAt: campaigns.startsAt,
  startedAt: campaigns.startedAt,
  fixedAt: campaigns.fixedAt,
  finishedAt: campaigns.finishedAt,
  createdAt: campaigns.createdAt,
  updatedAt: campaigns.updatedAt,
})
/**
 * A broadcast. `version`: of its events, the lock; `title`: for staff, people never see it; `district`: whose people it
 * can reach, null: the whole city's; `fixedAt`: when its recipients were; `content` is checked by
 * src/campaigns/content.ts.
 */
export type Campaign = RowOf<typeof CAMPAIGN>
const SELECT = `SELECT ${CAMPAIGN.columns} FROM campaigns`

type AccessScope = { district: string | null }

/** A campaign that somebody may see: the city's staff all of them, a district's their own. */
export async function findCampaign(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<Campaign | null> {
  const seen = districtFilter(scope, 'district')
  return first(db, `${SELECT} WHERE id = ? AND ${seen.sql}`, [id, ...seen.args], CAMPAIGN)
}

/** The campaigns that somebody may see, newest first. */
export async function listCampaigns(
  db: Database,
  scope: AccessScope,
  filter: { states?: readonly CampaignState[]; limit: number; cursor?: string },
): Promise<ListPage<Campaign>> {
  const seen = districtFilter(scope, 'district')
  const states = filter.states ?? CAMPAIGN_STATES
  return listPage(db, {
    shape: CAMPAIGN,
    from: 'campaigns',
    where: {
      sql: `${seen.sql} AND state IN (${states.map(() => '?').join(', ')})`,
      args: [...seen.args, ...states],
    },
    order: [
      { sql: 'created_at', desc: true },
      { sql: 'id', desc: true },
    ],
    cursor: filter.cursor,
    limit: filter.limit,
  })
}

/** Campaigns of these states whose time has come, for whoever runs them. */
export async function listDueCampaigns(
  db: Database,
  states: readonly CampaignState[],
  now: string,
): Promise<Campaign[]> {
  const due = `${SELECT} WHERE state IN (${states.map(() => '?').join(', ')}) AND coalesce(starts_at, '') <= ?
    ORDER BY starts_at LIMIT 20`
  return query(db, due, [...states, now], CAMPAIGN)
}

/** A new campaign, with its first event. */
export function insertCampaign(
  draft: Pick<Campaign, 'id' | 'title' | 'district' | 'segment' | 'content' | 'authorId'> & {
    at: string
  },
): Statement[] {
  const { id, at, authorId, segment, content, title, district } = draft
  return [
    insertInto(campaigns, {
      id,
      state: 'draft',
      title,
      district,
      segment: JSON.stringify(segment),
      content: JSON.stringify(content),
      authorId,
      createdAt: at,
      updatedAt: at,
    }),
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
