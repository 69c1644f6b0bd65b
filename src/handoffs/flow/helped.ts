import { findLastClosed, noteHelped } from '../../../db/handoffs/helped.ts'
import type { HelpedIntent, HelpedReply } from '../../../flows/handoffs/ask.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'

/** For so long a word about an answer belongs to the hand-off that staff closed last. */
const DAYS = 30

/** Plans what a person says of an answer; who changes their mind is heard. */
export async function planHelped(
  { db }: Pick<Deps, 'db'>,
  { address, at }: Pick<Requester, 'address' | 'at'>,
  { isHelped }: HelpedIntent,
): Promise<Planned<HelpedReply>> {
  const since = new Date(Date.parse(at) - DAYS * 86_400_000).toISOString()
  const id = await findLastClosed(db, address, since)
  return id === null
    ? { reply: { kind: 'nothing' } }
    : { reply: { kind: 'noted', isHelped }, saves: [() => [noteHelped(id, isHelped)]] }
}
