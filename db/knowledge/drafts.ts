import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { FaqEntry } from '../policy/pack.ts'

/** An answer that somebody has written and nobody has published yet. */
export type FaqDraft = {
  id: string
  entry: FaqEntry
  /** `hashOf` the entry as it was when the draft was begun; empty for a new entry. */
  baseHash: string
  /** What changed and why, for the history. */
  note: string
  /** Questions that are solved with it. */
  misses: readonly string[]
  by: { id: string; name: string }
  updatedAt: string
}

/** Where a draft is sealed for. */
export function draftContext(id: string): string {
  return `faq-draft:${id}`
}

/** Keeps a draft, in place of an older one with its id. */
export async function putDraft(
  vault: Vault,
  programme: string,
  draft: Omit<FaqDraft, 'by'> & { staffId: string },
): Promise<Statement> {
  const { id, entry, note, misses } = draft
  const body = await vault.seal(JSON.stringify({ entry, note, misses }), draftContext(id))
  return {
    sql: `INSERT INTO faq_drafts (id, programme_id, entry_id, base_hash, staff_id, body, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET base_hash = excluded.base_hash,
        staff_id = excluded.staff_id, body = excluded.body, updated_at = excluded.updated_at`,
    args: [id, programme, entry.id, draft.baseHash, draft.staffId, body, draft.updatedAt],
  }
}

/** Removes a draft, once it is published or given up. */
export function dropDraft(id: string): Statement {
  return { sql: 'DELETE FROM faq_drafts WHERE id = ?', args: [id] }
}

/** The drafts of a programme, newest first. */
export async function listDrafts(
  db: Database,
  vault: Vault,
  programme: string,
): Promise<FaqDraft[]> {
  return load(db, vault, 'd.programme_id = ? ORDER BY d.updated_at DESC, d.id', [programme])
}

/** One draft, or null once it is published or given up. */
export async function findDraft(db: Database, vault: Vault, id: string): Promise<FaqDraft | null> {
  const [found] = await load(db, vault, 'd.id = ?', [id])
  return found ?? null
}

async function load(db: Database, vault: Vault, condition: string, args: readonly SqlValue[]) {
  const [rows = []] = await db.read([
    {
      sql: `SELECT d.id, d.base_hash, d.staff_id, s.name, d.body, d.updated_at
        FROM faq_drafts d JOIN staff s ON s.id = d.staff_id WHERE ${condition}`,
      args,
    },
  ])
  return Promise.all(
    rows.map(async ([id, baseHash, staffId, name, body, updatedAt]): Promise<FaqDraft> => {
      const plain = await vault.openText(body as Uint8Array, draftContext(String(id)))
      const { entry, note, misses } = JSON.parse(plain)
      return {
        id: String(id),
        entry: FaqEntry.parse(entry),
        baseHash: String(baseHash),
        note: String(note),
        misses: (misses as unknown[]).map(String),
        by: { id: String(staffId), name: String(name) },
        updatedAt: String(updatedAt),
      }
    }),
  )
}
