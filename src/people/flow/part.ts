import { findLinkJoin, partStatements } from '../../../db/people/link-joins.ts'
import type { LinkingReply } from '../../../flows/people/link/ask.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { tellChat } from './tell-chat.ts'

/** Undoes a joining of this person within its 30 days: each side gets back what was its own. */
export async function part(
  deps: Deps,
  requester: Requester,
  wanted: string | null,
): Promise<Planned<LinkingReply>> {
  const { address, at } = requester
  const join = await findLinkJoin(deps.db, requester, wanted, at)
  if (join === null) return { reply: { kind: 'nothing' } }
  const isTaker = join.taker.channel === address.channel && join.taker.id === address.id
  const newContactId = deps.newId()
  const told = await tellChat(deps, isTaker ? join.maker : join.taker, at, {
    key: 'link.partedThere',
    about: address,
    buttons: [],
  })
  return {
    reply: { kind: 'parted' },
    saves: [
      async ({ id }) => [
        ...partStatements(join, newContactId, { id, at }),
        await told(`parted:${id}`),
      ],
    ],
  }
}
