import type { Child } from 'hono/jsx'
import { Page } from '../../console/layout.tsx'
import { Tabs } from '../../console/parts.tsx'
import type { VouchersView } from './view.ts'

const TABS = [
  { path: '/console/vouchers', label: 'vouchers', action: 'vouchers.read' },
  { path: '/console/vouchers/issue', label: 'issue', action: 'vouchers.issue' },
  { path: '/console/vouchers/settlement', label: 'settlement', action: 'vouchers.read' },
  { path: '/console/vouchers/budget', label: 'budget', action: 'vouchers.budget' },
  { path: '/console/providers', label: 'providers', action: 'vouchers.read' },
] as const

/** A page about vouchers for the office: its tabs, and that the rules are a sample while they are. */
export function VouchersPage(props: { view: VouchersView; title: string; children: Child }) {
  const { view, title, children } = props
  const { t, path } = view
  return (
    <Page view={view} title={title}>
      <Sample view={view} />
      <Tabs
        label={t('vouchers-console.vouchers')}
        tabs={TABS.filter(({ action }) => view.may(action)).map(({ path: href, label }) => ({
          href,
          label: t(`vouchers-console.${label}`),
          here: href === path,
        }))}
      />
      {children}
    </Page>
  )
}

/** What is said of the rules wherever vouchers are shown, while they are made up. */
export function Sample({ view }: { view: VouchersView }) {
  const { sample, notice } = view.world.pack.vouchers
  return sample ? <p class="sample">{notice[view.locale]}</p> : null
}
