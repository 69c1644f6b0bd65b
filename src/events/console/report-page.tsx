import type { ReportedEvent } from '../../../db/events/report.ts'
import { Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { columnsOf, Filters, Table } from '../../console/lists.tsx'
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
  const { t } = view
  const [head = [], ...rows] = reportRows(view, events)
  const late = events.filter((event) => isLate(view, event)).length
  return (
    <Page view={view} title={t('events-console.tab-report')}>
      <PageHeader title={t('events-console.tab-report')} lead={t('events-console.reportLead')}>
        <a class="button" href={`/console/events/report.xlsx?month=${month}`}>
          {t('events-console.csv')}
        </a>
      </PageHeader>
      <EventTabs view={view} at="report" />
      <Filters view={view} action="/console/events/report" button={t('events-console.show')}>
        <Field name="month" type="month" label={t('events-console.monthOfReport')} value={month} />
      </Filters>
      {late > 0 && <p class="lacking">{t('events-console.lateReports', { count: late })}</p>}
      {events.length === 0 ? (
        <Empty title={t('events-console.reportNone')} />
      ) : (
        <Table
          label={t('events-console.tab-report')}
          frame="table"
          rows={rows}
          columns={columnsOf(head)}
        />
      )}
    </Page>
  )
}

/** The report as a table: its head, a row for each event, and the sums of what took place. */
export function reportRows(
  view: EventsView,
  events: readonly ReportedEvent[],
): (string | number | null)[][] {
  const { t, locale } = view
  const came = ({ checkedIn, alsoCame }: ReportedEvent) => checkedIn + (alsoCame ?? 0)
  const kept = events.filter(({ state }) => state !== 'cancelled')
  const sum = (of: (event: ReportedEvent) => number) =>
    kept.reduce((total, event) => total + of(event), 0)
  return [
    [
      t('events-console.when'),
      t('events-console.district'),
      t('events-console.kind'),
      t('events-console.name'),
      t('events-console.place'),
      t('events-console.state'),
      t('events-console.signups'),
      t('events-console.came'),
      t('events-console.reached'),
      t('events-console.stars'),
    ],
    ...events.map((event) => [
      showSpan(event.startsAt, event.endsAt, locale),
      placeOf(view, event.district),
      venueOf(view, event.kind),
      event.title[locale],
      event.place[locale],
      t(isLate(view, event) ? 'events-console.state-late' : `events-console.state-${event.state}`),
      event.signedUp,
      event.state === 'cancelled' ? null : came(event),
      event.reached,
      event.stars === null ? null : Math.round(event.stars * 10) / 10,
    ]),
    [
      t('events-console.sum', { count: kept.length }),
      '',
      '',
      '',
      '',
      '',
      sum(({ signedUp }) => signedUp),
      sum(came),
      sum(({ reached }) => reached ?? 0),
      null,
    ],
  ]
}

function isLate({ now }: EventsView, { state, endsAt }: ReportedEvent): boolean {
  return state === 'published' && endsAt <= now
}
