import { standingColumn } from '../../db/channels/standing.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import { handOver, isOnce } from '../../db/outbox/record.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import type { Deps } from '../kernel/deps.ts'
import { fillCampaignBodies } from './fill-campaign-bodies.ts'
import { priorityAt } from './quiet-hours.ts'
import { refusalOf, refuse } from './send-row.ts'

/** The next rows of a channel that may go, each with its words and the time that is booked for it. */
export async function claimRows(
  deps: Deps,
  channel: Channel,
  claim: { limit: number; leaseSeconds: number; booker: string; aheadSeconds?: number },
): Promise<ClaimedRow[]> {
  const now = deps.now()
  const { leaseSeconds, ...booking } = claim
  const rows = await claimDue(deps.db, deps.vault, {
    ...booking,
    channel: channel.type,
    now,
    leaseUntil: secondsAfter(now, leaseSeconds),
    priority: priorityAt(now, channel),
    ratePerSecond: channel.limits.ratePerSecond,
    standing: standingColumn(channel.type),
  })
  return fillCampaignBodies(deps, rows)
}

/**
 * The same for a network whose own side fetches what is due and keeps its own pace. What need not or
 * cannot be sent any more is settled here and left out.
 */
export async function claimForPull(
  deps: Deps,
  channel: ChannelType,
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<ClaimedRow[]> {
  const now = deps.now()
  const claimed = await claimDue(deps.db, deps.vault, {
    channel,
    now,
    leaseUntil: secondsAfter(now, leaseSeconds),
    limit,
    priority: priorityAt(now, {}),
  })
  const rows: ClaimedRow[] = []
  for (const row of await fillCampaignBodies(deps, claimed)) {
    const refusal = refusalOf(row, now)
    if (refusal === null) rows.push(row)
    else await refuse(deps, row, refusal)
  }
  // What a gateway has taken it may have sent.
  const once = rows.filter(isOnce)
  if (once.length > 0) await handOver(deps.db, once, now)
  return rows
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
