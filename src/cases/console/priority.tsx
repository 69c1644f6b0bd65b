import type { View } from '../../console/view.ts'

/** Why a case stands where it stands (src/cases/priority.ts), as chips. */
export function Priority({ view, reasons }: { view: View; reasons: readonly string[] }) {
  return (
    <span class="chips">
      {reasons.length === 0 ? (
        <span class="chip none">{view.t('cases-console.noGroup')}</span>
      ) : (
        reasons.map((reason) => <span class="chip good">{reason}</span>)
      )}
    </span>
  )
}
