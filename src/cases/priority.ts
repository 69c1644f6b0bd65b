import type { CaseHead } from '../../db/cases/cases.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import type { Locale } from '../../locales/keys.ts'

type Words = {
  locale: Locale
  t: (key: 'cases-console.jobs', params: { name: string; count: number }) => string
}

/** Why a case stands where it stands in the order of review: the programme's criteria that it meets. */
export function priorityOf(
  pack: Pick<PolicyPack, 'rules' | 'facts'>,
  head: Pick<CaseHead, 'hasKeyGroup' | 'keyGroupJobs' | 'inLowIncomeVillage'>,
  { locale, t }: Words,
): string[] {
  const met: Readonly<Record<string, boolean>> = {
    'key-group': head.hasKeyGroup,
    'key-group-jobs': head.keyGroupJobs >= pack.facts.keyGroupJobsForPreference.value,
    'low-income-village': head.inLowIncomeVillage,
  }
  return pack.rules.review
    .filter(({ id }) => met[id] === true)
    .map(({ id, name }) =>
      id === 'key-group-jobs'
        ? t('cases-console.jobs', { name: name[locale], count: head.keyGroupJobs })
        : name[locale],
    )
}
