import type { ReportedEvent } from '../../../db/events/report.ts'
import { Page } from '../../console/layout.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { showSpan } from '../../kernel/when.ts'
import { EventTabs } from './calendar-page.tsx'
import { type EventsView, placeOf, venueOf } from './view.ts'

/** What took place in a month, where, how many were reached and came: for the city office. */
export function ReportPage(props: {
  view: EventsView
  month: string
  events: readonly ReportedEvent[]
}) {
  const { view, month, events } = props
  const { c, locale } = view
  const [head = [], ...rows] = reportRows(view, events)
  const late = events.filter((event) => isLate(view, event)).length
  return (
    <Page view={view} title={c('tab-report')}>
      <PageHeader title={c('tab-report')} lead={c('reportLead')}>
        <a class="button" href={`/console/events/report.xlsx?month=${month}`}>
          {c('csv')}
        </a>
      </PageHeader>
      <EventTabs view={view} at="report" />
      <form class="filters" method="get" action="/console/events/report">
        <p class="field">
          <label for="month">{c('monthOfReport')}</label>
          <input id="month" name="month" type="month" value={month} />
        </p>
        <button class="button plain" type="submit">
          {c('show')}
        </button>
      </form>
      {late > 0 && <p class="lacking">{c('lateReports', { count: late })}</p>}
      {events.length === 0 ? (
        <Empty title={c('reportNone')} />
      ) : (
        <section class="table" tabindex={0} aria-label={c('tab-report')}>
          <table lang={locale}>
            <caption class="unseen">{c('tab-report')}</caption>
            <thead>
              <tr>
                {head.map((cell) => (
                  <th scope="col">{cell}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td class={typeof cell === 'number' ? 'number' : ''}>{cell ?? '—'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  )
}

/** The report as a table: its head, a row for each event, and the sums of what took place. */
export function reportRows(
  view: EventsView,
  events: readonly ReportedEvent[],
): (string | number | null)[][] {
  const { c, locale } = view
  const came = ({ checkedIn, alsoCame }: ReportedEvent) => checkedIn + (alsoCame ?? 0)
  const kept = events.filter(({ state }) => state !== 'cancelled')
  const sum = (of: (event: ReportedEvent) => number) =>
    kept.reduce((total, event) => total + of(event), 0)
  return [
    [
      ...[c('when'), c('district'), c('kind'), c('name'), c('place'), c('state')],
      ...[c('signups'), c('came'), c('reached'), c('stars')],
    ],
    ...events.map((event) => [
      showSpan(event.startsAt, event.endsAt, locale),
      placeOf(view, event.district),
      venueOf(view, event.kind),
      event.title[locale],
      event.place[locale],
      c(isLate(view, event) ? 'state-late' : `state-${event.state}`),
      event.signedUp,
      event.state === 'cancelled' ? null : came(event),
      event.reached,
      event.stars === null ? null : Math.round(event.stars * 10) / 10,
    ]),
    [
      ...[c('sum', { count: kept.length }), '', '', '', '', ''],
      ...[sum(({ signedUp }) => signedUp), sum(came), sum(({ reached }) => reached ?? 0), null],
    ],
  ]
}

function isLate({ now }: EventsView, { state, endsAt }: ReportedEvent): boolean {
  return state === 'published' && endsAt <= now
}
