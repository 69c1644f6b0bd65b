/** What a plan begins with. People are those who live there; all else that is counted follows from it. */
export type Inputs = {
  people: number
  /** Of the people, who write to the line in a year. */
  share: number
  /** Turns of each of them in that year. */
  turns: number
  /** The share of a day that falls into its busiest hour, and how much busier the busiest day is than the mean. */
  busiestHour: number
  busiestDay: number
  /** Days that a conversation is kept after its last turn (RETENTION_DAYS). */
  retention: number
  /** Of those who write, who apply; files of each, and the mean of their sizes in MB. */
  applicants: number
  files: number
  fileMegabytes: number
  /** People of one unit: a city has a database of its own. */
  unit: number
  /** Measured by `npm run plan -- --measure`: bytes of database and requests to it for one turn. */
  bytes: number
  requests: number
  /** Measured by `npm run bench:worker` and `bench:turn`: CPU of a turn on Workers, and turns a second of one process. */
  workerMilliseconds: number
  turnsPerSecond: number
  /** Sends a second of one bot or account. */
  sendRate: number
  /** Hours in which a broadcast to everybody who wrote is to be done. */
  broadcastHours: number
}

export const DEFAULTS: Inputs = {
  people: 6e6,
  share: 0.01,
  turns: 40,
  busiestHour: 0.2,
  busiestDay: 5,
  retention: 730,
  applicants: 0.1,
  files: 6,
  fileMegabytes: 1,
  unit: 6e6,
  // 852 by --measure, applications and questions alone; 1,045 with outbox, reminders and notices.
  bytes: 1045,
  requests: 2,
  workerMilliseconds: 6,
  turnsPerSecond: 1400,
  sendRate: 30,
  broadcastHours: 4,
}

/**
 * Dollars a month, as Cloudflare's pages had them in 2026: Workers (https://developers.cloudflare.com/workers/platform/pricing/),
 * Durable Objects (…/durable-objects/platform/pricing/), R2 (…/r2/pricing/), Queues (…/queues/platform/pricing/). A libSQL
 * server of one's own is a virtual machine with a disk; what that costs differs from place to place: a sample.
 */
export const PRICES = {
  workersBase: 5,
  workersRequests: { free: 10e6, million: 0.3 },
  workersCpu: { free: 30e6, million: 0.02 },
  objectsRequests: { free: 1e6, million: 0.15 },
  queueOperations: { free: 1e6, million: 0.4 },
  bucketGigabyte: 0.015,
  databaseServer: 40,
  databaseGigabyte: 0.1,
} as const

const DAYS = { year: 365, month: 30.4 }
const HOUR = 3600

export type Plan = {
  units: number
  /** Of one unit and of all. */
  writers: { unit: number; all: number }
  turnsADay: { unit: number; all: number }
  /** Turns a second at the busiest hour of the busiest day. */
  peak: { unit: number; all: number }
  databaseGigabytes: { unit: number; all: number }
  databaseRequestsAtPeak: { unit: number; all: number }
  fileGigabytes: { unit: number; all: number }
  processes: { unit: number; all: number }
  /** How long a message to everybody who wrote takes with one bot, and how many it takes for the hours that are given. */
  broadcast: { hoursWithOne: number; bots: number }
  /** Dollars a month. */
  cost: { unit: number; all: number }
}

/**
 * What carries so many people: the turns that are kept are those of the retention, not all that there ever were. A unit
 * is a city with its own database; nothing is shared between units, so the whole is the sum of them.
 */
export function planFor(inputs: Inputs): Plan {
  const units = Math.max(1, Math.ceil(inputs.people / inputs.unit))
  const both = (unit: number) => ({ unit, all: unit * units })
  const people = inputs.people / units
  const writers = people * inputs.share
  const turnsADay = (writers * inputs.turns) / DAYS.year
  const peak = (turnsADay * inputs.busiestDay * inputs.busiestHour) / HOUR
  const databaseGigabytes = (turnsADay * inputs.retention * inputs.bytes) / 1e9
  const fileGigabytes =
    (writers * inputs.applicants * inputs.files * inputs.fileMegabytes * inputs.retention) /
    DAYS.year /
    1000
  const hoursWithOne = writers / inputs.sendRate / HOUR
  const month = turnsADay * DAYS.month
  const cost =
    PRICES.workersBase +
    // The network's request, and the answer of the network to what is sent.
    beyond(month, PRICES.workersRequests) +
    beyond(month * inputs.workerMilliseconds, PRICES.workersCpu) +
    beyond(month, PRICES.objectsRequests) +
    // Written, read, deleted.
    beyond(3 * month, PRICES.queueOperations) +
    fileGigabytes * PRICES.bucketGigabyte +
    PRICES.databaseServer +
    databaseGigabytes * PRICES.databaseGigabyte
  return {
    units,
    writers: both(writers),
    turnsADay: both(turnsADay),
    peak: both(peak),
    databaseGigabytes: both(databaseGigabytes),
    databaseRequestsAtPeak: both(peak * inputs.requests),
    fileGigabytes: both(fileGigabytes),
    // Half of what a process can do: the other half is for a bad day.
    processes: both(Math.max(1, Math.ceil(peak / (inputs.turnsPerSecond / 2)))),
    broadcast: { hoursWithOne, bots: Math.max(1, Math.ceil(hoursWithOne / inputs.broadcastHours)) },
    cost: both(cost),
  }
}

function beyond(count: number, { free, million }: { free: number; million: number }): number {
  return (Math.max(0, count - free) / 1e6) * million
}
