import { listEventChanges } from '../../../db/events/changes.ts'
import { findEvent, listEvents, type PublicityEvent } from '../../../db/events/events.ts'
import { countVisits, listPublicityMonths, setPublicityMonth } from '../../../db/events/months.ts'
import { loadEventReport } from '../../../db/events/report.ts'
import { listFeedback, listSignups } from '../../../db/events/signups.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { tableFile } from '../../console/download.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { monthOf } from '../../kernel/when.ts'
import {
  checkIn,
  type EventChanged,
  type EventProblem,
  moveTo,
  report,
  rewrite,
  writeEvent,
} from '../change-event.ts'
import { tellOfEvents } from '../tell.ts'
import { CalendarPage } from './calendar-page.tsx'
import { EventPage } from './event-page.tsx'
import { MonthsPage } from './months-page.tsx'
import { PosterPage } from './poster-page.tsx'
import { ReportPage, reportRows } from './report-page.tsx'
import { districtsOf, type EventsView, eventsViewOf, spanOf, yearOf } from './view.ts'
import { contentOf, emptyForm, formOfEvent, readEvent, WritePage } from './write-page.tsx'

/** Events where the policy is made known: the calendar, the plan of the year, the report of a month. */
export function eventsRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const at = (
    method: ConsoleRoute['method'],
    path: `/console/events${string}`,
    rule: ConsoleRoute['rule'],
    handle: (c: ConsoleContext, view: EventsView) => Promise<Response>,
  ): ConsoleRoute => ({
    method,
    path,
    rule,
    handle: async (c) => {
      const view = await eventsViewOf(deps, c)
      return view === null ? problemPage(deps, c, 'not-found') : handle(c, view)
    },
  })
  /** A page of an event that this person may see; to others it does not exist. */
  const of = (
    method: ConsoleRoute['method'],
    path: `/console/events/:id${string}`,
    rule: ConsoleRoute['rule'],
    handle: (c: ConsoleContext, view: EventsView, event: PublicityEvent) => Promise<Response>,
  ) =>
    at(method, path, rule, async (c, view) => {
      const event = await findEvent(deps.db, { id: c.req.param('id') ?? '' }, c.get('staff'))
      return event === null ? problemPage(deps, c, 'not-found') : handle(c, view, event)
    })
  const show = async (
    c: ConsoleContext,
    view: EventsView,
    event: PublicityEvent,
    problem: EventProblem | null = null,
  ) => {
    if (problem !== null) c.status(problem === 'conflict' ? 409 : 400)
    return c.html(
      <EventPage
        view={view}
        event={event}
        signups={await listSignups(deps.db, event.id)}
        feedback={await listFeedback(deps.db, deps.vault, event.id)}
        changes={await listEventChanges(deps.db, event.id)}
        problem={problem}
      />,
    )
  }
  const worldOf = ({ pack }: EventsView) => ({ ...deps, pack })
  /** Something done with an event: back to its page, with what was in the way. */
  const deed = (
    name: string,
    act: (
      view: EventsView,
      staff: { id: string; district: string | null },
      event: PublicityEvent,
      form: Record<'version' | 'number' | 'here' | 'reached' | 'alsoCame', string>,
    ) => Promise<EventChanged>,
  ) =>
    of('POST', `/console/events/:id/${name}`, 'events.write', async (c, view, event) => {
      const form = await readFields(c, ['version', 'number', 'here', 'reached', 'alsoCame'])
      const done = await act(view, c.get('staff'), event, form)
      if (done.ok) {
        deps.background(tellOfEvents(deps))
        return c.redirect(`/console/events/${event.id}`, 303)
      }
      const now = (await findEvent(deps.db, { id: event.id }, c.get('staff'))) ?? event
      return show(c, view, now, done.problem)
    })
  /** The page was read before somebody else changed the event: what they see is not what they would change. */
  const asRead = (
    event: PublicityEvent,
    { version }: { version: string },
    act: () => Promise<EventChanged>,
  ): Promise<EventChanged> =>
    version === String(event.version) ? act() : Promise.resolve({ ok: false, problem: 'conflict' })

  return [
    at('GET', '/console/events', 'events.read', async (c, view) => {
      const filter = {
        year: yearOf(view, c.req.query('year')),
        district: c.req.query('district') ?? '',
        kind: c.req.query('kind') ?? '',
      }
      const events = await listEvents(deps.db, c.get('staff'), {
        ...{ programme: view.pack.programme.id, ...spanOf(`${filter.year}-01`, 12) },
        ...(filter.district === '' ? {} : { district: filter.district }),
        ...(filter.kind === '' ? {} : { kind: filter.kind }),
      })
      return c.html(<CalendarPage view={view} events={events} filter={filter} />)
    }),
    at('GET', '/console/events/new', 'events.write', async (c, view) =>
      c.html(<WritePage view={view} form={emptyForm(deps.newId())} of={null} problem={null} />),
    ),
    at('POST', '/console/events', 'events.write', async (c, view) => {
      const form = await readEvent(c)
      const id = /^[\w-]{8,40}$/.test(form.id) ? form.id : deps.newId()
      const done = await writeEvent(worldOf(view), c.get('staff'), contentOf(form), id)
      if (done.ok) return c.redirect(`/console/events/${done.id}`, 303)
      c.status(400)
      return c.html(
        <WritePage view={view} form={{ ...form, id }} of={null} problem={done.problem} />,
      )
    }),
    at('GET', '/console/events/report', 'events.read', async (c, view) => {
      const month = monthWanted(c, view)
      return c.html(
        <ReportPage view={view} month={month} events={await reported(c, view, month)} />,
      )
    }),
    ...(['xlsx', 'csv'] as const).map((as) =>
      at('GET', `/console/events/report.${as}`, 'events.read', async (c, view) => {
        const month = monthWanted(c, view)
        const rows = reportRows(view, await reported(c, view, month))
        return tableFile(c, { name: `events-${month}`, sheet: month, rows, as })
      }),
    ),
    at('GET', '/console/events/months', 'events.read', (c, view) =>
      showMonths(c, view, yearOf(view, c.req.query('year'))),
    ),
    at('POST', '/console/events/months', 'events.plan', async (c, view) => {
      const form = await readFields(c, ['year', 'district', 'month'])
      const year = yearOf(view, form.year)
      const month = form.month === '' ? null : Number(form.month)
      const known = districtsOf(view).some(({ id }) => id === form.district)
      if (!known || !(month === null || (Number.isInteger(month) && month >= 1 && month <= 12))) {
        c.status(400)
        return showMonths(c, view, year, true)
      }
      const { district } = form
      await writeAudited(
        deps.db,
        [
          {
            ...{ at: view.now, actor: c.get('staff').id, action: 'months.planned' },
            ...{ subject: `months:${year}`, reason: `${district} ${month ?? '-'}` },
          },
        ],
        [setPublicityMonth(view.pack.programme.id, { year, district, month, at: view.now })],
      )
      return c.redirect(`/console/events/months?year=${year}`, 303)
    }),
    of('GET', '/console/events/:id', 'events.read', (c, view, event) => show(c, view, event)),
    of('GET', '/console/events/:id/edit', 'events.write', async (c, view, event) =>
      event.state === 'draft' || event.state === 'published'
        ? c.html(<WritePage view={view} form={formOfEvent(event)} of={event} problem={null} />)
        : c.redirect(`/console/events/${event.id}`, 303),
    ),
    of('POST', '/console/events/:id', 'events.write', async (c, view, event) => {
      const form = await readEvent(c)
      const done = await asRead(event, form, () =>
        rewrite(worldOf(view), c.get('staff'), event, contentOf(form)),
      )
      if (done.ok) {
        deps.background(tellOfEvents(deps))
        return c.redirect(`/console/events/${event.id}`, 303)
      }
      c.status(done.problem === 'conflict' ? 409 : 400)
      // What was typed stays; whoever saves again now has seen that somebody else was faster.
      const now = (await findEvent(deps.db, { id: event.id }, c.get('staff'))) ?? event
      const typed = { ...form, version: String(now.version) }
      return c.html(<WritePage view={view} form={typed} of={now} problem={done.problem} />)
    }),
    of('GET', '/console/events/:id/poster', 'events.read', async (c, view, event) => {
      const bot = deps.linkTo?.telegramBot
      const payload = `events-in-${event.checkInKey}`
      return c.html(
        <PosterPage
          view={view}
          event={event}
          links={[
            { channel: 'web', url: `${deps.webUrl()}/#event=${event.checkInKey}` },
            ...(bot === undefined
              ? []
              : [{ channel: 'telegram' as const, url: `https://t.me/${bot}?start=${payload}` }]),
          ]}
        />,
      )
    }),
    deed('publish', (view, staff, event, form) =>
      asRead(event, form, () => moveTo(worldOf(view), staff, event, 'published')),
    ),
    deed('cancel', (view, staff, event, form) =>
      asRead(event, form, () => moveTo(worldOf(view), staff, event, 'cancelled')),
    ),
    deed('report', (view, staff, event, form) =>
      asRead(event, form, () => report(worldOf(view), staff, event, form)),
    ),
    deed('check-in', (view, staff, event, { number, here }) =>
      checkIn(worldOf(view), staff, event, { number: Number(number), here: here === '1' }),
    ),
  ]

  function reported(c: ConsoleContext, { pack }: EventsView, month: string) {
    return loadEventReport(deps.db, c.get('staff'), {
      ...{ programme: pack.programme.id, ...spanOf(month, 1) },
    })
  }

  async function showMonths(c: ConsoleContext, view: EventsView, year: number, problem = false) {
    const programme = view.pack.programme.id
    const visits = await countVisits(deps.db, c.get('staff'), {
      ...{ programme, now: view.now, ...spanOf(`${year}-01`, 12) },
    })
    const months = await listPublicityMonths(deps.db, programme, year)
    return c.html(
      <MonthsPage view={view} year={year} months={months} visits={visits} problem={problem} />,
    )
  }
}

function monthWanted(c: ConsoleContext, { now }: EventsView): string {
  const wanted = c.req.query('month') ?? ''
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(wanted) ? wanted : monthOf(now)
}
