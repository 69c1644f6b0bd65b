import { openCase } from '../../../db/cases/content.ts'
import {
  dropLinkAsk,
  findLinkAsk,
  insertLinkAsk,
  type LinkAsk,
} from '../../../db/people/link-asks.ts'
import { codeIndex, findLinkCode, loadCaseOwners } from '../../../db/people/link-codes.ts'
import { joinStatements } from '../../../db/people/link-joins.ts'
import { findLink } from '../../../db/people/links.ts'
import { listAddresses } from '../../../db/people/unlink.ts'
import { Carried } from '../../../flows/channels/channel-redirect/carried.ts'
import type { Address } from '../../../flows/engine/types.ts'
import type { LinkIntent, LinkingAsk, LinkingReply, Who } from '../../../flows/people/link/ask.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { draftsFor } from './linking-runs.ts'
import { demandProof, mayTry } from './linking-take.ts'
import { tellChat } from './tell-chat.ts'

/** So long the chat that made a code may say yes to who used it. */
const ANSWER_MINUTES = 30
/** So long a joining can be undone. */
const UNDO_DAYS = 30

type Found = {
  contactId: string
  /** The chat that made it. */
  from: Address
  tokenHash: string
  wish: string | null
}
type Key = Extract<LinkingAsk, { kind: 'take' }>['key']

/**
 * Tells which chat a code or a link is of, so that the person can agree or not. Nothing is used up and nothing
 * changes: whoever sends a link to somebody gets nothing by its being opened. Who agrees gets to see, so a case
 * of the other side must be proved first, and where the only case is on this side the code is to be made here.
 */
export async function take(
  deps: Deps,
  requester: Requester,
  { key, proof }: Extract<LinkingAsk, { kind: 'take' }>,
): Promise<LinkingReply> {
  if ('code' in key && proof === null && !(await mayTry(deps, requester)))
    return { kind: 'too-many' }
  const found = await find(deps, requester, key)
  if (found === null) return { kind: 'wrong' }
  const refusal = await refuse(deps, requester.contactId, found.contactId)
  if (refusal !== null) return refusal
  const demand = await demandProof(deps, requester, found.contactId, found.tokenHash, proof)
  if (demand !== null) return demand
  return { kind: 'asks', who: await whoOf(deps, found), proved: proof !== null }
}

/** The person agrees: the code is used up, and the chat that made it is asked. Nothing else changes. */
export async function agree(
  deps: Deps,
  requester: Requester,
  { key, proved }: Extract<LinkIntent, { kind: 'link.agree' }>,
): Promise<Planned<LinkingReply>> {
  const found = await find(deps, requester, key)
  if (found === null) return { reply: { kind: 'wrong' } }
  const refusal = await refuse(deps, requester.contactId, found.contactId)
  if (refusal !== null) return { reply: refusal }
  if (!proved) {
    // A case may have come about over there since.
    const demand = await demandProof(deps, requester, found.contactId, found.tokenHash, null)
    if (demand !== null) return { reply: demand }
  }
  const { at } = requester
  const ask = {
    id: deps.newId(),
    maker: { contactId: found.contactId, address: found.from },
    taker: { contactId: requester.contactId, address: requester.address },
    wish: found.wish,
    at,
  }
  const used = { code: 'code' in key, tokenHash: found.tokenHash }
  const expiresAt = new Date(Date.parse(at) + ANSWER_MINUTES * 60_000).toISOString()
  const told = await tellChat(deps, found.from, at, {
    key: 'link.answerAsk',
    about: requester.address,
    buttons: [
      { value: `!link:yes:${ask.id}`, key: 'link.answerYes' },
      { value: `!link:no:${ask.id}`, key: 'link.answerNo' },
    ],
    hours: ANSWER_MINUTES / 60,
  })
  return {
    reply: { kind: 'agreed', minutes: ANSWER_MINUTES },
    saves: [async ({ id }) => [...insertLinkAsk(ask, used, expiresAt), await told(`asked:${id}`)]],
  }
}

