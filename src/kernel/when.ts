import { CHINA_MS } from '../../flows/programme/china-time.ts'
import type { Locale } from '../../locales/keys.ts'

/** How long before its beginning people may check in. */
export const CHECK_IN_BEFORE_MS = 3_600_000

const CHINA = CHINA_MS
const DAYS = {
  'zh-Hans': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A moment as a clock in China shows it. Throws a RangeError for what is no time. */
function clockOf(at: string) {
  const china = new Date(Date.parse(at) + CHINA).toISOString()
  const weekday = new Date(Date.parse(at) + CHINA).getUTCDay()
  return {
    year: Number(china.slice(0, 4)),
    month: Number(china.slice(5, 7)),
    day: Number(china.slice(8, 10)),
    weekday,
    date: china.slice(0, 10),
    time: china.slice(11, 16).replace(/^0/, ''),
  }
}

/** A day and a time in China: `6月3日（周日）9:30`, `Sun 3 Jun, 9:30`. */
export function showMoment(at: string, locale: Locale): string {
  const { month, day, weekday, time } = clockOf(at)
  return locale === 'en'
    ? `${DAYS.en[weekday]} ${day} ${MONTHS[month - 1]}, ${time}`
    : `${month}月${day}日（${DAYS['zh-Hans'][weekday]}）${time}`
}

/** From when to when, the end by its time alone where it is the same day. */
export function showSpan(startsAt: string, endsAt: string, locale: Locale): string {
  const end =
    clockOf(startsAt).date === clockOf(endsAt).date
      ? clockOf(endsAt).time
      : showMoment(endsAt, locale)
  return `${showMoment(startsAt, locale)}–${end}`
}

/** The month of a moment in China, `2018-06`. */
export function monthOf(at: string): string {
  return clockOf(at).date.slice(0, 7)
}

/** The moment in UTC at which a local day and time in China begins, `2018-06-03T09:30` and the like; null for none. */
export function momentOf(local: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const at = Date.parse(`${local}:00.000Z`)
  // A 30th of February is not taken for a day in March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 16) !== local) return null
  return new Date(at - CHINA).toISOString()
}

/** A moment as a date field of a form has it. */
export function localOf(at: string): string {
  return new Date(Date.parse(at) + CHINA).toISOString().slice(0, 16)
}
