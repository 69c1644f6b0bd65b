import type { Rows, Statement } from '../../db/core/database.ts'
import { gather } from '../../db/core/gather.ts'
import { LATE_MILLISECONDS, nextDue, nextDueAt } from '../../db/outbox/claim.ts'
import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import { noteChannel, sendStatements, sweepOutbox } from '../../db/outbox/record.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { Deps } from '../kernel/deps.ts'
import { claimRows } from './claim-rows.ts'
import { paceOf, type RateLimiter } from './pace.ts'
import { priorityAt } from './quiet-hours.ts'
import { sendRow } from './send-row.ts'

/** A dispatcher that stops is thought dead after this; a send takes 10 s at most. */
const LEASE_SECONDS = 60
/** Rows in flight at once, whatever the channel allows in a second. */
const MAX_PARALLEL = 30
/** Where requests count, rows are taken for so many seconds of sending, */
const HELD_SECONDS = 4
/** what came of them is written together within this, */
const GATHERED_MILLISECONDS = 1000
/** and a row is made ready so early: what must be noted before it goes is then noted with that, */
const LEAD_MILLISECONDS = 2000
/** unless only so much is left for the request. */
const REQUEST_MILLISECONDS = 1000
/** What is due so soon is waited for; what comes later is for the next call. */
const LINGER_MILLISECONDS = 2000
const LOOK_MILLISECONDS = 250
/** Looks in vain before others, who hold what is due, are left to it. */
const LOOKS = 5
/** So many sends without an answer in a row: the network is down, and is left alone for a while. */
const SILENT_SENDS = 15
const SILENT_SECONDS = 30

type Pause = (milliseconds: number) => Promise<unknown>

/**
 * Where a runtime allows only so much: no row is taken after `seconds`, nor more than `rows` of a channel. `requests`:
 * whether each request to the database counts. It then takes rows for four seconds ahead and writes what came of them
 * together, so that beside the sends there is a request for some ten rows (`test/outbox/subrequests.test.ts`); a kill leaves a second of rows in doubt.
 */
export type Budget = { seconds: number; rows: number; requests?: 'count' }

/**
 * Sends what is due, in order for each address and no faster than each channel allows, until nothing
 * is due or the budget is used up. Any number of processes may do it at once: who may send when is
 * booked in the database. Resolves to the number of rows it took.
 */
