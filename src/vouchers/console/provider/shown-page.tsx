import { formatVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { Field } from '../../../console/fields.tsx'
import { Alert, PageHeader } from '../../../console/parts.tsx'
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
  const { t, money, kindName, stateName } = view
  return (
    <ProviderFrame view={view} title={shown.number}>
      <PageHeader title={kindName(shown.kind)} lead={shown.number}>
        <span class={`chip ${toneOf(shown.state)}`}>{stateName(shown.state)}</span>
      </PageHeader>
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('vouchers-console.holder')}</dt>
          <dd>{shown.holder}</dd>
          <dt>{t('vouchers-console.left')}</dt>
          <dd class="big">{money(shown.leftFen)}</dd>
          <dt>{t('vouchers-console.share')}</dt>
          <dd>
            {t('vouchers-console.shareIs', {
              share: shown.sharePercent,
              most: money(shown.perDealFen),
            })}
          </dd>
          {shown.useBy !== null && (
            <>
              <dt>{t('vouchers-console.useBy')}</dt>
              <dd>{shown.useBy}</dd>
            </>
          )}
        </dl>
      </section>
      {shown.state === 'issued' && (
        <form class="sheet stack" method="post" action="/console/redeem/lock">
          <h2>{t('vouchers-console.lock')}</h2>
          <p class="hint">{t('vouchers-console.lockHint')}</p>
          <FormKey value={draft.key} />
          <input type="hidden" name="code" value={formatVoucherCode(code)} />
          <Field
            name="title"
            label={t('vouchers-console.title')}
            hint={t('vouchers-console.titleHint')}
            value={draft.title}
            maxlength={60}
          />
          <Field
            name="total"
            label={t('vouchers-console.totalYuan')}
            hint={t('vouchers-console.totalHint')}
            value={draft.total}
            maxlength={14}
          />
          <HolderSays
            view={view}
            ask={t('vouchers-console.askLock')}
            pin={t('vouchers-console.lockPin')}
          />
        </form>
      )}
      {shown.contract !== null && (
        <a class="button wide" href={`/console/redeem/${shown.number}`}>
          {t('vouchers-console.toOwn')}
        </a>
      )}
      {shown.state !== 'issued' && shown.contract === null && (
        <Alert tone="problem">{t('vouchers-console.notYours')}</Alert>
      )}
    </ProviderFrame>
  )
}
