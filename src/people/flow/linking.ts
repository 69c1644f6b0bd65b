import { loadConversations } from '../../../db/people/carried-runs.ts'
import { codeIndex, putLinkCode } from '../../../db/people/link-codes.ts'
import { insertLink } from '../../../db/people/links.ts'
import { listAddresses, unlinkStatements } from '../../../db/people/unlink.ts'
import type {
  LinkIntent,
  LinkingAsk,
  LinkingReply,
  Listed,
} from '../../../flows/people/link/ask.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { Locale } from '../../../locales/keys.ts'
import { forgetAll } from '../../conversation/forget.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
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
 * `mayTry`. Nothing of it is answered where others read along.
 */
export async function answerLinking(
  deps: Deps,
  requester: Requester,
  asked: LinkingAsk,
): Promise<LinkingReply> {
  if (asked.kind === 'settled') return { kind: 'settled' }
  if (requester.shared === true) return { kind: 'not-here' }
  return asked.kind === 'take'
    ? take(deps, requester, asked)
    : { kind: 'addresses', addresses: await addresses(deps, requester) }
}

/** Plans what a person does about their chats; nothing where others read along. */
export async function planLink(
  deps: Deps,
  requester: Requester,
  intent: LinkIntent,
  locale: Locale,
): Promise<Planned<LinkingReply>> {
  if (requester.shared === true) return { reply: { kind: 'not-here' } }
  switch (intent.kind) {
    case 'link.ways':
      return ways(deps, requester)
    case 'link.qr':
      return picture(deps, requester)
    case 'link.agree':
      return agree(deps, requester, intent)
    case 'link.answer':
      return answer(deps, requester, intent)
    case 'link.part':
      return part(deps, requester, intent.id)
    case 'link.waiting':
      return waiting(deps, requester)
    case 'link.bring':
      return bring(deps, requester, locale)
    case 'link.give':
      return give(deps, requester, intent.entry)
    case 'link.unlink':
      return unlink(deps, requester, intent)
  }
}

async function ways(deps: Deps, requester: Requester): Promise<Planned<LinkingReply>> {
  const digits = sixDigits()
  const index = await codeIndex(deps.vault, digits)
  const { token, expiresAt, save } = await newLink(deps, requester)
  const { contactId, address, at } = requester
  const here = address.channel
  const bot = deps.linkTo?.telegramBot
  const reply = {
    kind: 'ways',
    code: digits,
    minutes: MINUTES,
    web: here === 'web' ? null : `${deps.webUrl()}/#go=${token}`,
    telegram:
      here === 'telegram' || bot === undefined ? null : `https://t.me/${bot}?start=link-${token}`,
    qr: here !== 'wechat-mp' && deps.linkTo?.officialAccount !== undefined,
  } as const
  const code = { codeIndex: index, expiresAt }
  return { reply, saves: [() => putLinkCode({ contactId, from: address }, code, at), save] }
}

async function picture(deps: Deps, requester: Requester): Promise<Planned<LinkingReply>> {
  const { token, save } = await newLink(deps, requester)
  const made = deps.linkTo?.officialAccount?.(`link-${token}`, MINUTES * 60).catch(() => null)
  const value = await Promise.race([made ?? null, later(PICTURE_MILLISECONDS)])
  return value === null
    ? { reply: { kind: 'no-qr' } }
    : { reply: { kind: 'qr', value, minutes: MINUTES }, saves: [save] }
}

async function newLink(deps: Deps, { contactId, address, at }: Requester) {
  const token = deps.newId()
  const link = {
    tokenHash: await deps.vault.index('link', token),
    contactId,
    from: address,
    carried: { flow: 'link', input: { type: 'choice', value: '' } },
    expiresAt: new Date(Date.parse(at) + MINUTES * 60_000).toISOString(),
  }
  const save = () => insertLink(deps.vault, link)
  return { token, expiresAt: link.expiresAt, save }
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
  { entry, proof }: Extract<LinkIntent, { kind: 'link.unlink' }>,
): Promise<Planned<LinkingReply>> {
  const listed = await addresses(deps, requester)
  const wanted = listed.find((one) => one.entry === entry)
  if (wanted === undefined || listed.length < 2) return { reply: { kind: 'nothing' } }
  if (!wanted.here) {
    const demand = await demandProof(deps, requester, requester.contactId, `unlink:${entry}`, proof)
    if (demand !== null) return { reply: demand }
  }
  const all = await listAddresses(deps.db, requester.contactId)
  const address = all[listed.indexOf(wanted)]?.address ?? requester.address
  const { own } = await loadConversations(deps.db, deps.vault, requester.contactId, address)
  const { contactId, at } = requester
  const gone = { address, session: own, newContactId: deps.newId() }
  return {
    reply: { kind: 'unlinked', own: wanted.here },
    saves: [(turn) => unlinkStatements(deps.vault, { ...turn, contactId, at }, gone)],
    ...(wanted.here ? { remembers: forgetAll } : {}),
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
