import type { Statement } from '../../../db/core/database.ts'
import { enqueue } from '../../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import type { Address } from '../../../flows/engine/types.ts'
import { chinaHour } from '../../../flows/programme/china-time.ts'
import type { Locale, MessageKey } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'

/** A notice about a joining is of use while it can still be answered or undone. */
const HOURS = 72

/**
 * What a chat is told or asked of another one, for the turn's batch: words with `place` in them, and buttons by key.
 * Gives a function of the row's id, since only the turn knows that.
 */
export async function tellChat(
  deps: Deps,
  to: Address,
  at: string,
  {
    key,
    about,
    buttons,
    hours = HOURS,
  }: {
    key: MessageKey
    /** The chat that it is about. */
    about: Address
    buttons: readonly { value: string; key: MessageKey }[]
    hours?: number
  },
): Promise<(id: string) => Promise<Statement>> {
  const locale = await localeOf(deps, to)
  const place = deps.translate(locale, `link.name-${about.channel}`)
  const body: RenderedMessage = {
    text: deps.translate(locale, key, { place, time: chinaHour(at) }),
    quickReplies: buttons.map((button) => ({
      value: button.value,
      label: deps.translate(locale, button.key),
    })),
    // A typed number still answers the question that is open there.
    numbered: false,
  }
  const expiresAt = new Date(Date.parse(at) + hours * 3_600_000).toISOString()
  const row = { origin: 'notice', kind: 'answer', to, body, at, expiresAt } as const
  return (id) => enqueue(deps.vault, { ...row, id: `notice:link-${id}` })
}

async function localeOf({ db }: Deps, { channel, id }: Address): Promise<Locale> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.locale FROM addresses a JOIN contacts c ON c.id = a.contact_id
        WHERE a.channel = ? AND a.external_id = ?`,
      args: [channel, id],
    },
  ])
  return rows[0]?.[0] === 'en' ? 'en' : 'zh-Hans'
}
