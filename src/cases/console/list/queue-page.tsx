import { CASE_SORTS } from '../../../../db/cases/staff-cases.ts'
import type { ListPage } from '../../../../db/core/list-page.ts'
import { joinNames } from '../../../../flows/programme/form/join-names.ts'
import type { Move } from '../../../../flows/programme/lifecycle/stage.ts'
import { stageWords } from '../../../../flows/programme/lifecycle/stage-words.ts'
import { Choice, DistrictChoice } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { addressWith, Filters, Pager } from '../../../console/lists.tsx'
import { Empty, PageHeader, Tabs } from '../../../console/parts.tsx'
import { Submit } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'
import { LATE_DAYS, limitsOf, listOf, type QueueQuery } from '../../queue-filter.ts'
import { CaseRow, type QueueRow } from './list-row.tsx'
import { SearchForm } from './search.tsx'

const CASES = '/console/cases'

/** What a page of the list shows. */
export type QueueProps = {
  view: View
  desk: CaseDeskContext
  query: QueueQuery
  tabs: readonly { id: string; count: number }[]
  page: ListPage<QueueRow>
  /** Where this person sees more than one. */
  places: readonly { id: string; name: string }[]
  /** What can be done with several of the tab's at once. */
  moves: readonly Move[]
  /** What was looked for, and why nothing was found. */
  search: FormDraft
  /** Cases that are still to be made findable. */
  filling: { left: number; all: number }
}

/** The applications: tabs by stage with counts, filters, the list in the order of review. */
export function QueuePage(props: QueueProps) {
  const { view, desk, query, page } = props
  const { rows } = page
  const { t, locale } = view
  const { stages, rules } = desk.pack
  const labelOf = (tab: string) =>
    tab === 'todo' || tab === 'all' || tab === 'closed'
      ? t(`cases-console.tab-${tab}`)
      : stageWords(stages, tab, locale).label
  const pick = props.moves.length > 0 && rows.length > 0
  const order = joinNames(rules.review.map(({ name }) => name[locale]))
  const mixed = ['todo', 'all', 'closed'].includes(query.tab)
  return (
    <Page view={view} title={t('cases-console.cases')}>
      <PageHeader title={t('cases-console.cases')} lead={t('cases-console.casesLead', { order })} />
      <SearchForm view={view} draft={props.search} filling={props.filling} />
      <Tabs
        class="tabs many"
        label={t('cases-console.stages')}
        tabs={props.tabs.map(({ id, count }) => ({
          href: addressWith(view, { tab: id }, CASES),
          label: labelOf(id),
          here: id === query.tab,
          count,
        }))}
      />
      <Narrowing {...props} />
      {rows.length === 0 ? (
        <Empty title={t('cases-console.none')}>{t('cases-console.noneWhat')}</Empty>
      ) : (
        <>
          {pick && <BulkBar view={view} moves={props.moves} />}
          <ul class="rows cases">
            {rows.map((one) => (
              <CaseRow
                view={view}
                desk={desk}
                {...one}
                list={listOf({ ...view.asked, tab: query.tab })}
                showStage={mixed}
                showDistrict={props.places.length > 0}
                pick={pick}
              />
            ))}
          </ul>
          <Pager view={view} label={t('cases-console.pages')} page={page} action={CASES} />
        </>
      )}
      {limitsOf(stages).length === 0 && <p class="hint">{t('cases-console.noLimits')}</p>}
    </Page>
  )
}

function Narrowing({ view, desk, query, places }: QueueProps) {
  const { t } = view
  const any = { value: '', label: t('cases-console.any') }
  const overdue =
    limitsOf(desk.pack.stages).length === 0
      ? []
      : [{ value: 'overdue', label: t('cases-console.late-overdue') }]
  return (
    <details
      class="narrowing"
      open={
        query.sort !== 'review' ||
        [query.district, query.group, query.desk, query.late].some((one) => one !== '')
      }
    >
      <summary>{t('console.filter')}</summary>
      <Filters view={view} class="filters wide" action={CASES} keep={{ tab: query.tab }}>
        {places.length > 0 && <DistrictChoice t={t} places={places} value={query.district} />}
        <Choice
          name="group"
          label={t('cases-console.filterKeyGroup')}
          value={query.group}
          options={[
            any,
            { value: '1', label: t('cases-console.keyGroup-yes') },
            { value: '0', label: t('cases-console.keyGroup-no') },
          ]}
        />
        <Choice
          name="desk"
          label={t('cases-console.filterDesk')}
          value={query.desk}
          options={[
            any,
            { value: 'me', label: t('cases-console.desk-me') },
            { value: 'nobody', label: t('cases-console.desk-nobody') },
          ]}
        />
        <Choice
          name="late"
          label={t('cases-console.filterLate')}
          value={query.late}
          options={[
            any,
            ...overdue,
            ...LATE_DAYS.map((days) => ({
              value: String(days),
              label: t('cases-console.late-days', { days }),
            })),
          ]}
        />
        <Choice
          name="sort"
          label={t('cases-desk.sort')}
          value={query.sort}
          options={CASE_SORTS.map((sort) => ({
            value: sort,
            label: t(`cases-desk.sort-${sort}`),
          }))}
        />
      </Filters>
    </details>
  )
}

/** What is to be done with the ticked ones; the next page says whom it tells and what. */
function BulkBar({ view: { t, locale }, moves }: { view: View; moves: readonly Move[] }) {
  return (
    <form id="bulk" class="bulk" method="post" action="/console/cases/several">
      <label class="check">
        <input type="checkbox" data-pick-all="pick" />
        {t('cases-console.pickAll')}
      </label>
      <Choice
        name="move"
        label={t('cases-desk.severalMove')}
        options={moves.map(({ id, label }) => ({ value: id, label: label[locale] }))}
      />
      <Submit plain beside={<small class="hint">{t('cases-console.bulkHint')}</small>}>
        {t('cases-desk.severalLook')}
      </Submit>
    </form>
  )
}
