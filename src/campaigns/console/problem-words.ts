import { ALONE_UP_TO, type CampaignProblem } from '../change-campaign.ts'
import { MAX_ALT, MAX_TEXT } from '../content.ts'
import type { CampaignsView } from './view.ts'

/** Why something with a broadcast was not done, and what to do. */
export function problemWords({ c }: CampaignsView, problem: CampaignProblem): string {
  switch (problem.kind) {
    case 'wrong-state':
      return c('problem-wrong-state', { state: c(`state-${problem.state}`) })
    case 'invalid':
      return c(`problem-invalid-${problem.field}`, { max: MAX_TEXT })
    case 'hole':
      return c(`problem-hole-${problem.hole.problem}`, {
        language: c(`language-${problem.locale}`),
        hole: problem.hole.hole,
      })
    case 'image':
      return c(`problem-image-${problem.image}`, { max: MAX_ALT })
    case 'own-campaign':
      return c('problem-own-campaign', { count: ALONE_UP_TO })
    default:
      return c(`problem-${problem.kind}`)
  }
}
