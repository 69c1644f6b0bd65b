import type { CaseHead } from '../../db/cases/cases.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import type { Locale } from '../../locales/keys.ts'

type Words = {
  locale: Locale
  t: (
    key:
      | 'cases-console.jobs'
      | 'cases-console.claimSeen'
      | 'cases-console.claimSaid'
      | 'cases-console.claimNot',
    params: { name: string; count?: number },
  ) => string
}

/** A criterion of review that an application claims to meet. */
export type ClaimedCriterion = {
  id: string
  name: string
  /** With what staff found of it. */
  words: string
  /** 1: seen; 0: said, and nothing more; -1: not proved, so it counts as not said. */
  mark: number
}

/** Why a case stands where it stands in the order of review: the programme's criteria that it claims, proved or not. */
export function priorityOf(
  pack: Pick<PolicyPack, 'rules' | 'facts'>,
  head: Pick<
    CaseHead,
    | 'hasKeyGroup'
    | 'keyGroupJobs'
    | 'inLowIncomeVillage'
    | 'keyGroupMark'
    | 'keyGroupJobsMark'
    | 'lowIncomeVillageMark'
  >,
  { locale, t }: Words,
): ClaimedCriterion[] {
  const claims: Readonly<Record<string, { met: boolean; mark: number }>> = {
    'key-group': { met: head.hasKeyGroup, mark: head.keyGroupMark },
    'key-group-jobs': {
      met: head.keyGroupJobs >= pack.facts.keyGroupJobsForPreference.value,
      mark: head.keyGroupJobsMark,
    },
    'low-income-village': { met: head.inLowIncomeVillage, mark: head.lowIncomeVillageMark },
  }
  return pack.rules.review.flatMap(({ id, name: names }) => {
    const claim = claims[id]
    if (claim?.met !== true) return []
    const name =
      id === 'key-group-jobs'
        ? t('cases-console.jobs', { name: names[locale], count: head.keyGroupJobs })
        : names[locale]
    const key = claim.mark > 0 ? 'claimSeen' : claim.mark < 0 ? 'claimNot' : 'claimSaid'
    return [{ id, name, words: t(`cases-console.${key}`, { name }), mark: claim.mark }]
  })
}
