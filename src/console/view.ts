import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { chinaYear } from '../../flows/programme/china-time.ts'
import type { Locale, MessageKey, Namespaces } from '../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from './route.ts'

export type ConsoleKey = keyof Namespaces['console']

/** Says the texts of one namespace in the language of a page. */
export type Words<Namespace extends keyof Namespaces> = (
  key: keyof Namespaces[Namespace] & string,
  params?: Readonly<Record<string, string | number>>,
) => string

/** What every component of a page needs to speak and to know where it is. */
export type View = {
  t: Words<'console'>
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
    t: wordsOf(deps, locale, 'console'),
    locale,
    staff: c.get('staff') ?? null,
    path: c.req.path,
    now: deps.now(),
  }
}

/** The texts of one namespace, for the pages of one area. */
export function wordsOf<Namespace extends keyof Namespaces>(
  deps: Pick<ConsoleDeps, 'translate'>,
  locale: Locale,
  namespace: Namespace,
): Words<Namespace> {
  return (key, params) => deps.translate(locale, `${namespace}.${key}` as MessageKey, params)
}

/** The pack that is in force. Throws where no policy has been loaded, which no start allows. */
export async function currentPack(
  deps: Pick<ConsoleDeps, 'db' | 'programme' | 'policies'>,
): Promise<PolicyPack> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return (await deps.policies.load(revision)).pack
}

/** A moment as the office's clock shows it (Asia/Shanghai): day and minute, the year where it is another. */
export function showTime(view: Pick<View, 'locale' | 'now'>, at: string): string {
  return new Intl.DateTimeFormat(view.locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    ...(chinaYear(at) === chinaYear(view.now) ? {} : { year: 'numeric' }),
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
