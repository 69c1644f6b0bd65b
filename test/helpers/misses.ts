import { questionContext } from '../../db/conversation/records.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { seedHandoff } from './handoff.ts'

/** A question that was not answered well, of somebody with an application in a district; its id. */
export async function seedMiss(deps: Deps, district: string, text: string): Promise<string> {
  const handoff = await seedHandoff(deps, district)
  const id = `m${handoff}`
  await deps.db.write([
    {
      sql: `INSERT INTO unanswered_questions (id, session_id, question, locale, reason, shown, revision_id, at)
        VALUES (?, ?, ?, 'zh-Hans', 'refused', '[]', NULL, ?)`,
      args: [
        id,
        `s${handoff}`,
        await deps.vault.seal(JSON.stringify({ text }), questionContext(id)),
        deps.now(),
      ],
    },
  ])
  return id
}
