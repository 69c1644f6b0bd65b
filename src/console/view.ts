import type { StaffMember } from '../../db/staff/members.ts'
import type { Locale, Namespaces } from '../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from './route.ts'

export type ConsoleKey = keyof Namespaces['console']
type Words = (key: ConsoleKey, params?: Readonly<Record<string, string | number>>) => string

/** What every component of a page needs to speak and to know where it is. */
export type View = {
  t: Words
  locale: Locale
  /** Null on the pages before the sign-in. */
  staff: StaffMember | null
  path: string
  /** ISO time in UTC. */
  now: string
}

/** The view of a request. */
export function viewOf(deps: ConsoleDeps, c: ConsoleContext): View {
  const locale = c.get('locale')
  return {
    t: (key, params) => deps.translate(locale, `console.${key}`, params),
    locale,
    staff: c.get('staff') ?? null,
    path: c.req.path,
    now: deps.now(),
  }
}

/** A moment as the office's clock shows it (Asia/Shanghai): day and minute, the year where it is another. */
export function showTime(view: Pick<View, 'locale' | 'now'>, at: string): string {
  return new Intl.DateTimeFormat(view.locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    ...(at.slice(0, 4) === view.now.slice(0, 4) ? {} : { year: 'numeric' }),
    month: view.locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))
}

/** How long ago something was, in the largest whole unit. */
export function showAge({ t, now }: Pick<View, 't' | 'now'>, since: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000))
  if (minutes === 0) return t('ageNow')
  if (minutes < 60) return t('ageMinutes', { count: minutes })
  if (minutes < 48 * 60) return t('ageHours', { count: Math.floor(minutes / 60) })
  return t('ageDays', { count: Math.floor(minutes / 1440) })
}
