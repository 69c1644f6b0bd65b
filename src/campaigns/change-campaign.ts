import {
  type Campaign,
  type CampaignChange,
  changeCampaign,
  findCampaign,
  insertCampaign,
} from '../../db/campaigns/campaigns.ts'
import { loadReach } from '../../db/campaigns/figures.ts'
import { holdRows, releaseRows, withdrawRows } from '../../db/campaigns/recipients.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import type { Statement } from '../../db/core/database.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import type { AuditAction } from '../../db/staff/audit-actions.ts'
import {
  CAMPAIGN_LIFE,
  type CampaignMove,
  type CampaignStaffMove,
  type CampaignState,
  campaignHistory,
} from '../../flows/programme/lifecycle/campaign-life.ts'
import {
  type LifecycleProblem,
  makeMove,
  type Standing,
  standingFor,
} from '../../flows/programme/lifecycle/machine.ts'
import type { Locale } from '../../locales/keys.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { broadcastChannels } from './channels.ts'
import { Content, checkContent, type HoleProblem } from './content.ts'
import { newsEnds } from './run-campaigns.ts'

/** Whoever tells more people than this needs a second person's approval. */
export const ALONE_UP_TO = 200
const MAX_TITLE = 80

type CampaignDeps = Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'channels' | 'wake'>
/** Who acts; `district` limits whom they reach. */
export type Author = { id: string; district: string | null }

/** What somebody wrote, before it is checked. */
export type CampaignInput = { title: string; segment: unknown; content: unknown }

export type CampaignProblem =
  | { kind: 'no-such-campaign' }
  /** Somebody changed it since it was looked at. */
  | { kind: 'conflict' }
  | { kind: 'wrong-state'; state: CampaignState }
  | { kind: 'own-campaign' }
  | { kind: 'nobody' }
  | { kind: 'past' }
  | { kind: 'image'; image: 'no-alt' | 'empty' | 'too-large' | 'wrong-kind' }
  | { kind: 'invalid'; field: 'title' | 'segment' | 'content' }
  | { kind: 'hole'; locale: Locale; hole: HoleProblem }

/** `standing`: of a campaign that was found, with the moves that this person may make now. */
export type Changed =
  | { ok: true; id: string; state: CampaignState }
  | { ok: false; problem: CampaignProblem; standing?: Standing<CampaignMove> }

/** Writes a new campaign down, as a draft. `id` comes from the page: a second click is the same draft. */
export async function writeCampaign(
  context: CampaignDeps,
  author: Author,
  input: CampaignInput & { id: string },
): Promise<Changed> {
  const checked = checkCampaign(input)
  if ('problem' in checked) return { ok: false, problem: checked.problem }
  const at = context.now()
  const draft = { ...checked, id: input.id, district: author.district, authorId: author.id, at }
  return commit<Changed>(context.db, {
    plan: async () => ({
      result: WRITTEN(input.id),
      write: insertCampaign(draft),
      audit: [entryOf(author, 'campaign.written', input.id, at)],
    }),
    means: ([broken]) => (broken === 'campaigns.id' ? WRITTEN(input.id) : null),
  })
}

const WRITTEN = (id: string): Changed => ({ ok: true, id, state: 'draft' })

/** Changes a draft; an approval or a time that it had is gone. */
export async function rewriteCampaign(
  context: CampaignDeps,
  author: Author,
  which: { id: string; version: number },
  input: CampaignInput,
): Promise<Changed> {
  const checked = checkCampaign(input)
  if ('problem' in checked) return { ok: false, problem: checked.problem }
  return changeCampaignState(context, author, which, {
    move: 'rewritten',
    // The picture has a form of its own.
    change: (campaign) => {
      const { image } = Content.parse(campaign.content)
      const content = { ...checked.content, ...(image === undefined ? {} : { image }) }
      return { ...checked, content, approverId: null, startsAt: null }
    },
  })
}

/**
 * Hands a draft in: it begins at `startsAt`, or at once; where it reaches more than `ALONE_UP_TO` people
 * somebody else must approve it first.
 */
export async function submitCampaign(
  context: CampaignDeps,
  author: Author,
  which: { id: string; version: number },
  startsAt: string | null,
): Promise<Changed> {
  const now = context.now()
  if (startsAt !== null && !(Date.parse(startsAt) > Date.parse(now))) {
    return { ok: false, problem: { kind: 'past' } }
  }
  const campaign = await findCampaign(context.db, author, which.id)
  if (campaign === null) return { ok: false, problem: { kind: 'no-such-campaign' } }
  const reach = await loadReach(
    context.db,
    context.vault,
    campaign.segment,
    campaign,
    broadcastChannels(context.channels),
    now,
  )
  const people = reach.channels.reduce((sum, one) => sum + one.people, 0)
  if (people === 0) return { ok: false, problem: { kind: 'nobody' } }
  return changeCampaignState(context, author, which, {
    move: 'submitted',
    to: () => (people > ALONE_UP_TO ? 'waiting' : 'scheduled'),
    change: () => ({ startsAt: startsAt ?? now }),
  })
}

/** Lets a campaign of somebody else begin. */
export function approveCampaign(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version: number },
): Promise<Changed> {
  return changeCampaignState(context, staff, which, {
    move: 'approved',
    change: () => ({ approverId: staff.id }),
  })
}

