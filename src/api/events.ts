import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { listEvents } from '../../db/events/events.ts'
import type { Deps } from '../kernel/deps.ts'
import { needs } from './guard.ts'
import { type ApiEnv, refusals } from './problem.ts'
import { answer, Bilingual, Moment, Paging, pageOf } from './shapes.ts'

const PublicEvent = z
  .object({
    id: z.string(),
    district: z.string(),
    kind: z.string(),
    state: z.enum(['draft', 'published', 'cancelled', 'held']),
    title: Bilingual,
    about: Bilingual,
    place: Bilingual,
    startsAt: Moment,
    endsAt: Moment,
    capacity: z.number().int().nullable(),
    going: z.number().int(),
    reached: z.number().int().nullable(),
    updatedAt: Moment,
  })
  .openapi('Event')

const list = createRoute({
  method: 'get',
  path: '/events',
  tags: ['events'],
  summary: '活动列表 · Events by when they begin',
  ...needs('events:read'),
  request: {
    query: Paging.extend({
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional().describe('Not included'),
    }),
  },
  responses: { 200: answer(pageOf(PublicEvent), 'A page of events'), ...refusals() },
})

/** Before and after all events. */
const EVER = { from: '0000-01-01T00:00:00.000Z', to: '9999-12-31T00:00:00.000Z' }

/** Events of the publicity months, to be read. */
export function addEvents(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  app.openapi(list, async (c) => {
    const { cursor, limit, from, to } = c.req.valid('query')
    const page = await listEvents(deps.db, c.get('key'), {
      programme: deps.programme,
      from: from === undefined ? EVER.from : new Date(from).toISOString(),
      to: to === undefined ? EVER.to : new Date(to).toISOString(),
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    const items = page.rows.map(
      ({ id: event, district, kind, state, title, about, place, ...rest }) => {
        const { startsAt, endsAt, capacity, going, reached, updatedAt } = rest
        const words = { title, about, place }
        return {
          id: event,
          district,
          kind,
          state,
          ...words,
          startsAt,
          endsAt,
          capacity,
          going,
          reached,
          updatedAt,
        }
      },
    )
    return c.json({ items, next: page.next }, 200)
  })
}
