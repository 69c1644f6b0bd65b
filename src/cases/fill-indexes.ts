import { openCase, relationIndexes } from '../../db/cases/content.ts'
import { indexForSearch } from '../../db/cases/search-index.ts'
import type { Database, Statement } from '../../db/core/database.ts'
import { type Vault, VaultError } from '../../db/core/vault.ts'

/** Cases of one write. */
const AT_ONCE = 100

/**
 * Makes what cases are found by for those from before there was any: the blind indexes of mobile and credit code, and the
 * tokens of the search; resolves to how many. What is done is done, so it may be stopped at any moment and called again; a case that is changed
 * meanwhile makes its own, and one that does not open with the keys of today is left.
 */
export async function fillIndexes({ db, vault }: { db: Database; vault: Vault }): Promise<number> {
  let filled = 0
  for (let after = ''; ; ) {
    const [rows = []] = await db.read([
      {
        sql: 'SELECT id, district FROM cases WHERE indexed = 0 AND id > ? ORDER BY id LIMIT ?',
        args: [after, AT_ONCE],
      },
    ])
    const last = rows.at(-1)
    if (last === undefined) return filled
    after = String(last[0])
    const updates = await Promise.all(
      rows.map(([id, district]) => fill(db, vault, String(id), String(district))),
    )
    const statements = updates.filter((update) => update !== null)
    if (statements.length > 0) await db.write(statements.flat())
    filled += statements.length
  }
}

async function fill(
  db: Database,
  vault: Vault,
  id: string,
  district: string,
): Promise<Statement[] | null> {
  try {
    const content = await openCase(db, vault, id)
    const indexes = content === null ? [null, null] : await relationIndexes(vault, content)
    return [
      ...(content === null ? [] : await indexForSearch(vault, id, { ...content, district }, true)),
      {
        sql: 'UPDATE cases SET mobile_index = ?, credit_index = ?, indexed = 1 WHERE id = ? AND indexed = 0',
        args: [...indexes, id],
      },
    ]
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}