export async function dispatchOutbox(
  deps: Deps,
  pause: Pause,
  budget: Budget = { seconds: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
): Promise<number> {
  await sweepLeases(deps)
  const ends = Date.parse(deps.now()) + budget.seconds * 1000
  for (let taken = 0; ; ) {
    const left = { rows: budget.rows - taken, ends, thrifty: budget.requests === 'count' }
    const counts = await Promise.all(
      pushed(deps).map((channel) => dispatchChannel(deps, channel, pause, left)),
    )
    const more = counts.reduce((sum, count) => sum + count, 0)
    taken += more
    // What one channel could not deliver may be due on another by now.
    if (more === 0 || taken >= budget.rows || Date.parse(deps.now()) >= ends) return taken
  }
}

/** Repairs what a crash left on any network, each as sure as that network is of what it has taken. */
export function sweepLeases({ db, now, channels }: Deps): Promise<void> {
  const sendingOnce = [...channels.values()].filter(({ limits }) => limits.sendsOnce)
  return sweepOutbox(
    db,
    now(),
    sendingOnce.map(({ type }) => type),
  )
}

/** Milliseconds until something is to be sent, over all channels; null where nothing waits. */
export async function untilNextDue(deps: Deps): Promise<number | null> {
  const now = deps.now()
  return earliestDue(await deps.db.read(dueOf(deps, now)), now)
}

/** What to ask the database for the time at which something is to be sent; `earliestDue` reads the answer. */
export function dueOf(deps: Deps, now: string): Statement[] {
  return pushed(deps).map((channel) => nextDue(channel.type, now, priorityAt(now, channel)))
}

/** Milliseconds until something is to be sent, of the answers to `dueOf`; null where nothing waits. */
export function earliestDue(answers: readonly Rows[], now: string): number | null {
  const times = answers.flatMap((rows) => (rows[0]?.[0] == null ? [] : [String(rows[0][0])]))
  const waits = times.map((at) => Date.parse(at) - Date.parse(now))
  return waits.length === 0 ? null : Math.max(0, Math.min(...waits))
}

/** What is pulled is fetched by the network's own side: src/channels/gateway-routes.ts. */
function pushed({ channels }: Deps): Channel[] {
  return [...channels.values()].filter(({ delivery }) => delivery !== 'pull')
}

/** What one dispatcher knows of a channel while it works; `deps`: to write down what comes of its rows. */
type Lane = {
  deps: Deps
  channel: Channel
  pace: RateLimiter
  pausedUntil: string
  silent: number
  /** Milliseconds before its time at which a row is made ready. */
  lead: number
  /** The times of those that wait to be noted. */
  unnoted: Set<number>
}

async function dispatchChannel(
  deps: Deps,
  channel: Channel,
  pause: Pause,
  { rows: most, ends, thrifty }: { rows: number; ends: number; thrifty: boolean },
): Promise<number> {
  const inFlight = new Set<Promise<void>>()
  const { ratePerSecond } = channel.limits
  const parallel = thrifty ? Math.ceil(ratePerSecond * HELD_SECONDS) : MAX_PARALLEL
  // No longer than it takes to send those that are held: one alone waits for nobody.
  const gathering = async () => {
    const held = (inFlight.size * 1000) / ratePerSecond
    const left = Math.min(...lane.unnoted) - Date.parse(deps.now()) - REQUEST_MILLISECONDS
    await pause(Math.max(0, Math.min(GATHERED_MILLISECONDS, held, left)))
    lane.unnoted.clear()
  }
  const lane: Lane = {
    deps: thrifty ? { ...deps, db: gather(deps.db, gathering) } : deps,
    channel,
    pace: paceOf(channel),
    pausedUntil: '',
    silent: 0,
    lead: thrifty ? LEAD_MILLISECONDS : 0,
    unnoted: new Set(),
  }
  let taken = 0
  for (let looks = 0; ; ) {
    if (taken >= most || Date.parse(deps.now()) >= ends) {
      await Promise.all(inFlight)
      return taken
    }
    const claim = {
      limit: parallel - inFlight.size,
      leaseSeconds: LEASE_SECONDS,
      booker: lane.pace.booker,
      ...(thrifty ? { aheadSeconds: HELD_SECONDS } : {}),
    }
    const rows = await claimRows(deps, channel, claim)
    taken += rows.length
    if (rows.length > 0) looks = 0
    for (const row of rows) {
      const sending = sendInTime(lane, row, pause).finally(() => inFlight.delete(sending))
      inFlight.add(sending)
    }
    if (inFlight.size > 0) {
      // The next claim is worth its write once there is room, or a person's next message may go.
      do await Promise.race(inFlight)
      while (inFlight.size > parallel / 2)
      continue
    }
    const next = await nextDueAt(deps.db, channel.type, deps.now(), priorityAt(deps.now(), channel))
    const wait =
      next === null ? Number.POSITIVE_INFINITY : Date.parse(next) - Date.parse(deps.now())
    if (wait > LINGER_MILLISECONDS || ++looks > LOOKS) return taken
    await pause(Math.max(wait, LOOK_MILLISECONDS))
  }
}

/** Sends a row at the time that was booked for it. Never rejects: what goes wrong is left to the lease. */
async function sendInTime(lane: Lane, row: ClaimedRow, pause: Pause): Promise<void> {
  const { deps } = lane
  const booked = row.slotMs ?? Date.parse(deps.now())
  try {
    await pauseUntil(deps, booked - lane.lead, pause)
    if (lane.pausedUntil > deps.now()) return await giveBack(deps, row, lane.pausedUntil)
    lane.unnoted.add(booked)
    const outcome = await sendRow(deps, lane.channel, row, async () => {
      lane.unnoted.delete(booked)
      await pauseUntil(deps, booked, pause)
      if (lane.pausedUntil > deps.now()) return null
      const place = lane.pace.reserve(Date.parse(deps.now()))
      await pauseUntil(deps, place.from, pause)
      if (Date.parse(deps.now()) - booked >= LATE_MILLISECONDS) return null
      return () => place.sentAt(Date.parse(deps.now()))
    })
    if (outcome === 'late') {
      const [until = ''] = [deps.now(), lane.pausedUntil].sort().slice(-1)
      return await giveBack(deps, row, until)
    }
    lane.silent = outcome.answered ? 0 : lane.silent + 1
    const silentUntil = lane.silent < SILENT_SENDS ? null : await restChannel(deps, lane)
    const until = outcome.channelUntil ?? silentUntil
    if (until !== null && until > lane.pausedUntil) lane.pausedUntil = until
  } catch (error) {
    deps.log.error('dispatch-row-failed', error, { row: row.id })
  } finally {
    lane.unnoted.delete(booked)
  }
}

/** A timer may ring a moment early: it counts from when its turn of the event loop began. */
async function pauseUntil(deps: Deps, ms: number, pause: Pause): Promise<void> {
  for (let before = Number.NaN; ; ) {
    const now = Date.parse(deps.now())
    if (now >= ms || now === before) return
    before = now
    await pause(Math.ceil(ms - now))
  }
}

/** What was not tried is as it was before. */
async function giveBack(deps: Deps, { id, attempts }: ClaimedRow, until: string): Promise<void> {
  const at = deps.now()
  const record = { id, attempts, at, status: 'temporary-failure', nextAttemptAt: until } as const
  await deps.db.write(sendStatements({ ...record, uncounted: true }))
}

async function restChannel(deps: Deps, lane: Lane): Promise<string> {
  const at = deps.now()
  const until = secondsAfter(at, SILENT_SECONDS)
  lane.silent = 0
  await deps.db.write([
    noteChannel(lane.channel.type, at, { why: 'unavailable: no answer', pausedUntil: until }),
  ])
  return until
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
