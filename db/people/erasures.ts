import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** Who was erased, by ids that say nothing: what a backup from before that still holds. */
export type Erased = { contactId: string; cases: readonly string[]; at: string }

/** Where an erasure is sealed for. */
export function erasureContext(id: string): string {
  return `erasure:${id}`
}

/** Remembers an erasure, in the batch that does it. */
export async function noteErasure(
  vault: Vault,
  { contactId, cases, at }: Erased,
): Promise<Statement> {
  const id = crypto.randomUUID()
  return {
    sql: 'INSERT INTO erasures (id, body, at) VALUES (?, ?, ?)',
    args: [id, await vault.seal(JSON.stringify({ contactId, cases }), erasureContext(id)), at],
  }
}

/** All erasures that this database knows of; none for one of an older schema. */
export async function listErasures(db: Database, vault: Vault): Promise<Erased[]> {
  const [tables = []] = await db.read([
    { sql: "SELECT 1 FROM sqlite_schema WHERE name = 'erasures'", args: [] },
  ])
  if (tables.length === 0) return []
  const [rows = []] = await db.read([
    { sql: 'SELECT id, body, at FROM erasures ORDER BY at, id', args: [] },
  ])
  return Promise.all(
    rows.map(async ([id, body, at]) => {
      if (!(body instanceof Uint8Array)) throw new Error('an erasure is not sealed')
      // Our own JSON, authenticated by the seal.
      const text = await vault.openText(body, erasureContext(String(id)))
      return { ...(JSON.parse(text) as Omit<Erased, 'at'>), at: String(at) }
    }),
  )
}
