import { loadCaseOwners } from '../../../db/people/link-codes.ts'
import { findLink } from '../../../db/people/links.ts'
import type { LinkReply } from '../../../flows/channels/elsewhere/reply.ts'
import { Carried } from '../../../flows/engine/carried.ts'
import type { LinkQuery } from '../../../flows/engine/records.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { Deps } from '../../kernel/deps.ts'

/** A way to another channel is open this long. */
const MINUTES = 30

/**
 * Makes or takes a one-time link between a person's channels. The token stands behind the `#` of its
 * address, which no browser sends, so that it is in no log. Who takes a link is asked about as the
 * contact that it belongs to from then on, where neither has a case; a case is first to be proved
 * (flows/people/link).
 */
export async function answerLink(deps: Deps, asker: Asker, query: LinkQuery): Promise<LinkReply> {
  if (query.ask === 'make') {
    const token = deps.newId()
    return {
      kind: 'made',
      url: `${deps.webUrl()}/#go=${token}`,
      minutes: MINUTES,
      tokenHash: await deps.vault.index('link', token),
      expiresAt: new Date(Date.parse(asker.at) + MINUTES * 60_000).toISOString(),
    }
  }
  const tokenHash = await deps.vault.index('link', query.token)
  const link = await findLink(deps.db, deps.vault, tokenHash, asker.at)
  if (link === null) return { kind: 'gone' }
  const carried = Carried.parse(link.carried)
  const owners = await loadCaseOwners(deps.db, [link.contactId, asker.contactId])
  const isSame = link.contactId === asker.contactId
  if (!isSame && owners.some((one) => one.contactId === link.contactId)) return { kind: 'prove' }
  // Whoever sent the link would see the case that is here: what was wanted goes on, and nobody is joined.
  const stays = owners.length > 0 || isSame
  if (!stays) asker.contactId = link.contactId
  return { kind: 'taken', tokenHash, contactId: asker.contactId, carried }
}
