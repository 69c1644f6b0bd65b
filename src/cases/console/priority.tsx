import type { View } from '../../console/view.ts'
import type { ClaimedCriterion } from '../priority.ts'

/** Why a case stands where it stands (src/cases/priority.ts), as chips: what is proved looks other than what is said. */
export function Priority({ view, claims }: { view: View; claims: readonly ClaimedCriterion[] }) {
  return (
    <span class="chips">
      {claims.length === 0 ? (
        <span class="chip none">{view.t('cases-console.noGroup')}</span>
      ) : (
        claims.map(({ words, mark }) => (
          <span class={`chip ${mark > 0 ? 'good' : mark < 0 ? 'none' : ''}`}>{words}</span>
        ))
      )}
    </span>
  )
}
