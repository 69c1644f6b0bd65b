import { openCase } from '../../../db/cases/content.ts'
import { type Attempt, countAttempts } from '../../../db/cases/lookup.ts'
import { noticeAddress } from '../../../db/outbox/address.ts'
import { codeIndex, findLinkCode, loadCaseOwners } from '../../../db/people/link-codes.ts'
import { findLink } from '../../../db/people/links.ts'
import { Carried } from '../../../flows/engine/carried.ts'
import type { LinkingAsk, LinkingReply } from '../../../flows/people/link/ask.ts'
import { foldLastSix } from '../../../flows/programme/lookup-words.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { Deps } from '../../kernel/deps.ts'

const HOUR = 3600
/** Codes that one address may try in an hour; digits are a million. */
const TRIES_OF_ONE = 5
/** Codes that a whole channel may try in an hour: on the web a new address costs nothing. */
const TRIES_OF_ALL = 100
/** Proofs that one code, link or wish may be given, and that one person's case may be asked for in a day. */
const PROOFS_OF_ONE = 3
const PROOFS_OF_ALL = 10
/** A notice of a link is of use while it can still be undone. */
const TELL_HOURS = 72

/**
 * Joins the asker's contact to the one whose code or link it is. Who types is who gets to see: so a case
 * of that person must be proved, and where the only case is on this side the code has to be made here.
 * With ten live codes a guesser hits one in a thousand hours per channel, and then needs the proof too.
 */
export async function take(
  deps: Deps,
  asker: Asker,
  { key, proof }: Extract<LinkingAsk, { kind: 'take' }>,
): Promise<LinkingReply> {
  if ('code' in key && proof === null && !(await mayTry(deps, asker))) return { kind: 'too-many' }
  const found = await find(deps, asker, key)
  if (found === null) return { kind: 'wrong' }
  const { contactId, tokenHash, carried } = found
  if (contactId === asker.contactId) return { kind: 'same' }
  const owners = await loadCaseOwners(deps.db, [contactId, asker.contactId])
  const theirs = owners.filter((one) => one.contactId === contactId)
  if (theirs.length < owners.length) {
    if (theirs.length === 0) return { kind: 'other-way' }
    if (new Set(owners.map((one) => one.identityIndex)).size > 1) return { kind: 'two-people' }
  }
  const demand = await demandProof(deps, asker, contactId, tokenHash, proof)
  if (demand !== null) return demand
  const told = await tell(deps, asker, contactId)
  // From here on in this turn, the world is asked as that person.
  asker.contactId = contactId
  return { kind: 'taken', tokenHash, contactId, code: 'code' in key, told, carried }
}

/**
 * What stands between an asker and a contact that has a case: a proof by the end of its number, or of the
 * identity number where that may be asked for here; null where nothing does. `what` is tried for.
 */
export async function demandProof(
  deps: Deps,
  asker: Asker,
  contactId: string,
  what: string,
  proof: string | null,
): Promise<Extract<LinkingReply, { kind: 'prove' | 'not-proved' | 'too-many' }> | null> {
  const cases = await loadCaseOwners(deps.db, [contactId, contactId])
  if (cases.length === 0) return null
  const personal = deps.personalData(asker.address.channel)
  if (proof === null) return { kind: 'prove', personal }
  const key = (...parts: string[]) => deps.vault.index('link-proof', JSON.stringify(parts))
  const allowed = await countAttempts(deps.db, asker.at, [
    { key: await key('what', what), limit: PROOFS_OF_ONE, windowSeconds: HOUR },
    { key: await key('whose', contactId), limit: PROOFS_OF_ALL, windowSeconds: 24 * HOUR },
  ])
  if (!allowed) return { kind: 'too-many' }
  const typed = proof
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  const lastSix = personal ? foldLastSix(proof) : null
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

type Found = { contactId: string; tokenHash: string; carried: Carried | null }

async function find(
  { db, vault }: Deps,
  { at }: Asker,
  key: Extract<LinkingAsk, { kind: 'take' }>['key'],
): Promise<Found | null> {
  if ('code' in key) {
    const tokenHash = await codeIndex(vault, key.code)
    const contactId = await findLinkCode(db, tokenHash, at)
    return contactId === null ? null : { contactId, tokenHash, carried: null }
  }
  const tokenHash = await vault.index('link', key.token)
  const link = await findLink(db, vault, tokenHash, at)
  if (link === null) return null
  const carried = Carried.safeParse(link.carried)
  return { contactId: link.contactId, tokenHash, carried: carried.data ?? null }
}

async function mayTry({ db, vault }: Deps, { address, at }: Asker): Promise<boolean> {
  const key = (...parts: string[]) => vault.index('link-attempt', JSON.stringify(parts))
  const attempts: Attempt[] = [
    {
      key: await key('from', address.channel, address.id),
      limit: TRIES_OF_ONE,
      windowSeconds: HOUR,
    },
  ]
  // Who is over their own limit does not use up everybody's.
  if (!(await countAttempts(db, at, attempts))) return false
  return countAttempts(db, at, [
    { key: await key('all', address.channel), limit: TRIES_OF_ALL, windowSeconds: HOUR },
  ])
}

/** What the other chat hears, so that who did not do it themselves can undo it. */
async function tell(deps: Deps, { address, at }: Asker, contactId: string): Promise<unknown> {
  const reached = await noticeAddress(deps.db, contactId, 'answer')
  if (reached === null) return null
  const { to, locale } = reached
  const place = deps.translate(locale, `link.name-${address.channel}`)
  return {
    to,
    body: {
      text: deps.translate(locale, 'link.joined', { place }),
      quickReplies: [{ value: '!link:list', label: deps.translate(locale, 'link.list') }],
      // A typed number still answers the question that is open there.
      numbered: false,
    },
    expiresAt: new Date(Date.parse(at) + TELL_HOURS * HOUR * 1000).toISOString(),
  }
}
