import type { CampaignsView } from './view.ts'

const KINDS = [
  ['current', '/console/campaigns'],
  ['past', '/console/campaigns?past=1'],
  ['lists', '/console/lists'],
] as const

/** The pages of broadcasts, side by side. */
export function Kinds({ view, of }: { view: CampaignsView; of: (typeof KINDS)[number][0] }) {
  const { c } = view
  return (
    <nav class="tabs" aria-label={c('campaigns')}>
      {KINDS.map(([kind, href]) => (
        <a href={href} aria-current={kind === of ? 'page' : undefined}>
          {c(kind)}
        </a>
      ))}
    </nav>
  )
}
