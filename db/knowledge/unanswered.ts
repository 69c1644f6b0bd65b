import { questionContext } from '../conversation/records.ts'
import type { Database } from '../core/database.ts'
import { desc } from '../core/drizzle.ts'
import { type Open, prepared } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { unansweredQuestions } from '../schema/knowledge.ts'

const newest = prepared((orm, { limit }: Open<{ limit: number }>) =>
  orm.select().from(unansweredQuestions).orderBy(desc(unansweredQuestions.at)).limit(limit),
)

/** Questions that were not answered well, newest first. */
export async function listUnanswered(db: Database, vault: Vault, limit: number) {
  const rows = await newest(db, { limit })
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      question: await openQuestion(vault, row.id, row.question),
      shown: JSON.parse(row.shown) as string[],
    })),
  )
}

async function openQuestion(vault: Vault, id: string, sealed: Uint8Array): Promise<string> {
  const { text } = JSON.parse(await vault.openText(sealed, questionContext(id))) as { text: string }
  return text
}
