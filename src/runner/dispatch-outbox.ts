import {
  type ClaimedRow,
  claimDue,
  moveAddress,
  recordSend,
  setReachable,
  sweepOutbox,
} from '../../db/outbox.ts'
import { noteNotice } from '../../db/transcripts.ts'
import type { Channel, SendResult } from '../../flows/engine/types.ts'
import type { Deps } from '../deps.ts'

/** A dispatcher that stops is thought dead after this; a send takes 10 s at most. */
const LEASE_SECONDS = 60
const FIRST_RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 3600
/** Rows in flight at once, whatever the channel allows in a second. */
const MAX_PARALLEL = 30

/**
 * Sends what is due, in order for each address and no faster than each channel allows, until nothing
 * is due. Any number of processes may do it at once. Resolves to the number of rows it took.
 */
export async function dispatchOutbox(
  deps: Deps,
  pause: (milliseconds: number) => Promise<void>,
): Promise<number> {
  await sweepOutbox(deps.db, deps.now())
  const counts = await Promise.all(
    [...deps.channels.values()]
      // What is pulled is fetched by the network's own side: src/webhooks/gateway-routes.ts.
      .filter(({ delivery }) => delivery !== 'pull')
      .map((channel) => dispatchChannel(deps, channel, pause)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function dispatchChannel(
  deps: Deps,
  channel: Channel,
  pause: (milliseconds: number) => Promise<void>,
): Promise<number> {
  let taken = 0
  for (;;) {
    const started = Date.parse(deps.now())
    const limit = Math.min(MAX_PARALLEL, channel.limits.ratePerSecond)
    const rows = await claimDue(deps.db, deps.vault, {
      channel: channel.type,
      now: deps.now(),
      leaseUntil: secondsAfter(deps.now(), LEASE_SECONDS),
      limit,
    })
    if (rows.length === 0) return taken
    taken += rows.length
    await Promise.all(rows.map(async (row) => recordResult(deps, row, await channel.send(row))))
    if (rows.length === limit) {
      const second = (1000 * rows.length) / channel.limits.ratePerSecond
      const left = second - (Date.parse(deps.now()) - started)
      if (left > 0) await pause(left)
    }
  }
}

/** Writes down what the send of a claimed row came to, and what follows from it for the address. */
export async function recordResult(deps: Deps, row: ClaimedRow, result: SendResult): Promise<void> {
  const at = deps.now()
  if (result.ok) {
    await recordSend(
      deps.db,
      { id: row.id, status: 'sent', at, networkId: result.externalId },
      row.origin === 'notice'
        ? await noteNotice(deps.db, deps.vault, row.to, { id: row.id, body: row.body, at })
        : [],
    )
    return
  }
  deps.log.warn('send-failed', {
    row: row.id,
    channel: row.to.channel,
    failure: result.failure,
    attempts: row.attempts,
  })
  const also = [
    ...(result.failure === 'blocked' ? [setReachable(row.to, false)] : []),
    ...(result.movedTo === undefined ? [] : [moveAddress(row.to, result.movedTo)]),
  ]
  await recordSend(
    deps.db,
    { id: row.id, at, error: result.detail, ...verdict(deps, row, result) },
    also,
  )
}

/** Who must act decides: the network gets another try, the person and our own mistakes don't. */
function verdict(deps: Deps, row: ClaimedRow, result: Extract<SendResult, { ok: false }>) {
  switch (result.failure) {
    case 'throttled':
    case 'unavailable': {
      const wait = result.retryAfter ?? backOff(row.attempts, deps.random())
      return { status: 'temporary-failure', nextAttemptAt: secondsAfter(deps.now(), wait) } as const
    }
    case 'window-closed':
      return result.held
        ? ({ status: 'temporary-failure', nextAttemptAt: row.expiresAt } as const)
        : ({ status: 'permanent-failure' } as const)
    case 'blocked':
    case 'rejected':
      return { status: 'permanent-failure' } as const
    case 'misconfigured':
      return { status: 'technical-failure' } as const
  }
}

/** Exponential, half of it by chance, so that many rows do not come back at one moment. */
function backOff(attempts: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1))
  return full / 2 + (random * full) / 2
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
