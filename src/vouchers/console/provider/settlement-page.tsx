import type { SettlementRow } from '../../../../db/vouchers/claims.ts'
import { Empty, PageHeader } from '../../../console/parts.tsx'
import type { SettlementTotal } from '../../claims/pay.ts'
import { Month, SettlementTable } from '../settlement-page.tsx'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'

/** What this provider is owed and was paid of a month. */
export function OwnSettlementPage(props: {
  view: VouchersView
  month: string
  rows: readonly SettlementRow[]
  totals: readonly SettlementTotal[]
}) {
  const { view, month, rows, totals } = props
  const { v, money } = view
  return (
    <ProviderFrame view={view} title={v('settlement')}>
      <PageHeader title={v('settlement')} />
      <form class="filters two" method="get" action="/console/redeem/settlement">
        <Month view={view} month={month} />
        <button class="button plain" type="submit">
          {view.t('filter')}
        </button>
      </form>
      {rows.length === 0 ? (
        <Empty title={v('settlementNone')} />
      ) : (
        <>
          {totals.map((one) => (
            <section class="sheet">
              <dl>
                <dt>{v('claim-claimed')}</dt>
                <dd>{money(one.claimedFen)}</dd>
                <dt>{v('claim-checked')}</dt>
                <dd>{money(one.checkedFen)}</dd>
                <dt>{v('claim-paid')}</dt>
                <dd class="big">{money(one.paidFen)}</dd>
              </dl>
            </section>
          ))}
          <SettlementTable view={view} rows={rows} pick={false} base="/console/redeem" />
        </>
      )}
      <a class="button plain" href={`/console/redeem/settlement.xlsx?month=${month}`}>
        {v('export')}
      </a>
    </ProviderFrame>
  )
}
