import { loadConversations } from '../../../db/people/carried-runs.ts'
import { useLink } from '../../../db/people/link-asks.ts'
import { findLink, insertLink } from '../../../db/people/links.ts'
import { Carried } from '../../../flows/channels/channel-redirect/carried.ts'
import type {
  LinkReply,
  RedirectQuery,
  WayIntent,
} from '../../../flows/channels/channel-redirect/reply.ts'
import { Answers } from '../../../flows/programme/rules/answers.ts'
import { STARTS } from '../../../flows/starts.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'

/** A way to another channel is open this long. */
const MINUTES = 30

/** Shows what comes along a one-time link between chats. Looking changes nothing. */
export async function answerLink(
  deps: Deps,
  requester: Requester,
  asked: RedirectQuery,
): Promise<LinkReply> {
  if (asked.kind === 'settled') return { kind: 'settled' }
  const found = await look(deps, requester, asked.token)
  if ('kind' in found) return found
  const { flow } = found.opens
  return { kind: 'carries', flow, clash: flow === 'apply' && (await hasRun(deps, requester, flow)) }
}

/**
 * Makes or takes a one-time link between chats. The token stands behind the `#` of its address, which no browser
 * sends, so that it is in no log. What is taken is copied: no two chats become one by it, since anybody may have
 * sent the link, and whose it was is not looked at.
 */
export async function planWay(
  deps: Deps,
  requester: Requester,
  intent: WayIntent,
): Promise<Planned<LinkReply>> {
  if (intent.kind === 'way.use') {
    const found = await look(deps, requester, intent.token)
    if ('kind' in found) return { reply: found }
    const { tokenHash, opens } = found
    return { reply: { kind: 'taken', carried: opens }, saves: [() => [useLink(tokenHash)]] }
  }
  const { contactId, address, at } = requester
  const token = deps.newId()
  const link = {
    tokenHash: await deps.vault.index('link', token),
    contactId,
    from: address,
    carried: intent.carried,
    expiresAt: new Date(Date.parse(at) + MINUTES * 60_000).toISOString(),
  }
  return {
    reply: { kind: 'made', url: `${deps.webUrl()}/#go=${token}`, minutes: MINUTES },
    saves: [() => insertLink(deps.vault, link)],
  }
}

/** What a link that can still be used opens here, or why it opens nothing. */
async function look(
  deps: Deps,
  requester: Requester,
  token: string,
): Promise<{ tokenHash: string; opens: Carried } | Extract<LinkReply, { kind: 'gone' | 'joins' }>> {
  const tokenHash = await deps.vault.index('link', token)
  const link = await findLink(deps.db, deps.vault, tokenHash, requester.at)
  const carried = Carried.safeParse(link?.carried).data
  if (carried?.flow === 'link') return { kind: 'joins' }
  const opens = carried === undefined ? null : harmless(carried)
  return opens === null ? { kind: 'gone' } : { tokenHash, opens }
}

/**
 * What may come along a link that somebody else may have sent: the answers of the pre-screen, or a flow that any
 * link may open. Null: neither.
 */
function harmless({ flow, input }: Carried): Carried | null {
  const takes = STARTS[flow]
  if (takes === undefined) return null
  if (flow === 'apply' && input.type === 'given' && Answers.safeParse(input.value).success) {
    return { flow, input }
  }
  const value = input.type === 'choice' && takes.test(input.value) ? input.value : ''
  return { flow, input: { type: 'choice', value } }
}

/** Whether there is a half-filled form of this kind in the chat that asks. */
async function hasRun(
  deps: Deps,
  { contactId, address }: Requester,
  flow: string,
): Promise<boolean> {
  const { own } = await loadConversations(deps.db, deps.vault, contactId, address)
  const { stack = [], parked = {} } = own?.memory?.state ?? {}
  return Object.hasOwn(parked, flow) || stack.some((run) => run.flow === flow)
}
