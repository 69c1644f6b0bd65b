import * as z from 'zod'
import { EVENT_MOVES } from '../../../db/events/changes.ts'
import { findEvent, listEvents, type PublicityEvent } from '../../../db/events/events.ts'
import { countVisits, listPublicityMonths, setPublicityMonth } from '../../../db/events/months.ts'
import { loadEventReport } from '../../../db/events/report.ts'
import { listFeedback, listSignups } from '../../../db/events/signups.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { tableFile } from '../../console/download.ts'
import { draftOf, type FormDraft, textIn, version, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { createPages, nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
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
import { contentOf, EventForm, formOfEvent, WritePage, withEventProblem } from './write-page.tsx'

const { page, action } = createPages(eventsViewOf)

const ChangeForm = z.object({
  version: version(),
  number: z.string(),
  here: z.string(),
  reached: z.string(),
  alsoCame: z.string(),
})
type ChangeForm = z.infer<typeof ChangeForm>
const MonthForm = z.object({
  year: z.string(),
  district: z.string(),
  month: z.string().regex(/^([1-9]|1[0-2])?$/, 'events-console.problem-month'),
})

type CalendarRequest = PageRequest<never, EventsView>
type EventRequest = PageRequest<'id', EventsView>

/** Events where the policy is made known: the calendar, the plan of the year, the report of a month. */
export const eventsRoutes: readonly ConsoleRoute[] = [
  page('events.read', '/console/events', nothing, async (_, { deps, query, staff, view }) => {
    const [district, kind] = [query('district'), query('kind')]
    const filter = { year: yearOf(view, query('year')), district, kind }
    const events = await listEvents(deps.db, staff, {
      programme: view.pack.programme.id,
      ...spanOf(`${filter.year}-01`, 12),
      ...(district === '' ? {} : { district }),
      ...(kind === '' ? {} : { kind }),
      cursor: query('page'),
      limit: ROWS,
    })
    return <CalendarPage view={view} page={events} filter={filter} />
  }),
  page('events.write', '/console/events/new', nothing, (_, { deps, view }) => (
    <WritePage view={view} draft={draftOf({ id: deps.newId() })} of={null} problem={null} />
  )),
  action('events.write', '/console/events', nothing, async (_, request) => {
    const { deps, staff } = request
    const form = await request.form(EventForm)
    if (!form.ok) return { status: 400, page: writing(request, form.draft, null, null) }
    const id = form.data.id || deps.newId()
    const done = await writeEvent(worldOf(request), staff, contentOf(form.data), id)
    if (done.ok) return `/console/events/${done.id}`
    return { status: 400, page: writing(request, form.draft, null, done.problem) }
  }),
  page('events.read', '/console/events/report', loadReport, ({ month, events }, { view }) => (
    <ReportPage view={view} month={month} events={events} />
  )),
  ...(['xlsx', 'csv'] as const).map((as) =>
    page(
      'events.read',
      `/console/events/report.${as}`,
      loadReport,
      ({ month, events }, request) => {
        const rows = reportRows(request.view, events)
        const filter = { month }
        return tableFile(request, { name: `events-${month}`, sheet: month, rows, as, filter })
      },
    ),
  ),
  page('events.read', '/console/events/months', nothing, (_, request) =>
    showMonths(request, yearOf(request.view, request.query('year')), false),
  ),
  action('events.plan', '/console/events/months', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(MonthForm)
    const year = yearOf(view, textIn(form.draft, 'year'))
    if (!form.ok || !districtsOf(view).some(({ id }) => id === form.data.district)) {
      return { status: 400, page: await showMonths(request, year, true) }
    }
    const { district } = form.data
    const month = form.data.month === '' ? null : Number(form.data.month)
    const at = view.now
    const entry = { at, actor: staff.id, action: 'months.planned' } as const
    await writeAudited(
      deps.db,
      [{ ...entry, subject: `months:${year}`, reason: `${district} ${month ?? '-'}` }],
      [setPublicityMonth(view.pack.programme.id, { year, district, month, at })],
    )
    return `/console/events/months?year=${year}`
  }),
  page('events.read', '/console/events/:id', loadEvent, (event, request) =>
    show(request, event, null),
  ),
  page('events.write', '/console/events/:id/edit', loadEvent, (event, { c, view }) =>
    event.state === 'draft' || event.state === 'published' ? (
      <WritePage view={view} draft={formOfEvent(event)} of={event} problem={null} />
    ) : (
      c.redirect(`/console/events/${event.id}`, 303)
    ),
  ),
  action('events.write', '/console/events/:id', loadEvent, async (event, request) => {
    const { deps, staff } = request
    const form = await request.form(EventForm)
    if (!form.ok) return { status: 400, page: writing(request, form.draft, event, null) }
    const done = await asRead(event, form.data, () =>
      rewrite(worldOf(request), staff, event, contentOf(form.data)),
    )
    if (done.ok) {
      deps.background(tellOfEvents(deps))
      return `/console/events/${event.id}`
    }
    // What was typed stays; whoever saves again now has seen that somebody else was faster.
    const now = (await loadEvent(request)) ?? event
    const page = writing(request, form.draft, now, done.problem)
    return { status: statusOf(done.problem), page }
  }),
  page('events.read', '/console/events/:id/poster', loadEvent, (event, { deps, view }) => {
    const bot = deps.linkTo?.telegramBot
    const payload = `events-in-${event.checkInKey}`
    const links = [
      { channel: 'web' as const, url: `${deps.webUrl()}/#event=${event.checkInKey}` },
      ...(bot === undefined
        ? []
        : [{ channel: 'telegram' as const, url: `https://t.me/${bot}?start=${payload}` }]),
    ]
    return <PosterPage view={view} event={event} links={links} />
  }),
  change('publish', (request, event, form) =>
    asRead(event, form, () => moveTo(worldOf(request), request.staff, event, 'published')),
  ),
  change('cancel', (request, event, form) =>
    asRead(event, form, () => moveTo(worldOf(request), request.staff, event, 'cancelled')),
  ),
  change('report', (request, event, form) =>
    asRead(event, form, () => report(worldOf(request), request.staff, event, form)),
  ),
  change('check-in', (request, event, { number, here }) =>
    checkIn(worldOf(request), request.staff, event, { number: Number(number), here: here === '1' }),
  ),
]

/** Something done with an event: back to its page, with what was in the way. */
function change(
  name: 'publish' | 'cancel' | 'report' | 'check-in',
  act: (request: EventRequest, event: PublicityEvent, form: ChangeForm) => Promise<EventChanged>,
): ConsoleRoute {
  return action(
    'events.write',
    `/console/events/:id/${name}`,
    loadEvent,
    async (event, request) => {
      const { deps } = request
      const form = await request.read(ChangeForm)
      const done = await act(request, event, form)
      if (done.ok) {
        deps.background(tellOfEvents(deps))
        return `/console/events/${event.id}`
      }
      const now = (await loadEvent(request)) ?? event
      const { reached, alsoCame } = form
      const typed = draftOf({ reached, alsoCame })
      const page =
        done.problem === 'numbers'
          ? await show(
              request,
              now,
              null,
              withProblem(typed, 'reached', wordsOf(request, 'numbers')),
            )
          : await show(request, now, done.problem, name === 'report' ? typed : null)
      return { status: statusOf(done.problem), page }
    },
  )
}

/** The page was read before somebody else changed the event: what they see is not what they would change. */
function asRead(
  event: PublicityEvent,
  { version }: { version: number },
  act: () => Promise<EventChanged>,
): Promise<EventChanged> {
  return version === event.version ? act() : Promise.resolve({ ok: false, problem: 'conflict' })
}

/** An event that this person may see; to others it does not exist. */
function loadEvent({ deps, params, staff }: EventRequest): Promise<PublicityEvent | null> {
  return findEvent(deps.db, { id: params.id }, staff)
}

function worldOf({ deps, view: { pack } }: CalendarRequest) {
  return { ...deps, pack }
}

function statusOf(problem: EventProblem): 400 | 409 {
  return problem === 'conflict' ? 409 : 400
}

function wordsOf({ view }: CalendarRequest, problem: EventProblem): string {
  return view.t(`events-console.problem-${problem}`)
}

/** The form again, with what is in the way at its field, or above where it is of the event as a whole. */
function writing(
  { view }: CalendarRequest,
  draft: FormDraft,
  of: PublicityEvent | null,
  problem: EventProblem | null,
) {
  const told = problem === null ? draft : withEventProblem(view, draft, problem)
  return (
    <WritePage view={view} draft={told ?? draft} of={of} problem={told === null ? problem : null} />
  )
}

async function show(
  { deps, view }: EventRequest,
  event: PublicityEvent,
  problem: EventProblem | null,
  draft: FormDraft | null = null,
) {
  return (
    <EventPage
      view={view}
      event={event}
      signups={await listSignups(deps.db, event.id)}
      feedback={await listFeedback(deps.db, deps.vault, event.id)}
      changes={await EVENT_MOVES.list(deps.db, event.id)}
      problem={problem}
      draft={draft}
    />
  )
}

async function loadReport({ deps, query, staff, view }: CalendarRequest) {
  const wanted = query('month')
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(wanted) ? wanted : monthOf(view.now)
  const programme = view.pack.programme.id
  const events = await loadEventReport(deps.db, staff, { programme, ...spanOf(month, 1) })
  return { month, events }
}

async function showMonths({ deps, staff, view }: CalendarRequest, year: number, problem: boolean) {
  const programme = view.pack.programme.id
  const span = { programme, now: view.now, ...spanOf(`${year}-01`, 12) }
  const visits = await countVisits(deps.db, staff, span)
  const months = await listPublicityMonths(deps.db, programme, year)
  return <MonthsPage view={view} year={year} months={months} visits={visits} problem={problem} />
}
