import type { VoucherHead } from '../../../../db/vouchers/vouchers.ts'
import { Empty, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { toneOf } from '../list-page.tsx'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'

/** The vouchers that a provider has a contract for, the newest first. */
export function OwnPage(props: { view: VouchersView; vouchers: readonly VoucherHead[] }) {
  const { view, vouchers } = props
  const { v, kindName, stateName } = view
  return (
    <ProviderFrame view={view} title={v('own')}>
      <PageHeader title={v('own')} lead={v('ownLead')} />
      {vouchers.length === 0 ? (
        <Empty title={v('ownNone')}>{v('ownNoneWhat')}</Empty>
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
    </ProviderFrame>
  )
}
