import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { CaseHead } from '../../db/cases/cases.ts'
import { type Attempt, countAttempts, findCaseForLookup } from '../../db/cases/lookup.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { normaliseLastSix, normaliseName } from '../../flows/programme/lookup-words.ts'
import { parseCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import type { CaseContext } from './move-case.ts'

/** What a person types to see a case that is not tied to their conversation. */
export type LookUpRequest = { number: string; lastSix: string; name: string; from: Address }

export type CaseLookUp =
  | { kind: 'found'; head: CaseHead; events: CaseEvent[] }
  /** There is no such case, or the rest does not fit it; nobody is told which. */
  | { kind: 'not-found' }
  | { kind: 'too-many' }
  /** It cannot be a number of ours. That is seen without looking, and not counted. */
  | { kind: 'empty' | 'malformed' | 'check-failed' }

/**
 * Looks up a case by its number, the last six of the identity number and the name. A wrong proof and
 * a case that does not exist are one answer. Tries are counted by who asks, by the number, and by
 * the person asked about, so that neither a case's proof nor a person's case can be guessed.
 */
export async function lookUpCase(
  { db, vault, now, pack }: Omit<CaseContext, 'personalData'>,
  { number: typed, lastSix, name, from }: LookUpRequest,
): Promise<CaseLookUp> {
  const number = parseCaseNumber(pack.stages.numbering, typed)
  if (!number.ok) return { kind: number.problem }
  const proof = {
    number: number.value,
    lastSix: normaliseLastSix(lastSix) ?? '',
    name: normaliseName(name),
  }
  const allowed = await countAttempts(db, now(), await attemptsOf(vault, from, proof))
  if (!allowed) return { kind: 'too-many' }
  const head = await findCaseForLookup(db, vault, proof)
  const file = head === null ? null : await loadCaseFile(db, vault, { id: head.id })
  return file === null ? { kind: 'not-found' } : { kind: 'found', ...file }
}

async function attemptsOf(
  vault: Vault,
  from: Address,
  { number, lastSix, name }: { number: string; lastSix: string; name: string },
): Promise<Attempt[]> {
  const key = (...parts: string[]) => vault.index('case-attempt', JSON.stringify(parts))
  const hour = { limit: 10, windowSeconds: 3600 }
  return [
    { key: await key('from', from.channel, from.id), limit: 5, windowSeconds: 900 },
    { key: await key('number', number), ...hour },
    { key: await key('person', lastSix, name), ...hour },
  ]
}