/** The chat that made the code says yes, and both are one; or no, and nothing has changed. */
export async function answer(
  deps: Deps,
  requester: Requester,
  { id, yes }: Extract<LinkIntent, { kind: 'link.answer' }>,
): Promise<Planned<LinkingReply>> {
  const ask = await findLinkAsk(deps.db, requester.address, id, requester.at)
  if (ask === null || ask.maker.contactId !== requester.contactId)
    return { reply: { kind: 'nothing' } }
  return yes ? accept(deps, requester, ask) : decline(deps, requester, ask)
}

async function accept(
  deps: Deps,
  requester: Requester,
  ask: LinkAsk,
): Promise<Planned<LinkingReply>> {
  const { address, at } = requester
  const { maker, taker } = ask
  const refusal = await refuse(deps, taker.contactId, maker.contactId)
  if (refusal !== null) {
    return { reply: refusal.kind === 'two-people' ? refusal : { kind: 'nothing' } }
  }
  const owners = await loadCaseOwners(deps.db, [maker.contactId, taker.contactId])
  // Cases of both: `refuse` has found that they are of one identity.
  const proved = new Set(owners.map(({ contactId }) => contactId)).size === 2
  const wish = ask.wish === 'copy' ? [{ value: '!my-data:copy', key: 'my-data.copy' } as const] : []
  const undoUntil = new Date(Date.parse(at) + UNDO_DAYS * 86_400_000).toISOString()
  const told = await tellChat(deps, taker.address, at, {
    key: 'link.joined',
    about: address,
    buttons: [...wish, { value: `!link:part:${ask.id}`, key: 'link.part' }],
  })
  const giveTo = await draftsFor(deps, requester, taker.address)
  return {
    reply: { kind: 'joined', id: ask.id, giveTo },
    saves: [
      async ({ id }) => [
        ...joinStatements({ ask, proved, undoUntil }, { id, at }),
        await told(`answered:${id}`),
      ],
    ],
  }
}

async function decline(
  deps: Deps,
  { address, at }: Requester,
  ask: LinkAsk,
): Promise<Planned<LinkingReply>> {
  const told = await tellChat(deps, ask.taker.address, at, {
    key: 'link.refusedThere',
    about: address,
    buttons: [],
  })
  return {
    reply: { kind: 'refused' },
    saves: [async ({ id }) => [dropLinkAsk(ask.id), await told(`answered:${id}`)]],
  }
}

/** Why the contact of who takes and that of who made the code cannot be one; null: they can. */
async function refuse(
  deps: Deps,
  takerId: string,
  makerId: string,
): Promise<Extract<LinkingReply, { kind: 'same' | 'other-way' | 'two-people' }> | null> {
  if (takerId === makerId) return { kind: 'same' }
  const owners = await loadCaseOwners(deps.db, [makerId, takerId])
  const theirs = owners.filter((one) => one.contactId === makerId)
  if (theirs.length === owners.length) return null
  if (theirs.length === 0) return { kind: 'other-way' }
  const identities = new Set(owners.map((one) => one.identityIndex))
  return identities.size > 1 || identities.has(null) ? { kind: 'two-people' } : null
}

async function whoOf(deps: Deps, { contactId, from }: Found): Promise<Who> {
  const all = await listAddresses(deps.db, contactId)
  const since = all.find(
    ({ address }) => address.channel === from.channel && address.id === from.id,
  )
  const [first] = await loadCaseOwners(deps.db, [contactId, contactId])
  const opened = first === undefined ? null : await openCase(deps.db, deps.vault, first.caseId)
  return {
    place: from.channel,
    end: from.id.slice(-2),
    since: since === undefined ? '' : chinaDay(since.since),
    name: opened === null ? null : maskName(opened.applicant.name),
  }
}

async function find({ db, vault }: Deps, { at }: Requester, key: Key): Promise<Found | null> {
  if ('code' in key) {
    const tokenHash = await codeIndex(vault, key.code)
    const code = await findLinkCode(db, tokenHash, at)
    return code === null ? null : { ...code, tokenHash, wish: null }
  }
  const tokenHash = await vault.index('link', key.token)
  const link = await findLink(db, vault, tokenHash, at)
  const carried = Carried.safeParse(link?.carried).data
  // A link that only brings something along joins nobody.
  if (link?.from == null || carried?.flow !== 'link') return null
  const { contactId, from } = link
  const wish = carried.input.type === 'choice' ? carried.input.value : ''
  return { contactId, from, tokenHash, wish: wish === '' ? null : wish }
}
