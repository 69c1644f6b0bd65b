import type { Counted } from '../../flows/engine/channel.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Statement } from '../core/database.ts'
import { countWechatSent, WECHAT_HEARD, WECHAT_STANDING } from './wechat.ts'
import { countKfSent, KF_HEARD, KF_STANDING } from './wechat-kf.ts'

/** What a network with windows keeps of each person. `heard`, `standing`: columns beside a row of the outbox. */
type Ledger = {
  standing: string
  /** When they were last heard, as an ISO time. */
  heard: string
  count: (id: string, counted: Counted) => Statement
}

const LEDGERS: Partial<Readonly<Record<ChannelType, Ledger>>> = {
  'wechat-mp': { standing: WECHAT_STANDING, heard: WECHAT_HEARD, count: countWechatSent },
  'wechat-kf': { standing: KF_STANDING, heard: KF_HEARD, count: countKfSent },
}

/** How a person stands with a network that has windows, as JSON beside a row of the outbox; of any other nothing. */
export function standingColumn(channel: ChannelType): string {
  return LEDGERS[channel]?.standing ?? 'NULL'
}

/** Statements that count what was said in a person's windows; none where it was nothing. */
export function countSaid({ channel, id }: Address, counted: Counted | undefined): Statement[] {
  const ledger = LEDGERS[channel]
  const isNone = counted === undefined || counted.message + counted.tap === 0
  return ledger === undefined || isNone ? [] : [ledger.count(id, counted)]
}

/**
 * Statements for a row that waits for what its person says after `since`: it waits no longer where they have said it
 * meanwhile, between the look at their window and this.
 */
export function letGoIfHeard(
  row: { id: string; attempts: number; to: Address },
  since: string | null,
  now: string,
): Statement[] {
  const ledger = LEDGERS[row.to.channel]
  if (ledger === undefined) return []
  return [
    {
      sql: `UPDATE outbox SET next_attempt_at = ?, parked = 0
        WHERE id = ? AND attempts = ? AND parked = 1 AND ${ledger.heard} > ?`,
      args: [now, row.id, row.attempts, since ?? ''],
    },
  ]
}
