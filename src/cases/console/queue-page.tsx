import type { ListedCase } from '../../../db/cases/staff-cases.ts'
import { joinNames } from '../../../flows/programme/form/join-names.ts'
import { handedIn, takesUp } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Choice, Empty, PageHeader } from '../../console/parts.tsx'
import type { CaseDeskContext } from '../act-on-case.ts'
import { LATE_DAYS, limitsOf, type QueueQuery, queueUrl } from '../queue-filter.ts'
import { CaseRow } from './list-row.tsx'
import { SearchForm } from './search.tsx'
import type { CasesView } from './view.ts'

/** How many cases stand on a page. */
export const ROWS = 50

/** What a page of the list shows. */
export type QueueProps = {
  view: CasesView
  desk: CaseDeskContext
  query: QueueQuery
  tabs: readonly { id: string; count: number }[]
  rows: readonly { row: ListedCase; name: string }[]
  /** In this tab, on all its pages. */
  total: number
  /** Where this person sees more than one. */
  places: readonly { id: string; name: string }[]
  canTakeUp: boolean
  problem?: string | undefined
  typed?: string | undefined
}

/** The applications: tabs by stage with counts, filters, the list in the order of review. */
export function QueuePage(props: QueueProps) {
  const { view, desk, query, rows, total } = props
  const { c, locale } = view
  const { stages, rules } = desk.pack
  const labelOf = (tab: string) =>
    tab === 'todo' || tab === 'all' || tab === 'closed'
      ? c(`tab-${tab}`)
      : stageWords(stages, tab, locale).label
  const pick = props.canTakeUp && query.tab === handedIn(stages) && rows.length > 0
  const order = joinNames(rules.review.map(({ name }) => name[locale]))
  const mixed = ['todo', 'all', 'closed'].includes(query.tab)
  return (
    <Page view={view} title={c('cases')}>
      <PageHeader title={c('cases')} lead={c('casesLead', { order })} />
      <SearchForm view={view} typed={props.typed} />
      {props.problem !== undefined && <Alert tone="problem">{props.problem}</Alert>}
      <ul class="tabs many" aria-label={c('stages')}>
        {props.tabs.map(({ id, count }) => (
          <li>
            <a
              href={queueUrl(query, { tab: id })}
              aria-current={id === query.tab ? 'true' : undefined}
            >
              {labelOf(id)}
              <span class="count">{count}</span>
            </a>
          </li>
        ))}
      </ul>
      <Filters {...props} />
      {rows.length === 0 ? (
        <Empty title={c('none')}>{c('noneWhat')}</Empty>
      ) : (
        <>
          {pick && <BulkBar view={view} move={takesUp(stages)?.label[locale] ?? ''} />}
          <ul class="rows cases">
            {rows.map(({ row, name }) => (
              <CaseRow
                view={view}
                desk={desk}
                row={row}
                name={name}
                showStage={mixed}
                showDistrict={props.places.length > 0}
                pick={pick}
              />
            ))}
          </ul>
          <Pages view={view} query={query} total={total} shown={rows.length} />
        </>
      )}
      {limitsOf(stages).length === 0 && <p class="hint">{c('noLimits')}</p>}
    </Page>
  )
}

function Filters({ view, desk, query, places }: QueueProps) {
  const { c, t } = view
  const any = { value: '', label: c('any') }
  const overdue =
    limitsOf(desk.pack.stages).length === 0 ? [] : [{ value: 'overdue', label: c('late-overdue') }]
  return (
    <details
      class="narrowing"
      open={[query.district, query.group, query.desk, query.late].some((one) => one !== '')}
    >
      <summary>{t('filter')}</summary>
      <form class="filters wide" method="get" action="/console/cases">
        <input type="hidden" name="tab" value={query.tab} />
        {places.length > 0 && (
          <Choice
            name="district"
            label={t('district')}
            value={query.district}
            options={[
              { value: '', label: t('wholeCity') },
              ...places.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <Choice
          name="group"
          label={c('filterKeyGroup')}
          value={query.group}
          options={[
            any,
            { value: '1', label: c('keyGroup-yes') },
            { value: '0', label: c('keyGroup-no') },
          ]}
        />
        <Choice
          name="desk"
          label={c('filterDesk')}
          value={query.desk}
          options={[
            any,
            { value: 'me', label: c('desk-me') },
            { value: 'nobody', label: c('desk-nobody') },
          ]}
        />
        <Choice
          name="late"
          label={c('filterLate')}
          value={query.late}
          options={[
            any,
            ...overdue,
            ...LATE_DAYS.map((days) => ({ value: String(days), label: c('late-days', { days }) })),
          ]}
        />
        <button class="button plain" type="submit">
          {t('filter')}
        </button>
      </form>
    </details>
  )
}

function BulkBar({ view: { c }, move }: { view: CasesView; move: string }) {
  return (
    <form id="bulk" class="bulk" method="post" action="/console/cases/accept">
      <label class="check">
        <input type="checkbox" data-pick-all="pick" />
        {c('pickAll')}
      </label>
      <button class="button plain" type="submit">
        {c('bulkAccept', { move })}
      </button>
      <small class="hint">{c('bulkHint')}</small>
    </form>
  )
}

function Pages(props: { view: CasesView; query: QueueQuery; total: number; shown: number }) {
  const { view, query, total, shown } = props
  const { c } = view
  const from = (query.page - 1) * ROWS + 1
  const to = from + shown - 1
  return (
    <nav class="pages" aria-label={c('pages')}>
      <p>{c('range', { from, to, total })}</p>
      {query.page > 1 && (
        <a class="button plain" rel="prev" href={queueUrl(query, { page: query.page - 1 })}>
          {c('previous')}
        </a>
      )}
      {to < total && (
        <a class="button plain" rel="next" href={queueUrl(query, { page: query.page + 1 })}>
          {c('following')}
        </a>
      )}
    </nav>
  )
}
