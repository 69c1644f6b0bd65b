import {
  type Campaign,
  type CampaignChange,
  changeCampaign,
  listDueCampaigns,
} from '../../db/campaigns/campaigns.ts'
import { feedLane, fixRecipients, listLanes } from '../../db/campaigns/recipients.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import {
  CAMPAIGN_LIFE,
  type CampaignClockMove,
  campaignHistory,
} from '../../flows/programme/lifecycle/campaign-life.ts'
import { makeMove } from '../../flows/programme/lifecycle/machine.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { broadcastChannels } from './channels.ts'

/** So many seconds of sending lie ready in the outbox: enough never to run dry, little to hold when paused. */
const READY_SECONDS = 20
const FEWEST_READY = 60
const MOST_READY = 2000
/** News is of use for three days after its turn came. */
const NEWS_DAYS = 3

type RunDeps = Pick<Deps, 'db' | 'vault' | 'now' | 'channels' | 'log' | 'wake'>

/**
 * One round for every campaign that is under way: what is due begins, recipients are fixed, each channel's
 * next recipients enter the outbox, and what has nothing left is finished. Any number of processes may do
 * it at once, and a kill at any moment costs nothing. Resolves to whether there is more to do at once.
 */
export async function runCampaigns(context: RunDeps): Promise<boolean> {
  let busy = false
  const due = await listDueCampaigns(context.db, UNDER_WAY, context.now())
  for (const campaign of due)
    busy = (await STEPS[campaign.state]?.(context, campaign)) === true || busy
  return busy
}

const UNDER_WAY = ['scheduled', 'starting', 'sending'] as const
const STEPS: Partial<Record<Campaign['state'], typeof begin>> = {
  scheduled: begin,
  starting: fix,
  sending: feed,
}

async function begin(context: RunDeps, campaign: Campaign): Promise<boolean> {
  const at = context.now()
  return move(context, campaign, 'started', { startedAt: at })
}

/** A slice of the people; the campaign sends once all have been looked at. */
async function fix(context: RunDeps, campaign: Campaign): Promise<boolean> {
  const { db, vault, channels, now } = context
  if (campaign.fixedAt === null) {
    await fixRecipients(db, vault, campaign, broadcastChannels(channels), now())
    return true
  }
  return move(context, campaign, 'fixed')
}

async function feed(context: RunDeps, campaign: Campaign): Promise<boolean> {
  const { db, channels, now, wake } = context
  const lanes = await listLanes(db, campaign.id)
  const at = now()
  let fed = 0
  for (const lane of lanes) {
    const ready = readyFor(channels.get(lane.channel))
    // By halves: a look for each row that was sent would cost more than sending it.
    if (lane.fed >= lane.recipients || lane.open > ready / 2 || ready === 0) continue
    const limit = ready - lane.open
    fed += await feedLane(db, campaign.id, lane, { limit, at, expiresAt: newsEnds(at) })
  }
  if (fed > 0) wake()
  const isOver = lanes.every((lane) => lane.fed >= lane.recipients && lane.open === 0)
  if (fed === 0 && isOver) await move(context, campaign, 'finished', { finishedAt: at })
  return fed > 0
}

/** When a message of a broadcast that is due at `at` is of no use any more. */
export function newsEnds(at: string): string {
  return new Date(Date.parse(at) + NEWS_DAYS * 86_400_000).toISOString()
}

/** How many rows of a channel may lie in the outbox; none where the channel is switched off. */
function readyFor(channel: Channel | undefined): number {
  if (channel === undefined) return 0
  const ready = Math.ceil(channel.limits.ratePerSecond * READY_SECONDS)
  return Math.min(MOST_READY, Math.max(FEWEST_READY, ready))
}

/** Moves a campaign by the clock; false where another process was faster. */
async function move(
  { db, now }: RunDeps,
  campaign: Campaign,
  id: CampaignClockMove,
  change: Partial<CampaignChange> = {},
): Promise<boolean> {
  const at = now()
  const actor = { role: 'system', name: null } as const
  const made = makeMove(CAMPAIGN_LIFE, campaignHistory(campaign), { move: id, actor, at })
  if (!made.ok) return false
  const wanted = { ...change, move: id, state: made.state.id, staffId: null, at }
  return commit(db, {
    plan: async () => ({ result: true, write: changeCampaign(campaign, wanted) }),
    means: ([broken]) => (broken === 'campaign_events.campaign_id' ? false : null),
  })
}
