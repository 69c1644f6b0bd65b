import type { PackView } from '../../console/view.ts'
import { ALONE_UP_TO, type CampaignProblem } from '../change-campaign.ts'
import { MAX_ALT, MAX_TEXT } from '../content.ts'

/** Why something with a broadcast was not done, and what to do. */
export function problemWords({ t }: PackView, problem: CampaignProblem): string {
  switch (problem.kind) {
    case 'wrong-state':
      return t('campaigns-console.problem-wrong-state', {
        state: t(`campaigns-console.state-${problem.state}`),
      })
    case 'invalid':
      return t(`campaigns-console.problem-invalid-${problem.field}`, { max: MAX_TEXT })
    case 'hole':
      return t(`campaigns-console.problem-hole-${problem.hole.problem}`, {
        language: t(`campaigns-console.language-${problem.locale}`),
        hole: problem.hole.hole,
      })
    case 'image':
      return t(`campaigns-console.problem-image-${problem.image}`, { max: MAX_ALT })
    case 'own-campaign':
      return t('campaigns-console.problem-own-campaign', { count: ALONE_UP_TO })
    default:
      return t(`campaigns-console.problem-${problem.kind}`)
  }
}
