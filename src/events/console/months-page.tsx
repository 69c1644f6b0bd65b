import { joinNames } from '../../../flows/programme/form/join-names.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, PageHeader } from '../../console/parts.tsx'
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
  return (
    <Page view={view} title={t('events-console.tab-months')}>
      <PageHeader
        title={t('events-console.tab-months')}
        lead={t('events-console.monthsLead', { months: pack.events.months[locale] })}
      />
      <EventTabs view={view} at="months" />
      {problem && <Alert tone="problem">{t('events-console.problem-month')}</Alert>}
      <nav class="tabs" aria-label={t('events-console.year')}>
        {[year - 1, year, year + 1].map((one) => (
          <a
            href={`/console/events/months?year=${one}`}
            aria-current={one === year ? 'page' : undefined}
          >
            {String(one)}
          </a>
        ))}
      </nav>
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
      <section class="table" tabindex={0} aria-label={t('events-console.tab-months')}>
        <table>
          <caption class="unseen">{t('events-console.tab-months')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('events-console.district')}</th>
              <th scope="col">{t('events-console.monthOf')}</th>
              {pack.events.kinds.map(({ short }) => (
                <th scope="col">{short[locale]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {districts.map(({ id, name }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>
                  {plans ? (
                    <PlanForm view={view} year={year} district={id} month={months.get(id)} />
                  ) : (
                    <MonthName view={view} month={months.get(id)} />
                  )}
                </td>
                {pack.events.kinds.map(({ id: kind }) => (
                  <VisitCell
                    view={view}
                    visit={visits.find((one) => one.district === id && one.kind === kind)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
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
    <form class="plan" method="post" action="/console/events/months">
      <input type="hidden" name="year" value={String(year)} />
      <input type="hidden" name="district" value={district} />
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
      <button class="button plain" type="submit">
        {t('events-console.setMonth')}
      </button>
    </form>
  )
}

function VisitCell({ view, visit }: { view: EventsView; visit: Visit | undefined }) {
  const { t } = view
  if (visit !== undefined && visit.visited > 0) {
    return <td class="number">{t('events-console.visited', { count: visit.visited })}</td>
  }
  return visit !== undefined && visit.planned > 0 ? (
    <td class="number">{t('events-console.planned', { count: visit.planned })}</td>
  ) : (
    <td class="number missing">{t('events-console.notVisited')}</td>
  )
}
