import type { Child } from 'hono/jsx'
import { Page } from '../../../console/layout.tsx'
import { Tabs } from '../../../console/parts.tsx'
import { Sample } from '../frame.tsx'
import type { VouchersView } from '../view.ts'

const TABS = [
  ['/console/redeem', 'readCode'],
  ['/console/redeem/own', 'own'],
  ['/console/redeem/settlement', 'settlement'],
] as const

/** A page for a provider: on a phone, at a counter. */
export function ProviderFrame(props: { view: VouchersView; title: string; children: Child }) {
  const { view, title, children } = props
  const { t, path } = view
  return (
    <Page view={view} title={title}>
      <Sample view={view} />
      <Tabs
        label={t('vouchers-console.redeemPages')}
        tabs={TABS.map(([href, label]) => ({
          href,
          label: t(`vouchers-console.${label}`),
          here: href === path,
        }))}
      />
      <div class="counter">{children}</div>
    </Page>
  )
}
