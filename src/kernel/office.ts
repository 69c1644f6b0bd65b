import type { Office } from '../../flows/engine/context.ts'
import type { Locale } from '../../locales/keys.ts'
import {
  afterWork,
  hoursOf,
  type OfficeHours,
  officeAt,
  parseWeek,
  workBetween,
} from './office-hours.ts'
import { tellWeek } from './offices/office-words.ts'

/** OUR sample, not the policy's, which names no hours. */
export const SAMPLE_OFFICE_HOURS = 'Mon-Fri 9:00-12:00,14:00-17:00'
/** Hours of work after which somebody has waited too long. Our sample too. */
export const SAMPLE_TIMEOUT_HOURS = 8
/** Fewer waits than this say nothing about the next. */
const FEWEST_WAITS = 5

/** The people behind the bot: when they are there, and how long they let people wait. `hours`: of the directory, where it has any. */
export type OfficeDesk = {
  /** When they are there where the directory does not say, as it is told. */
  usual: Readonly<Record<Locale, string>>
  /** As the person is told. */
  officeAt: (at: string, hours?: OfficeHours | null) => Office
  /** When somebody who waits from now on will have waited too long; ISO. */
  dueAfter: (at: string, hours?: OfficeHours | null) => string
  /** Learns how long people waited lately. */
  noteWaits: (waits: readonly { from: string; to: string }[], hours?: OfficeHours | null) => void
}

/** A desk with these hours. Throws for hours that are none; the settings check them before. */
export function createStaffDesk(
  settings: { hours: string; timeoutHours: number } = {
    hours: SAMPLE_OFFICE_HOURS,
    timeoutHours: SAMPLE_TIMEOUT_HOURS,
  },
): OfficeDesk {
  const week = parseWeek(settings.hours)
  if (week === null) throw new Error('office hours that are none')
  const usual = hoursOf({ week, closed: [] })
  let waitMinutes: number | null = null
  return {
    usual: { 'zh-Hans': tellWeek(week, 'zh-Hans'), en: tellWeek(week, 'en') },
    officeAt: (at, hours) => ({ ...officeAt(hours ?? usual, at), waitMinutes }),
    dueAfter: (at, hours) => afterWork(hours ?? usual, at, settings.timeoutHours * 60),
    noteWaits: (waits, hours) => {
      waitMinutes = typicalWait(hours ?? usual, waits)
    },
  }
}

/** The desk of the settings. */
export function officeDeskOf(config: {
  OFFICE_HOURS: string
  HANDOFF_TIMEOUT_HOURS: number
}): OfficeDesk {
  return createStaffDesk({
    hours: config.OFFICE_HOURS,
    timeoutHours: config.HANDOFF_TIMEOUT_HOURS,
  })
}

/** The median in minutes of work, rounded up to fives; null where there are too few. */
function typicalWait(
  hours: OfficeHours,
  waits: readonly { from: string; to: string }[],
): number | null {
  if (waits.length < FEWEST_WAITS) return null
  const sorted = waits.map(({ from, to }) => workBetween(hours, from, to)).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return Math.max(5, Math.ceil(median / 5) * 5)
}
