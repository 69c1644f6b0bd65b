import { Hono } from 'hono'
import { findEvent, listCalendar } from '../../db/events/events.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { pickLocale } from '../http/page-language.ts'
import type { Deps } from '../kernel/deps.ts'
import { toCalendar } from './ics.ts'

/** How far back a district's calendar reaches. */
const PAST_MS = 90 * 86_400_000

/** Calendars for everybody: one event, and all of a district to subscribe to. Nothing in them is personal. */
export function createCalendarRoutes(deps: Deps) {
  const routes = new Hono()
  const host = () => new URL(deps.webUrl()).hostname
  routes.get('/events/:file{[\\w-]{1,64}\\.ics}', async (c) => {
    const id = c.req.param('file').slice(0, -'.ics'.length)
    const event = await findEvent(deps.db, { id })
    const isPublic =
      event !== null &&
      event.programme === deps.programme &&
      event.state !== 'draft' &&
      !(event.state === 'cancelled' && event.sequence === 0)
    if (!isPublic) return c.notFound()
    const locale = pickLocale(c.req.query('lang'), c.req.raw)
    return c.body(toCalendar({ name: null, host: host(), locale }, [event]), 200, {
      ...HEADERS,
      'Content-Disposition': `attachment; filename="event-${id}.ics"`,
    })
  })
  routes.get('/events/:district{[a-z0-9-]{1,40}}/calendar.ics', async (c) => {
    const pack = await packOf(deps)
    const district = pack?.places.own.find(({ id }) => id === c.req.param('district'))
    if (pack?.events === undefined || district === undefined) return c.notFound()
    const locale = pickLocale(c.req.query('lang'), c.req.raw)
    const from = new Date(Date.parse(deps.now()) - PAST_MS).toISOString()
    const events = await listCalendar(deps.db, {
      programme: deps.programme,
      district: district.id,
      from,
    })
    const name = `${district.name[locale]} · ${deps.translate(locale, 'events.list')}`
    return c.body(toCalendar({ name, host: host(), locale }, events), 200, HEADERS)
  })
  return routes
}

const HEADERS = {
  'Content-Type': 'text/calendar; charset=utf-8',
  'Cache-Control': 'public, max-age=300',
} as const

async function packOf(deps: Deps): Promise<PolicyPack | null> {
  const revision = await currentRevision(deps.db, deps.programme)
  return revision === null ? null : (await deps.policies.load(revision)).pack
}
