import type { Child } from 'hono/jsx'
import { Page } from '../../../console/layout.tsx'
import { Sample } from '../frame.tsx'
import type { VouchersView } from '../view.ts'

/** A page for a provider: on a phone, at a counter. */
export function ProviderFrame(props: { view: VouchersView; title: string; children: Child }) {
  const { view, title, children } = props
  const { t, path } = view
  return (
    <Page view={view} title={title}>
      <Sample view={view} />
      <nav class="tabs" aria-label={t('vouchers-console.redeemPages')}>
        {(
          [
            ['/console/redeem', 'readCode'],
            ['/console/redeem/own', 'own'],
            ['/console/redeem/settlement', 'settlement'],
          ] as const
        ).map(([to, label]) => (
          <a href={to} aria-current={to === path ? 'page' : undefined}>
            {t(`vouchers-console.${label}`)}
          </a>
        ))}
      </nav>
      <div class="counter">{children}</div>
    </Page>
  )
}
