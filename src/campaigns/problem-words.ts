import type { MessageKey } from '../../locales/keys.ts'
import { ALONE_UP_TO, type CampaignProblem } from './change-campaign.ts'
import { MAX_ALT, MAX_TEXT } from './content.ts'

type Words = {
  t: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string
}

/** Why something with a broadcast was not done, and what to do. */
export function campaignProblemWords({ t }: Words, problem: CampaignProblem): string {
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
