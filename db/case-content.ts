import type { ApplicationFacts } from '../flows/programme/application-facts.ts'
import type { FormAnswers } from '../flows/programme/form-field.ts'
import { foldLastSix, foldName } from '../flows/programme/lookup-words.ts'
import type { Database, SqlValue } from './database.ts'
import type { Vault } from './vault.ts'

/** Who applies; sealed wherever it is kept. */
export type Applicant = {
  name: string
  /** As `checkIdentityNumber` returns it. */
  identityNumber: string
  mobile: string | null
  bankAccount: string | null
}

/** What an application says. `facts` are kept open, since the queue is sorted by them. */
export type CaseContent = { applicant: Applicant; answers: FormAnswers; facts: ApplicationFacts }

/** The columns that hold what an application says. */
export const CONTENT_COLUMNS =
  'applicant, answers, identity_index, lookup_index, has_key_group, key_group_jobs, in_low_income_village'

/** Their values, in that order, sealed for one case. */
export async function contentValues(
  vault: Vault,
  caseId: string,
  number: string,
  { applicant, answers, facts }: CaseContent,
): Promise<SqlValue[]> {
  return [
    await vault.seal(JSON.stringify(applicant), applicantContext(caseId)),
    await vault.seal(JSON.stringify(answers), answersContext(caseId)),
    await identityIndex(vault, applicant.identityNumber),
    await lookupIndex(vault, { number, lastSix: applicant.identityNumber, name: applicant.name }),
    Number(facts.hasKeyGroup),
    facts.keyGroupJobs,
    Number(facts.inLowIncomeVillage),
  ]
}

/** What a case says, opened; null where it was erased or there is none. */
export async function openCase(
  db: Database,
  vault: Vault,
  caseId: string,
): Promise<{ applicant: Applicant; answers: FormAnswers } | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT applicant, answers FROM cases WHERE id = ?', args: [caseId] },
  ])
  const [applicant, answers] = rows[0] ?? []
  if (!(applicant instanceof Uint8Array && answers instanceof Uint8Array)) return null
  // Our own JSON, authenticated by the seal.
  return {
    applicant: JSON.parse(await vault.openText(applicant, applicantContext(caseId))),
    answers: JSON.parse(await vault.openText(answers, answersContext(caseId))),
  }
}

/** Where the person of a case is sealed for. */
export function applicantContext(caseId: string): string {
  return `case:${caseId}:applicant`
}

/** Where the answers of a case are sealed for. */
export function answersContext(caseId: string): string {
  return `case:${caseId}:answers`
}

/** By which an identity number is found without being readable. */
export function identityIndex(vault: Vault, identityNumber: string): Promise<string> {
  return vault.index('identity', identityNumber)
}

/**
 * The proof that somebody knows a case: its number, the last six of the identity number and the
 * name, as one blind index, so that a look-up opens nothing and takes as long with a wrong proof.
 */
export function lookupIndex(
  vault: Vault,
  { number, lastSix, name }: { number: string; lastSix: string; name: string },
): Promise<string> {
  return vault.index(
    'case-lookup',
    JSON.stringify([number, foldLastSix(lastSix) ?? '', foldName(name)]),
  )
}
