import type { FormAnswers } from './form-field.ts'

/** What the order of review hangs on, without anything that identifies a person. */
export type ApplicationFacts = {
  readonly hasKeyGroup: boolean
  readonly keyGroupJobs: number
  readonly inLowIncomeVillage: boolean
}

/** The answers that those facts are taken from. */
export const FACT_FIELDS: readonly string[] = ['keyGroups', 'keyGroupEmployees', 'lowIncomeVillage']

/**
 * The facts that put an application before another, from the form's `currentAnswers`, for columns
 * that can be sorted by. Only what was said counts: left out, refused or not
 * sure is no.
 */
export function applicationFacts(answers: FormAnswers): ApplicationFacts {
  const { keyGroups, keyGroupEmployees, lowIncomeVillage } = answers
  return {
    hasKeyGroup: Array.isArray(keyGroups) && keyGroups.length > 0,
    keyGroupJobs: typeof keyGroupEmployees === 'number' ? keyGroupEmployees : 0,
    inLowIncomeVillage: lowIncomeVillage === true,
  }
}
