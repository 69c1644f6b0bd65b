import { openCase, relationIndexes } from '../../db/cases/content.ts'
import type { Database, Statement } from '../../db/core/database.ts'
import { type Vault, VaultError } from '../../db/core/vault.ts'

/** Cases of one write. */
const AT_ONCE = 100

/**
 * Makes the blind indexes of mobile and credit code for cases from before there were any; resolves to how
 * many. What is done is done, so it may be stopped at any moment and called again; a case that is changed
 * meanwhile makes its own, and one that does not open with the keys of today is left.
 */
export async function fillIndexes({ db, vault }: { db: Database; vault: Vault }): Promise<number> {
  let filled = 0
  for (let after = ''; ; ) {
    const [rows = []] = await db.read([
      {
        sql: 'SELECT id FROM cases WHERE indexed = 0 AND id > ? ORDER BY id LIMIT ?',
        args: [after, AT_ONCE],
      },
    ])
    const last = rows.at(-1)
    if (last === undefined) return filled
    after = String(last[0])
    const updates = await Promise.all(rows.map(([id]) => fill(db, vault, String(id))))
    const statements = updates.filter((update) => update !== null)
    if (statements.length > 0) await db.write(statements)
    filled += statements.length
  }
}

async function fill(db: Database, vault: Vault, id: string): Promise<Statement | null> {
  try {
    const content = await openCase(db, vault, id)
    const indexes = content === null ? [null, null] : await relationIndexes(vault, content)
    return {
      sql: 'UPDATE cases SET mobile_index = ?, credit_index = ?, indexed = 1 WHERE id = ? AND indexed = 0',
      args: [...indexes, id],
    }
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}
