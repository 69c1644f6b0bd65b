import { maskWords } from '../../flows/programme/form/mask-words.ts'
import type { Locale } from '../../locales/keys.ts'
import { questionContext } from '../conversation/records.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { conversationFilter } from '../handoffs/inbox.ts'

/** A question that was not answered well; `shown`: the entries that were offered instead. */
export type UnansweredQuestion = {
  id: string
  question: string
  locale: Locale
  reason: 'unsure' | 'refused' | 'not-stated' | 'not-helpful'
  shown: readonly string[]
  at: string
  /** What became of it; null while it is open. */
  settled: { outcome: 'solved' | 'dismissed'; by: string; at: string } | null
}

/** The questions that somebody may see, open or settled, newest first. */
export async function listUnanswered(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  filter: { settled: boolean; limit: number },
): Promise<UnansweredQuestion[]> {
  const seen = conversationFilter(eyes)
  const [rows = []] = await db.read([
    {
      sql: `SELECT q.id, q.question, q.locale, q.reason, q.shown, q.at, q.outcome, p.name, q.settled_at
        FROM unanswered_questions q JOIN sessions s ON s.id = q.session_id
        LEFT JOIN staff p ON p.id = q.settled_by
        WHERE q.settled_at IS ${filter.settled ? 'NOT' : ''} NULL AND ${seen.sql}
        ORDER BY ${filter.settled ? 'q.settled_at' : 'q.at'} DESC, q.id LIMIT ?`,
      args: [...seen.args, filter.limit],
    },
  ])
  return Promise.all(
    rows.map(async ([id, sealed, locale, reason, shown, at, outcome, by, settledAt]) => {
      const plain = await vault.openText(sealed as Uint8Array, questionContext(String(id)))
      return {
        id: String(id),
        // What people told of themselves in a question is not the question.
        question: maskWords((JSON.parse(plain) as { text: string }).text),
        locale: locale === 'en' ? 'en' : 'zh-Hans',
        reason: reason as UnansweredQuestion['reason'],
        shown: JSON.parse(String(shown)) as string[],
        at: String(at),
        settled:
          outcome == null
            ? null
            : { outcome: outcome as 'solved', by: String(by ?? ''), at: String(settledAt) },
      }
    }),
  )
}

/** Settles questions; what is settled already stays as it was. */
export function settleMisses(
  ids: readonly string[],
  settled: { outcome: 'solved' | 'dismissed'; staffId: string; at: string },
): Statement {
  return {
    sql: `UPDATE unanswered_questions SET settled_at = ?, settled_by = ?, outcome = ?
      WHERE settled_at IS NULL AND id IN (SELECT value FROM json_each(?))`,
    args: [settled.at, settled.staffId, settled.outcome, JSON.stringify(ids)],
  }
}
