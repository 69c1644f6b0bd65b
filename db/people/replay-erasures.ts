import { eraseCase } from '../cases/cases.ts'
import { dropAttachments } from '../cases/dropped-attachments.ts'
import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { forgetContact } from './erase.ts'
import { type Erased, listErasures, noteErasure } from './erasures.ts'

/**
 * Erases again whom a restored database still holds, each in a batch of their own, so that it may be stopped and
 * begun anew. Resolves to how many there were.
 */
export async function replayErasures(
  db: Database,
  vault: Vault,
  erasures: readonly Erased[],
  now: string,
): Promise<number> {
  const known = new Set((await listErasures(db, vault)).map(({ contactId }) => contactId))
  let people = 0
  for (const erased of erasures) {
    const { contactId, cases } = erased
    const [theirs = [], open = []] = await db.read([
      {
        sql: `SELECT 1 FROM sessions WHERE contact_id = ?1 UNION ALL
          SELECT 1 FROM addresses WHERE contact_id = ?1 UNION ALL SELECT 1 FROM cases WHERE contact_id = ?1`,
        args: [contactId],
      },
      {
        sql: `SELECT id FROM cases WHERE erased_at IS NULL AND id IN (${cases.map(() => '?').join(', ')})`,
        args: cases,
      },
    ])
    if (theirs.length > 0 || open.length > 0) people += 1
    await db.write([
      ...open.flatMap(([id]) => [
        dropAttachments({ caseId: String(id) }, now),
        ...eraseCase(String(id), now),
      ]),
      ...forgetContact(contactId, now),
      ...(known.has(contactId) ? [] : [await noteErasure(vault, erased)]),
    ])
  }
  return people
}
