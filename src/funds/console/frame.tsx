import type { Child } from 'hono/jsx'
import { FUNDS, type Fund } from '../../../flows/programme/money/funds.ts'
import { Page } from '../../console/layout.tsx'
import { Tabs } from '../../console/parts.tsx'
import type { FundsView } from './view.ts'

/** A page about money by level: its tabs, and the two funds where it shows one of them. */
export function FundsPage(props: {
  view: FundsView
  title: string
  /** Which fund is shown, and the address of the page of the other. */
  shown?: { fund: Fund; path: string }
  children: Child
}) {
  const { view, title, shown, children } = props
  const { t, path } = view
  const tabs = [
    { href: '/console/funds', label: t('funds-console.byPlace') },
    { href: '/console/grants', label: t('funds-console.byEnterprise') },
  ]
  return (
    <Page view={view} title={title}>
      <Tabs
        label={t('funds-console.funds')}
        tabs={tabs.map((tab) => ({ ...tab, here: path.startsWith(tab.href) }))}
      />
      {shown !== undefined && (
        <Tabs
          class="tabs small"
          label={t('funds-console.whichFund')}
          tabs={FUNDS.map((fund) => ({
            href: `${shown.path}?fund=${fund}`,
            label: t(`funds-console.fund-${fund}`),
            here: fund === shown.fund,
          }))}
        />
      )}
      {children}
    </Page>
  )
}
