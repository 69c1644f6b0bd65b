import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** What a member of staff wrote to the others about a case. */
export type CaseComment = { id: string; by: string; text: string; at: string }

/** Adds a comment. Constraint `case_comments.id`: this very one was added before. */
export async function insertComment(
  vault: Vault,
  comment: { id: string; caseId: string; staffId: string; text: string; at: string },
): Promise<Statement> {
  const { id, caseId, staffId, text, at } = comment
  return {
    sql: 'INSERT INTO case_comments (id, case_id, staff_id, body, at) VALUES (?, ?, ?, ?, ?)',
    args: [id, caseId, staffId, await vault.seal(text, commentContext(id)), at],
  }
}

/** The comments on a case, oldest first. */
export async function listComments(
  db: Database,
  vault: Vault,
  caseId: string,
): Promise<CaseComment[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT k.id, p.name, k.body, k.at FROM case_comments k JOIN staff p ON p.id = k.staff_id
        WHERE k.case_id = ? ORDER BY k.at, k.id`,
      args: [caseId],
    },
  ])
  return Promise.all(
    rows.map(async ([id, by, body, at]) => ({
      id: String(id),
      by: String(by),
      text: await vault.openText(body as Uint8Array, commentContext(String(id))),
      at: String(at),
    })),
  )
}

/** Where a comment is sealed for. */
export function commentContext(id: string): string {
  return `case-comment:${id}`
}
