import { maskWords } from '../../flows/programme/form/mask-words.ts'
import { questionContext } from '../conversation/records.ts'
import type { Database, Statement } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { orEmpty, parsed, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { conversationFilter } from '../handoffs/inbox.ts'
import { unansweredQuestions } from '../schema/knowledge.ts'
import { staff } from '../schema/staff.ts'

const q = alias(unansweredQuestions, 'q')
const MISS = shape({
  id: q.id,
  sealed: q.question,
  locale: q.locale,
  reason: q.reason,
  shown: parsed(q.shown, (text) => JSON.parse(text) as string[]),
  at: q.at,
  outcome: q.outcome,
  by: orEmpty(alias(staff, 'p').name),
  settledAt: q.settledAt,
})

/**
 * A question that was not answered well; `shown`: the entries that were offered instead; `settled`: what became of it, null
 * while it is open.
 */
export type UnansweredQuestion = Omit<
  RowOf<typeof MISS>,
  'sealed' | 'outcome' | 'by' | 'settledAt'
> & {
  question: string
  settled: { outcome: 'solved' | 'dismissed'; by: string; at: string } | null
}

/** The questions that somebody may see, open or settled, newest first. */
export async function listUnanswered(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  filter: { settled: boolean; limit: number; cursor?: string; id?: string },
): Promise<ListPage<UnansweredQuestion>> {
  const seen = conversationFilter(eyes)
  const page = await listPage(db, {
    shape: MISS,
    from: `unanswered_questions q JOIN sessions s ON s.id = q.session_id
      LEFT JOIN staff p ON p.id = q.settled_by`,
    where: {
      sql: `q.settled_at IS ${filter.settled ? 'NOT' : ''} NULL AND ${seen.sql}
        ${filter.id === undefined ? '' : 'AND q.id = ?'}`,
      args: [...seen.args, ...(filter.id === undefined ? [] : [filter.id])],
    },
    order: [
      { sql: filter.settled ? 'q.settled_at' : 'q.at', desc: true },
      { sql: 'q.id', desc: true },
    ],
    cursor: filter.cursor,
    limit: filter.limit,
  })
  const rows = await Promise.all(
    page.rows.map(async ({ sealed, outcome, by, settledAt, ...row }) => {
      const plain = await vault.openText(sealed, questionContext(row.id))
      return {
        ...row,
        // What people told of themselves in a question is not the question.
        question: maskWords((JSON.parse(plain) as { text: string }).text),
        settled: outcome === null || settledAt === null ? null : { outcome, by, at: settledAt },
      }
    }),
  )
  return { ...page, rows }
}

const READ_TOGETHER = 500

/** All open questions that somebody may see, a page at a time, for what is done with those in the same words. */
export async function findUnanswered(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  wanted: (one: UnansweredQuestion) => boolean,
): Promise<UnansweredQuestion[]> {
  const found: UnansweredQuestion[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const filter = { settled: false, limit: READ_TOGETHER, cursor }
    const page: ListPage<UnansweredQuestion> = await listUnanswered(db, vault, eyes, filter)
    found.push(...page.rows.filter(wanted))
    cursor = page.next ?? undefined
  }
  return found
}

/** An open question that somebody may see, or null. */
export async function findOpenQuestion(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  id: string,
): Promise<UnansweredQuestion | null> {
  const { rows } = await listUnanswered(db, vault, eyes, { settled: false, limit: 1, id })
  return rows[0] ?? null
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
