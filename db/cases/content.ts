import type { ApplicationFacts } from '../../flows/programme/form/application-facts.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { normaliseLastSix, normaliseName } from '../../flows/programme/lookup-words.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { type Vault, VaultError } from '../core/vault.ts'

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
  'applicant, answers, identity_index, lookup_index, has_key_group, key_group_jobs, in_low_income_village, mobile_index, credit_index, indexed'

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
    ...(await relationIndexes(vault, { applicant, answers })),
    1,
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

/** What cases say, by the case; what is erased, or does not open, is left out. */
export async function openApplications(
  db: Database,
  vault: Vault,
  caseIds: readonly string[],
): Promise<Map<string, { applicant: Applicant; answers: FormAnswers }>> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, applicant, answers FROM cases WHERE id IN (SELECT value FROM json_each(?))`,
      args: [JSON.stringify(caseIds)],
    },
  ])
  const found = new Map<string, { applicant: Applicant; answers: FormAnswers }>()
  for (const [id, applicant, answers] of rows) {
    if (!(applicant instanceof Uint8Array && answers instanceof Uint8Array)) continue
    try {
      found.set(String(id), {
        applicant: JSON.parse(await vault.openText(applicant, applicantContext(String(id)))),
        answers: JSON.parse(await vault.openText(answers, answersContext(String(id)))),
      })
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
    }
  }
  return found
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
    JSON.stringify([number, normaliseLastSix(lastSix) ?? '', normaliseName(name)]),
  )
}

/**
 * By which other cases of the same mobile and of the same business are found: `mobile_index` and
 * `credit_index`, null where the application names none.
 */
export async function relationIndexes(
  vault: Vault,
  { applicant, answers }: Pick<CaseContent, 'applicant' | 'answers'>,
): Promise<[string | null, string | null]> {
  const { creditCode } = answers
  return [
    applicant.mobile === null ? null : await vault.index('mobile', applicant.mobile),
    typeof creditCode === 'string' ? await vault.index('credit-code', creditCode) : null,
  ]
}
