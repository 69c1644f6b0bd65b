import type { ListPage } from '../../../db/core/list-page.ts'
import type { BudgetStatus } from '../../../db/vouchers/ledger.ts'
import type { VoucherHead } from '../../../db/vouchers/vouchers.ts'
import { Choice } from '../../console/fields.tsx'
import { Filters, Pager } from '../../console/lists.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import { Figures } from './figures.tsx'
import { VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

/** What the list is narrowed to; empty: everything. `waiting`: what waits for one's own role. */
export type VoucherFilter = { state: string; kind: string; waiting: boolean }

/** The vouchers that somebody may see, the newest first, under the figures of the year. */
export function VoucherListPage(props: {
  view: VouchersView
  page: ListPage<VoucherHead>
  budget: BudgetStatus | null
  /** Whether the pot of the city is shown, or what a district's vouchers hold of it. */
  ofCity: boolean
  filter: VoucherFilter
  places: readonly { id: string; name: string }[]
}) {
  const { view, page, budget, filter, places } = props
  const { rows: vouchers } = page
  const { t, locale, world, money, kindName, stateName } = view
  const { life, kinds } = world.pack.vouchers
  return (
    <VouchersPage view={view} title={t('vouchers-console.vouchers')}>
      <PageHeader title={t('vouchers-console.vouchers')} lead={world.pack.vouchers.name[locale]} />
      <Figures view={view} budget={budget} ofCity={props.ofCity} />
      <Filters view={view} class="filters two" action="/console/vouchers">
        <Choice
          name="state"
          label={t('vouchers-console.state')}
          value={filter.waiting ? 'waiting' : filter.state}
          options={[
            { value: '', label: t('vouchers-console.allStates') },
            { value: 'waiting', label: t('vouchers-console.waiting') },
            ...life.states.slice(1).map(({ id, label }) => ({ value: id, label: label[locale] })),
          ]}
        />
        <Choice
          name="kind"
          label={t('vouchers-console.kind')}
          value={filter.kind}
          options={[
            { value: '', label: t('vouchers-console.allKinds') },
            ...kinds.map(({ id, name }) => ({ value: id, label: name[locale] })),
          ]}
        />
      </Filters>
      {vouchers.length === 0 ? (
        <Empty title={t('vouchers-console.none')}>{t('vouchers-console.noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {vouchers.map((one) => (
            <li>
              <a href={`/console/vouchers/${one.number}`}>
                <span class="words">
                  {one.number} · {kindName(one.kind)}
                </span>
                <span class="facts">
                  <span>{money(one.faceFen)}</span>
                  <span>{places.find(({ id }) => id === one.district)?.name ?? one.district}</span>
                  <span>{showTime(view, one.updatedAt)}</span>
                </span>
                <span class={`chip ${toneOf(one.state)}`}>{stateName(one.state)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} label={t('vouchers-console.vouchers')} page={page} />
    </VouchersPage>
  )
}

/** How a state's chip looks: done or usable, ended without, or under way. */
export function toneOf(state: string): string {
  if (['issued', 'paid', 'redeemed'].includes(state)) return 'good'
  return ['refused', 'revoked', 'expired', 'lapsed'].includes(state) ? 'out' : ''
}
