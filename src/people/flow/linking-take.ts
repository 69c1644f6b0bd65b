import { openCase } from '../../../db/cases/content.ts'
import { type Attempt, countAttempts } from '../../../db/cases/lookup.ts'
import { loadCaseOwners } from '../../../db/people/link-codes.ts'
import type { LinkingReply } from '../../../flows/people/link/ask.ts'
import { normaliseLastSix } from '../../../flows/programme/lookup-words.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'

const HOUR = 3600
/** Codes that one address may try in an hour; digits are a million. */
const TRIES_OF_ONE = 5
/** Codes that may be tried from one network in an hour: on the web a new chat costs nothing. */
const TRIES_OF_NETWORK = 100
/** Proofs that one code, link or wish may be given, and that one person's case may be asked for in a day. */
const PROOFS_OF_ONE = 3
const PROOFS_OF_ALL = 10

/**
 * What stands between an requester and a contact that has a case: a proof by the end of its number, or of the
 * identity number where that may be asked for here; null where nothing does. `what` is tried for.
 */
export async function demandProof(
  deps: Deps,
  requester: Requester,
  contactId: string,
  what: string,
  proof: string | null,
): Promise<Extract<LinkingReply, { kind: 'prove' | 'not-proved' | 'too-many' }> | null> {
  const cases = await loadCaseOwners(deps.db, [contactId, contactId])
  if (cases.length === 0) return null
  const personal = deps.personalData(requester.address.channel)
  if (proof === null) return { kind: 'prove', personal }
  const key = (...parts: string[]) => deps.vault.index('link-proof', JSON.stringify(parts))
  const allowed = await countAttempts(deps.db, requester.at, [
    { key: await key('what', what), limit: PROOFS_OF_ONE, windowSeconds: HOUR },
    { key: await key('whose', contactId), limit: PROOFS_OF_ALL, windowSeconds: 24 * HOUR },
  ])
  if (!allowed) return { kind: 'too-many' }
  const typed = proof
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  const lastSix = personal ? normaliseLastSix(proof) : null
  let proved = false
  // All of them, so that a wrong proof takes as long as a right one.
  for (const { caseId, number } of cases) {
    const plain = number.replaceAll('-', '')
    const opened = await openCase(deps.db, deps.vault, caseId)
    if (typed === plain || typed === plain.slice(-6)) proved = true
    if (lastSix !== null && opened?.applicant.identityNumber.slice(-6) === lastSix) proved = true
  }
  return proved ? null : { kind: 'not-proved' }
}

/** Counts a try to guess a code; false where it is one too many. */
export async function mayTry(
  { db, vault }: Deps,
  { address, at, network }: Requester,
): Promise<boolean> {
  const key = (...parts: string[]) => vault.index('link-attempt', JSON.stringify(parts))
  const attempts: Attempt[] = [
    {
      key: await key('from', address.channel, address.id),
      limit: TRIES_OF_ONE,
      windowSeconds: HOUR,
    },
  ]
  // Who is over their own limit does not use up their neighbours'; nobody can use up everybody's.
  if (!(await countAttempts(db, at, attempts))) return false
  return countAttempts(db, at, [
    {
      key: await key('all', address.channel, network ?? ''),
      limit: TRIES_OF_NETWORK,
      windowSeconds: HOUR,
    },
  ])
}
