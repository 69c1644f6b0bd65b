import { enqueue } from '../../../db/outbox/outbox.ts'
import { listDigestChats, noteDigest } from '../../../db/staff/chats.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import { CHINA_MS } from '../../../flows/programme/china-time.ts'
import type { Waits } from '../../../flows/staff/ask.ts'
import type { Locale, MessageKey } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import { isWorkingDay } from '../../kernel/working-calendar.ts'
import { countWaits, packOf } from './desk.ts'

/** From half past eight to noon, as a clock in China shows it: whoever starts later says nothing that day. */
const FROM_MINUTE = 8 * 60 + 30
const TO_MINUTE = 12 * 60
const CHINA_MINUTES = CHINA_MS / 60_000
const DAY_MINUTES = 1440
const BATCH = 50
const SHOWN_HOURS = 10

const LINES: readonly { of: keyof Waits; key: MessageKey }[] = [
  { of: 'cases', key: 'staff.digestCases' },
  { of: 'inbox', key: 'staff.digestInbox' },
  { of: 'approvals', key: 'staff.digestApprovals' },
]

/**
 * Tells staff once a working day, from half past eight in China, what waits for them: figures alone, in the
 * chats where they want it; nothing where nothing waits. Any number of processes may do it at once.
 * Resolves to the number enqueued.
 */
export async function sendDigests(deps: Deps): Promise<number> {
  const day = digestDay(deps.now())
  if (day === null) return 0
  const chats = await listDigestChats(deps.db, day, BATCH)
  if (chats.length === 0) return 0
  const pack = await packOf(deps)
  let enqueued = 0
  for (const { chat, staff } of chats) {
    const waits = await countWaits(deps, staff, pack)
    const at = deps.now()
    const told = LINES.some(({ of }) => (waits[of] ?? 0) > 0) && deps.channels.has(chat.to.channel)
    const notice = told
      ? [
          await enqueue(deps.vault, {
            id: `notice:staff-digest:${chat.id}:${day}`,
            to: chat.to,
            origin: 'notice',
            kind: 'staff',
            template: 'staff.digest',
            body: words(deps, waits, await localeOf(deps, chat.to)),
            at,
            expiresAt: new Date(Date.parse(at) + SHOWN_HOURS * 3_600_000).toISOString(),
            // Between the look and this write they may have been shut out.
            onlyIf: {
              sql: 'EXISTS (SELECT 1 FROM staff_chats WHERE id = ?)',
              args: [chat.id],
            },
          }),
        ]
      : []
    await deps.db.write([...notice, noteDigest(chat.id, day)])
    if (told) enqueued += 1
  }
  if (enqueued > 0) deps.wake()
  return enqueued
}

/** The day of the digest that is due at a moment; null: none is. */
function digestDay(now: string): string | null {
  const minutes = Math.floor(Date.parse(now) / 60_000) + CHINA_MINUTES
  const minute = minutes % DAY_MINUTES
  if (
    !isWorkingDay(Math.floor(minutes / DAY_MINUTES)) ||
    minute < FROM_MINUTE ||
    minute >= TO_MINUTE
  )
    return null
  return new Date(minutes * 60_000).toISOString().slice(0, 10)
}

async function localeOf(
  { db }: Deps,
  { channel, id }: { channel: string; id: string },
): Promise<Locale> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.locale FROM addresses a JOIN contacts c ON c.id = a.contact_id
        WHERE a.channel = ? AND a.external_id = ?`,
      args: [channel, id],
    },
  ])
  return rows[0]?.[0] === 'en' ? 'en' : 'zh-Hans'
}

function words({ translate }: Deps, waits: Waits, locale: Locale): RenderedMessage {
  const lines = LINES.flatMap(({ of, key }) => {
    const count = waits[of] ?? 0
    return count === 0 ? [] : [translate(locale, key, { count })]
  })
  return {
    text: [translate(locale, 'staff.digest'), ...lines].join('\n'),
    quickReplies: [{ value: '!staff', label: translate(locale, 'staff.home') }],
    numbered: false,
  }
}
