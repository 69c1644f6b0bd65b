import { formatVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { Alert, Field, PageHeader } from '../../../console/parts.tsx'
import type { ProviderView } from '../../find.ts'
import { FormKey } from '../frame.tsx'
import { toneOf } from '../list-page.tsx'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'
import { HolderSays } from './holder-says.tsx'

/** A contract as it was filled in. */
export type LockDraft = { title: string; total: string; key: string }

/** A voucher whose code was shown: what the bargain needs and no more, and to agree on a price. */
export function ShownPage(props: {
  view: VouchersView
  shown: ProviderView
  code: string
  draft: LockDraft
  problem: string | null
}) {
  const { view, shown, code, draft, problem } = props
  const { v, money, kindName, stateName } = view
  return (
    <ProviderFrame view={view} title={shown.number}>
      <PageHeader title={kindName(shown.kind)} lead={shown.number}>
        <span class={`chip ${toneOf(shown.state)}`}>{stateName(shown.state)}</span>
      </PageHeader>
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{v('holder')}</dt>
          <dd>{shown.holder}</dd>
          <dt>{v('left')}</dt>
          <dd class="big">{money(shown.leftFen)}</dd>
          <dt>{v('share')}</dt>
          <dd>{v('shareIs', { share: shown.sharePercent, most: money(shown.perDealFen) })}</dd>
          {shown.useBy !== null && (
            <>
              <dt>{v('useBy')}</dt>
              <dd>{shown.useBy}</dd>
            </>
          )}
        </dl>
      </section>
      {shown.state === 'issued' && (
        <form class="sheet stack" method="post" action="/console/redeem/lock">
          <h2>{v('lock')}</h2>
          <p class="hint">{v('lockHint')}</p>
          <FormKey value={draft.key} />
          <input type="hidden" name="code" value={formatVoucherCode(code)} />
          <Field
            name="title"
            label={v('title')}
            hint={v('titleHint')}
            value={draft.title}
            maxlength={60}
          />
          <Field
            name="total"
            label={v('totalYuan')}
            hint={v('totalHint')}
            value={draft.total}
            maxlength={14}
          />
          <HolderSays view={view} ask={v('askLock')} pin={v('lockPin')} />
        </form>
      )}
      {shown.contract !== null && (
        <a class="button wide" href={`/console/redeem/${shown.number}`}>
          {v('toOwn')}
        </a>
      )}
      {shown.state !== 'issued' && shown.contract === null && (
        <Alert tone="problem">{v('notYours')}</Alert>
      )}
    </ProviderFrame>
  )
}
