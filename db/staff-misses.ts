import type { Locale } from '../locales/keys.ts'
import type { Database } from './database.ts'
import { questionContext } from './records.ts'
import { conversationFilter } from './staff-inbox.ts'
import type { Vault } from './vault.ts'

/** A question that was not answered well; `shown`: the entries that were offered instead. */
export type Miss = {
  id: string
  question: string
  locale: Locale
  reason: 'unsure' | 'refused' | 'not-stated' | 'not-helpful'
  shown: readonly string[]
  at: string
}

/** The questions that somebody may see, newest first. */
export async function listMisses(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  limit: number,
): Promise<Miss[]> {
  const seen = conversationFilter(eyes)
  const [rows = []] = await db.read([
    {
      sql: `SELECT q.id, q.question, q.locale, q.reason, q.shown, q.at
        FROM unanswered_questions q JOIN sessions s ON s.id = q.session_id
        WHERE ${seen.sql} ORDER BY q.at DESC LIMIT ?`,
      args: [...seen.args, limit],
    },
  ])
  return Promise.all(
    rows.map(async ([id, sealed, locale, reason, shown, at]) => {
      const plain = await vault.openText(sealed as Uint8Array, questionContext(String(id)))
      return {
        id: String(id),
        question: (JSON.parse(plain) as { text: string }).text,
        locale: locale === 'en' ? 'en' : 'zh-Hans',
        reason: reason as Miss['reason'],
        shown: JSON.parse(String(shown)) as string[],
        at: String(at),
      }
    }),
  )
}
