import type { ConsentRequest } from '../../../../db/vouchers/consent-requests.ts'
import { Alert, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'

/** Waits for the holder's yes, and says what became of it; looks anew by itself while it is open. */
export function AskPage(props: {
  view: VouchersView
  status: ConsentRequest['status']
  ask: ConsentRequest
  number: string
}) {
  const { view, status, ask, number } = props
  const { t, money } = view
  const renew =
    status === 'asked'
      ? {
          'data-hx-get': `/console/asks/${ask.id}`,
          'data-hx-trigger': 'every 3s',
          'data-hx-select': '#ask',
          'data-hx-swap': 'outerMorph',
        }
      : {}
  return (
    <ProviderFrame view={view} title={t(`vouchers-console.asked-${ask.what}`)}>
      <div id="ask" class="stack" aria-live="polite" {...renew}>
        <PageHeader title={t(`vouchers-console.asked-${ask.what}`)} lead={number} />
        <section class="sheet">
          <dl>
            {ask.totalFen !== null && (
              <>
                <dt>{t('vouchers-console.title')}</dt>
                <dd>{ask.title}</dd>
                <dt>{t('vouchers-console.total')}</dt>
                <dd>{money(ask.totalFen)}</dd>
              </>
            )}
            <dt>{t('vouchers-console.voucherPays')}</dt>
            <dd class="big">{money(ask.amountFen)}</dd>
            {status === 'asked' && (
              <>
                <dt>{t('vouchers-console.until')}</dt>
                <dd>{showTime(view, ask.expiresAt)}</dd>
              </>
            )}
          </dl>
        </section>
        {status === 'asked' && <p class="waits">{t('vouchers-console.waits')}</p>}
        {status === 'done' && <Alert tone="done">{t(`vouchers-console.agreed-${ask.what}`)}</Alert>}
        {(status === 'refused' || status === 'lapsed') && (
          <Alert tone="problem">{t(`vouchers-console.ask-${status}`)}</Alert>
        )}
        {status !== 'asked' && (
          <a
            class="button wide"
            href={
              status === 'done' || ask.what === 'redeem'
                ? `/console/redeem/${number}`
                : '/console/redeem'
            }
          >
            {t(
              status === 'done' || ask.what === 'redeem'
                ? 'vouchers-console.toOwn'
                : 'vouchers-console.readCode',
            )}
          </a>
        )}
      </div>
    </ProviderFrame>
  )
}
