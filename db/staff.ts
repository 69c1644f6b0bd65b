import { desc } from 'drizzle-orm'
import type { Database } from './database.ts'
import { createOrm } from './orm.ts'
import { questionContext } from './records.ts'
import { unansweredQuestions } from './schema/policy.ts'
import type { Vault } from './vault.ts'

/** Questions that were not answered well, newest first. */
export async function listUnanswered(db: Database, vault: Vault, limit: number) {
  const rows = await createOrm(db)
    .select()
    .from(unansweredQuestions)
    .orderBy(desc(unansweredQuestions.at))
    .limit(limit)
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
