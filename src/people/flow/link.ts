import { loadConversations } from '../../../db/people/carried-runs.ts'
import { findLink } from '../../../db/people/links.ts'
import type { LinkReply } from '../../../flows/channels/channel-redirect/reply.ts'
import { Carried } from '../../../flows/engine/carried.ts'
import type { LinkQuery } from '../../../flows/engine/records.ts'
import { Answers } from '../../../flows/programme/rules/answers.ts'
import { STARTS } from '../../../flows/starts.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'

/** A way to another channel is open this long. */
const MINUTES = 30

/**
 * Makes, shows or takes a one-time link between chats. The token stands behind the `#` of its address, which no
 * browser sends, so that it is in no log. Looking changes nothing. What is taken is copied: no two chats become
 * one by it, since anybody may have sent the link, and whose it was is not looked at.
 */
export async function answerLink(
  deps: Deps,
  requester: Requester,
  query: LinkQuery,
): Promise<LinkReply> {
  if (query.ask === 'settled') return { kind: 'settled' }
  if (query.ask === 'make') {
    const token = deps.newId()
    return {
      kind: 'made',
      url: `${deps.webUrl()}/#go=${token}`,
      minutes: MINUTES,
      tokenHash: await deps.vault.index('link', token),
      expiresAt: new Date(Date.parse(requester.at) + MINUTES * 60_000).toISOString(),
    }
  }
  const tokenHash = await deps.vault.index('link', query.token)
  const link = await findLink(deps.db, deps.vault, tokenHash, requester.at)
  const carried = Carried.safeParse(link?.carried).data
  if (carried === undefined) return { kind: 'gone' }
  if (carried.flow === 'link') return { kind: 'joins' }
  const opens = harmless(carried)
  if (opens === null) return { kind: 'gone' }
  if (query.ask === 'use') return { kind: 'taken', tokenHash, carried: opens }
  const { flow } = opens
  return { kind: 'carries', flow, clash: flow === 'apply' && (await hasRun(deps, requester, flow)) }
}

/**
 * What may come along a link that somebody else may have sent: the answers of the pre-screen, or a flow that any
 * link may open. Null: neither.
 */
function harmless({ flow, input }: Carried): Carried | null {
  const takes = STARTS[flow]
  if (takes === undefined) return null
  if (flow === 'apply' && input.type === 'result' && Answers.safeParse(input.value).success) {
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
