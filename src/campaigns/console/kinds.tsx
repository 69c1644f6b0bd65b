import { Tabs } from '../../console/parts.tsx'
import type { PackView } from '../../console/view.ts'

const KINDS = [
  ['current', '/console/campaigns'],
  ['past', '/console/campaigns?past=1'],
  ['lists', '/console/lists'],
] as const

/** The pages of broadcasts, side by side. */
export function Kinds({ view, of }: { view: PackView; of: (typeof KINDS)[number][0] }) {
  const { t } = view
  const tabs = KINDS.map(([kind, href]) => ({
    href,
    label: t(`campaigns-console.${kind}`),
    here: kind === of,
  }))
  return <Tabs label={t('campaigns-console.campaigns')} tabs={tabs} />
}
