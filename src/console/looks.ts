import type { MiddlewareHandler } from 'hono'
import { countLooks } from '../../db/staff/disclosures.ts'
import { CHINA_MS, chinaDay } from '../../flows/programme/china-time.ts'
import type { Action } from '../kernel/permissions.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleEnv } from './route.ts'

/** Where single looks at people are counted, agreed to and explained. */
export const DISCLOSURES_PATH = '/console/disclosures' as const

/** So many people one may look at in a day in China; a second person may agree to as many again. */
export const LOOKS_A_DAY = 200

/** The actions that show what identifies somebody; each look is an entry of the audit, about whom it shows. */
const SHOW: readonly Action[] = ['cases.reveal', 'cases.files', 'inbox.reveal', 'vouchers.files']
const ENTRIES = [
  'case.revealed',
  'case.file-opened',
  'case.talk-read',
  'fund.account-revealed',
  'handoff.revealed',
  'voucher.paper-opened',
]

/** Whether a route shows what identifies somebody, so that its looks are counted. */
export function isLook(action: Action): boolean {
  return SHOW.includes(action)
}

/** How many people somebody has looked at today, and how many they may. */
export async function looksToday(
  deps: Pick<ConsoleDeps, 'db' | 'now'>,
  staffId: string,
): Promise<{ people: number; most: number }> {
  const day = Date.parse(chinaDay(deps.now())) - CHINA_MS
  const since = new Date(day).toISOString()
  const { people, agreed } = await countLooks(deps.db, staffId, since, ENTRIES)
  return { people, most: LOOKS_A_DAY * (1 + agreed) }
}

/**
 * Leads whoever has looked at as many people as one may in a day to where a second person can agree to more. It counts once
 * more when the look has its entry, since many may be asked for at once.
 */
export function limitLooks(deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> {
  const leadOn = (c: ConsoleContext) => {
    if (c.req.header('HX-Request') === undefined) return c.redirect(DISCLOSURES_PATH, 303)
    c.header('HX-Redirect', DISCLOSURES_PATH)
    return c.body(null, 403)
  }
  return async (c, next) => {
    const before = await looksToday(deps, c.get('staff').id)
    if (before.people >= before.most) return leadOn(c)
    await next()
    const { people, most } = await looksToday(deps, c.get('staff').id)
    if (people <= most) return
    c.res = undefined
    c.res = leadOn(c)
  }
}
