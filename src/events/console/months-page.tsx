import { joinNames } from '../../../flows/programme/form/join-names.ts'
import { Page } from '../../console/layout.tsx'
import { Table } from '../../console/lists.tsx'
import { Alert, PageHeader, Tabs } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { EventTabs, monthKey } from './calendar-page.tsx'
import { districtsOf, type EventsView } from './view.ts'

type Visit = { district: string; kind: string; visited: number; planned: number }
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

/** Which district has its publicity month when, and what is missing in red. */
export function MonthsPage(props: {
  view: EventsView
  year: number
  months: ReadonlyMap<string, number>
  visits: readonly Visit[]
  problem: boolean
}) {
  const { view, year, months, visits, problem } = props
  const { t, locale, pack, staff } = view
  const districts = districtsOf(view)
  const whole = staff?.district == null
  const empty = MONTHS.filter((month) => ![...months.values()].includes(month))
  const without = districts.filter(({ id }) => !months.has(id))
  const plans = view.may('events.plan')
  const visitOf = (district: string, kind: string) =>
    visits.find((one) => one.district === district && one.kind === kind)
  return (
    <Page view={view} title={t('events-console.tab-months')}>
      <PageHeader
        title={t('events-console.tab-months')}
        lead={t('events-console.monthsLead', { months: pack.events.months[locale] })}
      />
      <EventTabs view={view} at="months" />
      {problem && <Alert tone="problem">{t('events-console.problem-month')}</Alert>}
      <Tabs
        label={t('events-console.year')}
        tabs={[year - 1, year, year + 1].map((one) => ({
          href: `/console/events/months?year=${one}`,
          label: String(one),
          here: one === year,
        }))}
      />
      {whole && empty.length > 0 && (
        <p class="lacking">
          {t('events-console.emptyMonths', {
            months: joinNames(empty.map((month) => t(`events-console.month-${monthKey(month)}`))),
          })}
        </p>
      )}
      {without.length > 0 && (
        <p class="lacking">
          {t('events-console.withoutMonth', {
            districts: without.map(({ name }) => name).join(locale === 'en' ? ', ' : '、'),
          })}
        </p>
      )}
      <Table
        label={t('events-console.tab-months')}
        frame="table"
        rows={districts}
        columns={[
          { label: t('events-console.district'), cell: ({ name }) => name, head: true },
          {
            label: t('events-console.monthOf'),
            cell: ({ id }) =>
              plans ? (
                <PlanForm view={view} year={year} district={id} month={months.get(id)} />
              ) : (
                <MonthName view={view} month={months.get(id)} />
              ),
          },
          ...pack.events.kinds.map(({ id: kind, short }) => ({
            label: short[locale],
            cell: ({ id }: { id: string }) => visitWords(view, visitOf(id, kind)),
            class: ({ id }: { id: string }) =>
              hasVisit(visitOf(id, kind)) ? 'number' : 'number missing',
          })),
        ]}
      />
      <p class="hint">{t('events-console.monthsHint')}</p>
    </Page>
  )
}

function MonthName({ view, month }: { view: EventsView; month: number | undefined }) {
  const { t } = view
  return month === undefined ? (
    <b class="missing">{t('events-console.noMonth')}</b>
  ) : (
    <span>{t(`events-console.month-${monthKey(month)}`)}</span>
  )
}

function PlanForm(props: {
  view: EventsView
  year: number
  district: string
  month: number | undefined
}) {
  const { view, year, district, month } = props
  const { t } = view
  return (
    <PostForm
      class="plan"
      action="/console/events/months"
      fields={{ year: String(year), district }}
      submit={t('events-console.setMonth')}
      plain
    >
      <select
        name="month"
        aria-label={t('events-console.monthOf')}
        class={month === undefined ? 'missing' : ''}
      >
        <option value="">{t('events-console.noMonth')}</option>
        {MONTHS.map((one) => (
          <option value={String(one)} selected={one === month}>
            {t(`events-console.month-${monthKey(one)}`)}
          </option>
        ))}
      </select>
    </PostForm>
  )
}

function hasVisit(visit: Visit | undefined): boolean {
  return visit !== undefined && visit.visited + visit.planned > 0
}

function visitWords({ t }: EventsView, visit: Visit | undefined): string {
  if (visit !== undefined && visit.visited > 0) {
    return t('events-console.visited', { count: visit.visited })
  }
  return visit !== undefined && visit.planned > 0
    ? t('events-console.planned', { count: visit.planned })
    : t('events-console.notVisited')
}
