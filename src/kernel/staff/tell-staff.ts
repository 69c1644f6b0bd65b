import type { Statement } from '../../../db/core/database.ts'
import { enqueue } from '../../../db/outbox/outbox.ts'
import { listLinkedChats, type WhoseChats } from '../../../db/staff/chats.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../deps.ts'

/** The notice is of use so long. */
const HOURS = 7 * 24

/**
 * Statements that tell staff in each of their linked chats, also in one that is linked no more for what it may do, of
 * what touches the safety of an account or of people's data. Such a notice cannot be switched off and does not wait
 * for the morning: it is sent as an answer is.
 */
export async function tellStaff(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'newId'>,
  whose: WhoseChats,
  words: (locale: Locale) => RenderedMessage,
): Promise<Statement[]> {
  const at = deps.now()
  const chats = await listLinkedChats(deps.db, whose)
  return Promise.all(
    chats.map(({ to, locale }) =>
      enqueue(deps.vault, {
        id: `notice:staff-safety:${deps.newId()}`,
        to,
        origin: 'notice',
        kind: 'answer',
        at,
        body: words(locale),
        expiresAt: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
      }),
    ),
  )
}
