import type { PartedLink } from '../../../db/conversation/records.ts'
import { findLinkJoin } from '../../../db/people/link-joins.ts'
import type { LinkingReply } from '../../../flows/people/link/ask.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'
import { tellChat } from './tell-chat.ts'

/** Undoes a joining of this person within its 30 days: each side gets back what was its own. */
export async function part(
  deps: Deps,
  requester: Requester,
  id: string | null,
): Promise<LinkingReply> {
  const { address, at } = requester
  const join = await findLinkJoin(deps.db, requester, id, at)
  if (join === null) return { kind: 'nothing' }
  const isTaker = join.taker.channel === address.channel && join.taker.id === address.id
  const parted: PartedLink = {
    join,
    newContactId: deps.newId(),
    told: await tellChat(deps, isTaker ? join.maker : join.taker, at, {
      key: 'link.partedThere',
      about: address,
      buttons: [],
    }),
  }
  return { kind: 'parted', parted }
}
