import type { SettlementRow } from '../../../../db/vouchers/claims.ts'
import { Filters } from '../../../console/lists.tsx'
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
  const { t, money } = view
  return (
    <ProviderFrame view={view} title={t('vouchers-console.settlement')}>
      <PageHeader title={t('vouchers-console.settlement')} />
      <Filters view={view} class="filters two" action="/console/redeem/settlement">
        <Month view={view} month={month} />
      </Filters>
      {rows.length === 0 ? (
        <Empty title={t('vouchers-console.settlementNone')} />
      ) : (
        <>
          {totals.map((one) => (
            <section class="sheet">
              <dl>
                <dt>{t('vouchers-console.claim-claimed')}</dt>
                <dd>{money(one.claimedFen)}</dd>
                <dt>{t('vouchers-console.claim-checked')}</dt>
                <dd>{money(one.checkedFen)}</dd>
                <dt>{t('vouchers-console.claim-paid')}</dt>
                <dd class="big">{money(one.paidFen)}</dd>
              </dl>
            </section>
          ))}
          <SettlementTable view={view} rows={rows} pick={false} base="/console/redeem" />
        </>
      )}
      <a class="button plain" href={`/console/redeem/settlement.xlsx?month=${month}`}>
        {t('vouchers-console.export')}
      </a>
    </ProviderFrame>
  )
}
