import { formatVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { Field } from '../../../console/fields.tsx'
import { textIn } from '../../../console/form.ts'
import { HiddenFields } from '../../../console/lists.tsx'
import { Alert, PageHeader } from '../../../console/parts.tsx'
import type { ProviderView } from '../../find.ts'
import { toneOf } from '../list-page.tsx'
import type { Told } from '../read-form.ts'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'
import { HolderSays } from './holder-says.tsx'

/** A voucher whose code was shown: what the bargain needs and no more, and to agree on a price. */
export function ShownPage(props: {
  view: VouchersView
  shown: ProviderView
  code: string
  /** A contract as it was filled in. */
  told: Told
}) {
  const { view, shown, code, told } = props
  const { draft, above } = told
  const { t, money, kindName, stateName } = view
  return (
    <ProviderFrame view={view} title={shown.number}>
      <PageHeader title={kindName(shown.kind)} lead={shown.number}>
        <span class={`chip ${toneOf(shown.state)}`}>{stateName(shown.state)}</span>
      </PageHeader>
      {above !== null && <Alert tone="problem">{above}</Alert>}
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
          <HiddenFields values={{ key: textIn(draft, 'key'), code: formatVoucherCode(code) }} />
          <Field
            name="title"
            label={t('vouchers-console.title')}
            hint={t('vouchers-console.titleHint')}
            draft={draft}
            maxlength={60}
          />
          <Field
            name="total"
            label={t('vouchers-console.totalYuan')}
            hint={t('vouchers-console.totalHint')}
            draft={draft}
            maxlength={14}
          />
          <HolderSays
            view={view}
            ask={t('vouchers-console.askLock')}
            pin={t('vouchers-console.lockPin')}
            draft={draft}
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
