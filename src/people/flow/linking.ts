import { loadConversations } from '../../../db/people/carried-runs.ts'
import { codeIndex } from '../../../db/people/link-codes.ts'
import { listAddresses } from '../../../db/people/unlink.ts'
import { LinkingAsk, type LinkingReply, type Listed } from '../../../flows/people/link/ask.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'
import { agree, answer, take } from './agree.ts'
import { bring, entryOf, give, waiting } from './linking-runs.ts'
import { demandProof } from './linking-take.ts'
import { part } from './part.ts'

/** A code, and a link that does the same, are good for so long. */
const MINUTES = 10
/** A picture is not worth waiting longer for; the code does the same. */
const PICTURE_MILLISECONDS = 2500

/**
 * Answers the flow that joins a person's chats and takes them apart. Digits are guessed in vain: see
 * `mayTry`. Nothing of it is answered where others read along. Throws for a foreign `ask`.
 */
export async function answerLinking(
  deps: Deps,
  requester: Requester,
  ask: unknown,
  locale: Locale,
): Promise<LinkingReply> {
  const asked = LinkingAsk.parse(ask)
  if (asked.kind === 'settled') return { kind: 'settled' }
  if (requester.shared === true) return { kind: 'not-here' }
  switch (asked.kind) {
    case 'ways':
      return ways(deps, requester)
    case 'qr':
      return picture(deps, requester)
    case 'take':
      return take(deps, requester, asked)
    case 'agree':
      return agree(deps, requester, asked)
    case 'answer':
      return answer(deps, requester, asked)
    case 'part':
      return part(deps, requester, asked.id)
    case 'waiting':
      return waiting(deps, requester)
    case 'bring':
      return bring(deps, requester, locale)
    case 'give':
      return give(deps, requester, asked.entry)
    case 'addresses':
      return { kind: 'addresses', addresses: await addresses(deps, requester) }
    case 'unlink':
      return unlink(deps, requester, asked)
  }
}

async function ways(deps: Deps, requester: Requester): Promise<LinkingReply> {
  const code = sixDigits()
  const { token, ...link } = await newLink(deps, requester)
  const here = requester.address.channel
  const bot = deps.linkTo?.telegramBot
  return {
    kind: 'ways',
    code,
    codeIndex: await codeIndex(deps.vault, code),
    minutes: MINUTES,
    ...link,
    web: here === 'web' ? null : `${deps.webUrl()}/#go=${token}`,
    telegram:
      here === 'telegram' || bot === undefined ? null : `https://t.me/${bot}?start=link-${token}`,
    qr: here !== 'wechat-mp' && deps.linkTo?.officialAccount !== undefined,
  }
}

async function picture(deps: Deps, requester: Requester): Promise<LinkingReply> {
  const { token, ...link } = await newLink(deps, requester)
  const made = deps.linkTo?.officialAccount?.(`link-${token}`, MINUTES * 60).catch(() => null)
  const value = await Promise.race([made ?? null, later(PICTURE_MILLISECONDS)])
  return value === null ? { kind: 'no-qr' } : { kind: 'qr', value, minutes: MINUTES, ...link }
}

async function newLink(deps: Deps, requester: Requester) {
  const token = deps.newId()
  return {
    token,
    tokenHash: await deps.vault.index('link', token),
    expiresAt: new Date(Date.parse(requester.at) + MINUTES * 60_000).toISOString(),
  }
}

async function addresses(deps: Deps, requester: Requester): Promise<Listed[]> {
  const all = await listAddresses(deps.db, requester.contactId)
  return Promise.all(
    all.map(async ({ address, since }) => ({
      entry: await entryOf(deps, address),
      place: address.channel,
      end: address.id.slice(-2),
      since: chinaDay(since),
      here: address.channel === requester.address.channel && address.id === requester.address.id,
    })),
  )
}

/** Takes another chat away only for who proves that a case is theirs; one's own may always be left. */
async function unlink(
  deps: Deps,
  requester: Requester,
  { entry, proof }: Extract<LinkingAsk, { kind: 'unlink' }>,
): Promise<LinkingReply> {
  const listed = await addresses(deps, requester)
  const wanted = listed.find((one) => one.entry === entry)
  if (wanted === undefined || listed.length < 2) return { kind: 'nothing' }
  if (!wanted.here) {
    const demand = await demandProof(deps, requester, requester.contactId, `unlink:${entry}`, proof)
    if (demand !== null) return demand
  }
  const all = await listAddresses(deps.db, requester.contactId)
  const address = all[listed.indexOf(wanted)]?.address ?? requester.address
  const { own } = await loadConversations(deps.db, deps.vault, requester.contactId, address)
  const session = own === null ? null : own
  return {
    kind: 'unlinked',
    own: wanted.here,
    unlink: { address, session, newContactId: deps.newId() },
  }
}

/** Six digits, each code as likely as any other. */
function sixDigits(): string {
  const limit = Math.floor(2 ** 32 / 1_000_000) * 1_000_000
  for (;;) {
    const [drawn = limit] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < limit) return String(drawn % 1_000_000).padStart(6, '0')
  }
}

function later(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds))
}
