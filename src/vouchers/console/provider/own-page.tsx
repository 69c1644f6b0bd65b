import type { ListPage } from '../../../../db/core/list-page.ts'
import type { VoucherHead } from '../../../../db/vouchers/vouchers.ts'
import { Pager } from '../../../console/lists.tsx'
import { Empty, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { toneOf } from '../list-page.tsx'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'

/** The vouchers that a provider has a contract for, the newest first. */
export function OwnPage(props: { view: VouchersView; page: ListPage<VoucherHead> }) {
  const { view, page } = props
  const { rows: vouchers } = page
  const { t, kindName, stateName } = view
  return (
    <ProviderFrame view={view} title={t('vouchers-console.own')}>
      <PageHeader title={t('vouchers-console.own')} lead={t('vouchers-console.ownLead')} />
      {vouchers.length === 0 ? (
        <Empty title={t('vouchers-console.ownNone')}>{t('vouchers-console.ownNoneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {vouchers.map((one) => (
            <li>
              <a href={`/console/redeem/${one.number}`}>
                <span class="words">
                  {one.number} · {kindName(one.kind)}
                </span>
                <span class="facts">
                  <span>{showTime(view, one.updatedAt)}</span>
                </span>
                <span class={`chip ${toneOf(one.state)}`}>{stateName(one.state)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} label={t('vouchers-console.own')} page={page} />
    </ProviderFrame>
  )
}
