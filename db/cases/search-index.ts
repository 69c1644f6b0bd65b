import { normaliseName } from '../../flows/programme/lookup-words.ts'
import type { Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import type { CaseContent } from './content.ts'

/** What an application can be found by; `business`: by two characters of its name beside each other. */
export type SearchField = 'name' | 'mobile' | 'business'

/** Of a token's HMAC so many characters are kept: 72 bits tell any two apart, and no more needs to lie there. */
const TOKEN = 12

/**
 * The name of a business as it is compared: letters and digits alone, whatever only looks different alike. Fewer than two
 * characters find nothing.
 */
export function businessWords(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Every two characters beside each other, once. */
export function gramsOf(words: string): string[] {
  const letters = [...words]
  return [...new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))]
}

/** By what a value is found in a district without being readable; the same value has another token in another one. */
export async function tokenOf(vault: Vault, field: SearchField, district: string, value: string) {
  return (await vault.index(`case-search:${field}:${district}`, value)).slice(0, TOKEN)
}

async function tokensOf(
  vault: Vault,
  district: string,
  { applicant, answers }: Pick<CaseContent, 'applicant' | 'answers'>,
): Promise<string[]> {
  const { enterpriseName } = answers
  const business = typeof enterpriseName === 'string' ? businessWords(enterpriseName) : ''
  const values: [SearchField, string][] = [
    ['name', normaliseName(applicant.name)],
    ...(applicant.mobile === null ? [] : [['mobile', applicant.mobile] as [SearchField, string]]),
    ...gramsOf(business).map((gram): [SearchField, string] => ['business', gram]),
  ]
  const tokens = values.map(([field, value]) => tokenOf(vault, field, district, value))
  return [...new Set(await Promise.all(tokens))]
}

/**
 * Makes a case findable by what it says now, and by nothing that it said before. `late`: what it says was read earlier; a case
 * that was indexed since has its own, and stays as it is.
 */
export async function indexForSearch(
  vault: Vault,
  caseId: string,
  found: Pick<CaseContent, 'applicant' | 'answers'> & { district: string },
  late = false,
): Promise<Statement[]> {
  const still = late ? 'AND EXISTS (SELECT 1 FROM cases WHERE id = ?1 AND indexed = 0)' : ''
  const tokens = JSON.stringify(await tokensOf(vault, found.district, found))
  return [
    { sql: `DELETE FROM case_search WHERE case_id = ?1 ${still}`, args: [caseId] },
    {
      sql: `INSERT INTO case_search (token, case_id) SELECT value, ?1 FROM json_each(?2) WHERE TRUE ${still}`,
      args: [caseId, tokens],
    },
  ]
}

/** Nothing leads to a case any more. */
export function dropFromSearch(caseId: string): Statement {
  return { sql: 'DELETE FROM case_search WHERE case_id = ?', args: [caseId] }
}
