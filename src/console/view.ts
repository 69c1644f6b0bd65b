import { countWaiting } from '../../db/handoffs/inbox.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { listSavedFilters, type SavedFilter } from '../../db/staff/saved-filters.ts'
import type { Text } from '../../flows/engine/types.ts'
import { chinaYear } from '../../flows/programme/china-time.ts'
import type { Locale, MessageKey } from '../../locales/keys.ts'
import { type Action, may } from '../kernel/permissions.ts'
import type { ConsoleContext, ConsoleDeps } from './route.ts'

/** Where the count of who waits stops. */
export const MOST_COUNTED = 99

/** What every component of a page needs to speak and to know where it is. */
export type View = {
  /** Any text of the product in the language of the page, by `namespace.key`. */
  t: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string
  /** A text as flows and packs give it. */
  say: (text: Text) => string
  /** Whether who looks may do something; nobody may before the sign-in. */
  may: (action: Action) => boolean
  locale: Locale
  /** Null on the pages before the sign-in. */
  staff: StaffMember | null
  path: string
  /** What the address asks for besides its path: filters, and the cursor of a page. */
  asked: Readonly<Record<string, string>>
  /** ISO time in UTC. */
  now: string
  /** The filters that who looks keeps for a list, by its path. */
  savedFilters: (list: string) => Promise<SavedFilter[]>
  /** Hand-offs that are open to who looks, up to a hundred. */
  waiting: () => Promise<number>
}

/** A view of pages that show the programme. */
export type PackView = View & { pack: PolicyPack }

/** The view of a request. */
export function viewOf(deps: ConsoleDeps, c: ConsoleContext): View {
  const locale = c.get('locale')
  const staff = c.get('staff') ?? null
  const t: View['t'] = (key, params) => deps.translate(locale, key, params)
  return {
    t,
    say: (text) => ('key' in text ? t(text.key, text.params) : text.text),
    may: (action) => staff !== null && may(staff, action),
    locale,
    staff,
    path: c.req.path,
    asked: c.req.query(),
    now: deps.now(),
    waiting: async () =>
      staff === null || !may(staff, 'inbox.read') ? 0 : countWaiting(deps.db, staff, MOST_COUNTED),
    savedFilters: async (list) => (staff === null ? [] : listSavedFilters(deps.db, staff.id, list)),
  }
}

/** The view of a request, with the programme of today. Throws where no policy has been loaded, which no start allows. */
export async function packViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<PackView> {
  return { ...viewOf(deps, c), pack: await currentPack(deps) }
}

/** The pack that is in force. Throws where no policy has been loaded, which no start allows. */
export async function currentPack(
  deps: Pick<ConsoleDeps, 'db' | 'programme' | 'policies'>,
): Promise<PolicyPack> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return (await deps.policies.load(revision)).pack
}

/** A moment as the office's clock shows it (Asia/Shanghai): day and minute, the year where it is another. `to`: the second too. */
export function showTime(
  view: Pick<View, 'locale' | 'now'>,
  at: string,
  to: 'minute' | 'second' = 'minute',
): string {
  return new Intl.DateTimeFormat(view.locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    ...(chinaYear(at) === chinaYear(view.now) ? {} : { year: 'numeric' }),
    month: view.locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(to === 'second' ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  }).format(new Date(at))
}

/** A day as the office's calendar shows it (Asia/Shanghai), with the year where it is another. */
export function showDay(view: Pick<View, 'locale' | 'now'>, at: string): string {
  return new Intl.DateTimeFormat(view.locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    ...(chinaYear(at) === chinaYear(view.now) ? {} : { year: 'numeric' }),
    month: view.locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(new Date(at))
}

/** How long ago something was, in the largest whole unit. */
export function showAge({ t, now }: Pick<View, 't' | 'now'>, since: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000))
  if (minutes === 0) return t('console.ageNow')
  if (minutes < 60) return t('console.ageMinutes', { count: minutes })
  if (minutes < 48 * 60) return t('console.ageHours', { count: Math.floor(minutes / 60) })
  return t('console.ageDays', { count: Math.floor(minutes / 1440) })
}
