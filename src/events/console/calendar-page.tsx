import type { ListPage } from '../../../db/core/list-page.ts'
import type { EventState, PublicityEvent } from '../../../db/events/events.ts'
import { Choice } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Filters, Pager } from '../../console/lists.tsx'
import { Empty, PageHeader, Tabs } from '../../console/parts.tsx'
import { monthOf, showSpan } from '../../kernel/when.ts'
import { districtsOf, type EventsView, placeOf, venueOf } from './view.ts'

type CalendarFilter = { year: number; district: string; kind: string }

/** A year's events by month. */
export function CalendarPage(props: {
  view: EventsView
  page: ListPage<PublicityEvent>
  filter: CalendarFilter
}) {
  const { view, page, filter } = props
  const { rows: events } = page
  const { t } = view
  const months = Map.groupBy(events, ({ startsAt }) => Number(monthOf(startsAt).slice(5)))
  return (
    <Page view={view} title={t('events-console.events')}>
      <PageHeader title={t('events-console.events')} lead={t('events-console.lead')}>
        {view.may('events.write') && (
          <a class="button" href="/console/events/new">
            {t('events-console.write')}
          </a>
        )}
      </PageHeader>
      <EventTabs view={view} at="calendar" />
      <Narrowing view={view} filter={filter} />
      {events.length === 0 ? (
        <Empty title={t('events-console.none', { year: filter.year })}>
          {t('events-console.noneWhat')}
        </Empty>
      ) : (
        [...months].map(([month, own]) => (
          <section class="month">
            <h2>
              {t('events-console.month', {
                month: t(`events-console.month-${monthKey(month)}`),
                year: filter.year,
              })}
            </h2>
            <ul class="rows">
              {own.map((event) => (
                <EventRow view={view} event={event} />
              ))}
            </ul>
          </section>
        ))
      )}
      <Pager view={view} label={t('events-console.events')} page={page} />
    </Page>
  )
}

function EventRow({ view, event }: { view: EventsView; event: PublicityEvent }) {
  const { t, locale } = view
  const { id, title, startsAt, endsAt, going, capacity, state } = event
  const late = state === 'published' && endsAt <= view.now
  return (
    <li>
      <a href={`/console/events/${id}`}>
        <span class="words">{title[locale]}</span>
        <span class="facts">
          <span>{showSpan(startsAt, endsAt, locale)}</span>
          <span>{placeOf(view, event.district)}</span>
          <span>{venueOf(view, event.kind)}</span>
          <span>
            {capacity === null
              ? t('events-console.goingOpen', { count: going })
              : t('events-console.goingOf', { count: going, capacity })}
          </span>
        </span>
        <span class={`chip ${late ? 'missing' : toneOf(state)}`}>
          {t(late ? 'events-console.state-late' : `events-console.state-${state}`)}
        </span>
      </a>
    </li>
  )
}

function Narrowing({ view, filter }: { view: EventsView; filter: CalendarFilter }) {
  const { t, locale, pack, staff } = view
  const years = [filter.year - 1, filter.year, filter.year + 1]
  return (
    <Filters view={view} action="/console/events" button={t('events-console.show')}>
      <Choice
        name="year"
        label={t('events-console.year')}
        options={years.map((year) => ({ value: String(year), label: String(year) }))}
        value={String(filter.year)}
      />
      {staff?.district == null && (
        <Choice
          name="district"
          label={t('events-console.district')}
          options={[
            { value: '', label: t('events-console.allDistricts') },
            ...districtsOf(view).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filter.district}
        />
      )}
      <Choice
        name="kind"
        label={t('events-console.kind')}
        options={[
          { value: '', label: t('events-console.allKinds') },
          ...pack.events.kinds.map(({ id, name }) => ({ value: id, label: name[locale] })),
        ]}
        value={filter.kind}
      />
    </Filters>
  )
}

const TABS = [
  ['calendar', '/console/events'],
  ['months', '/console/events/months'],
  ['report', '/console/events/report'],
] as const

/** The three pages of the section. */
export function EventTabs(props: { view: EventsView; at: 'calendar' | 'months' | 'report' }) {
  const { t } = props.view
  const tabs = TABS.map(([id, href]) => ({
    href,
    label: t(`events-console.tab-${id}`),
    here: id === props.at,
  }))
  return <Tabs label={t('events-console.events')} tabs={tabs} />
}

const MONTH_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const

/** The number of a month, 1 to 12, as the locales name it. Throws a RangeError for no month. */
export function monthKey(month: number): (typeof MONTH_KEYS)[number] {
  const key = MONTH_KEYS[month - 1]
  if (key === undefined) throw new RangeError(`no month ${month}`)
  return key
}

/** The colour of a state. */
export function toneOf(state: EventState): '' | 'good' | 'out' | 'invited' {
  switch (state) {
    case 'held':
      return 'good'
    case 'cancelled':
      return 'out'
    case 'draft':
      return 'invited'
    case 'published':
      return ''
  }
}