/** Takes a campaign that has not begun back to its author's desk. */
export function returnCampaign(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version: number },
): Promise<Changed> {
  return changeCampaignState(context, staff, which, {
    move: 'returned',
    change: () => ({ approverId: null, startsAt: null }),
  })
}

/** Stops sending for a while; what is on its way arrives. */
export function pauseCampaign(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version?: number },
): Promise<Changed> {
  return changeCampaignState(context, staff, which, {
    move: 'paused',
    also: (id) => [holdRows(id)],
  })
}

/** Goes on exactly where it stopped. */
export function resumeCampaign(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version?: number },
): Promise<Changed> {
  const at = context.now()
  return changeCampaignState(context, staff, which, {
    move: 'resumed',
    to: ({ fixedAt }) => (fixedAt === null ? 'starting' : 'sending'),
    also: (id) => [releaseRows(id, at, newsEnds(at))],
  })
}

/** Ends a campaign for good: whoever has not been told is not told. */
export function cancelCampaign(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version?: number },
): Promise<Changed> {
  const at = context.now()
  return changeCampaignState(context, staff, which, {
    move: 'cancelled',
    change: () => ({ finishedAt: at }),
    also: (id) => [withdrawRows(id, at)],
  })
}

type Act = {
  move: CampaignStaffMove
  /** Where it leads, of a move that leads to more than one state. */
  to?: (campaign: Campaign) => CampaignState
  /** What it sets besides. */
  change?: (campaign: Campaign) => Omit<CampaignChange, 'move' | 'state' | 'staffId' | 'at'>
  also?: (id: string) => Statement[]
}

/**
 * Makes a move of a campaign and enters it into the audit, in one batch. With `version`, only as it was then;
 * without, as it is now.
 */
export async function changeCampaignState(
  context: CampaignDeps,
  staff: Author,
  which: { id: string; version?: number },
  { move, to, change, also }: Act,
): Promise<Changed> {
  const refuse = (problem: CampaignProblem, standing?: Standing<CampaignMove>) => ({
    made: { ok: false, problem, ...(standing === undefined ? {} : { standing }) } as const,
  })
  const actor = actorOf(staff)
  const changed = await commit<Changed>(context.db, {
    plan: async () => {
      const campaign = await findCampaign(context.db, staff, which.id)
      if (campaign === null) return refuse({ kind: 'no-such-campaign' })
      const { id, version } = campaign
      const history = campaignHistory(campaign)
      if (which.version !== undefined && which.version !== version) {
        return refuse({ kind: 'conflict' }, standingFor(CAMPAIGN_LIFE, history, actor))
      }
      const at = context.now()
      const way = to === undefined ? {} : { to: to(campaign) }
      const made = makeMove(CAMPAIGN_LIFE, history, { move, actor, at, ...way })
      if (!made.ok) return { made: { ...made, problem: problemOf(made.problem, campaign) } }
      const state = made.state.id
      const wanted = { ...change?.(campaign), move, state, staffId: staff.id, at }
      return {
        result: { ok: true, id, state },
        write: [...changeCampaign(campaign, wanted), ...(also?.(id) ?? [])],
        audit: [entryOf(staff, `campaign.${move}`, id, at)],
      }
    },
    // What the clock does in between (it begins, it feeds) is no reason to refuse a pause.
    races: ['campaign_events.campaign_id'],
  })
  if (changed.ok) context.wake()
  return changed
}

/** The moves that somebody may make with a campaign now, as far as their role lets them. */
export function campaignMoves(campaign: Campaign, staff: Pick<Author, 'id'>): CampaignMove['id'][] {
  const { moves } = standingFor(CAMPAIGN_LIFE, campaignHistory(campaign), actorOf(staff))
  return moves.map(({ id }) => id)
}

function actorOf({ id }: Pick<Author, 'id'>) {
  return { role: 'staff', name: null, id } as const
}

function problemOf({ kind }: LifecycleProblem<CampaignMove>, { state }: Campaign): CampaignProblem {
  return kind === 'same-person' ? { kind: 'own-campaign' } : { kind: 'wrong-state', state }
}

function entryOf(staff: Author, action: AuditAction, id: string, at: string): AuditDraft {
  return { at, actor: staff.id, action, subject: `campaign:${id}` }
}

/** What was written, if all of it can be sent; else the first thing that is in the way. */
export function checkCampaign(
  input: CampaignInput,
): { title: string; segment: Segment; content: Content } | { problem: CampaignProblem } {
  const title = input.title.trim()
  if (title === '' || title.length > MAX_TITLE)
    return { problem: { kind: 'invalid', field: 'title' } }
  const segment = Segment.safeParse(input.segment)
  if (!segment.success) return { problem: { kind: 'invalid', field: 'segment' } }
  // A picture comes by its own way (change-image.ts): nobody names one that was never kept.
  const content = Content.omit({ image: true }).safeParse(input.content)
  if (!content.success) return { problem: { kind: 'invalid', field: 'content' } }
  const [hole] = checkContent(content.data)
  if (hole !== undefined)
    return { problem: { kind: 'hole', locale: hole.locale, hole: hole.problem } }
  return { title, segment: segment.data, content: content.data }
}
