import type { PackView } from '../../console/view.ts'

const KINDS = [
  ['current', '/console/campaigns'],
  ['past', '/console/campaigns?past=1'],
  ['lists', '/console/lists'],
] as const

/** The pages of broadcasts, side by side. */
export function Kinds({ view, of }: { view: PackView; of: (typeof KINDS)[number][0] }) {
  const { t } = view
  return (
    <nav class="tabs" aria-label={t('campaigns-console.campaigns')}>
      {KINDS.map(([kind, href]) => (
        <a href={href} aria-current={kind === of ? 'page' : undefined}>
          {t(`campaigns-console.${kind}`)}
        </a>
      ))}
    </nav>
  )
}
