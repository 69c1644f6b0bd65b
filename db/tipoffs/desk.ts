import { TipOffBody, type TipOffState } from '../../flows/programme/tip-off.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { tipOffContext } from './contexts.ts'

/** A tip-off with what it says; `version` counts its changes by supervision. */
export type TipOff = {
  id: string
  state: TipOffState
  version: number
  day: string
  body: TipOffBody
}

/** One tip-off; null: there is none such. */
export async function findTipOff(db: Database, vault: Vault, id: string): Promise<TipOff | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT id, body, state, version, day FROM tip_offs WHERE id = ?', args: [id] },
  ])
  const [row] = rows
  if (row === undefined) return null
  const [, body, state, version, day] = row
  return {
    id,
    state: state as TipOffState,
    version: Number(version),
    day: String(day),
    body: await openBody(vault, id, body),
  }
}

/** Moves a tip-off on; the batch fails with a `ConstraintError` where somebody else changed it since `version`. */
export function moveTipOff(
  id: string,
  version: number,
  state: TipOffState,
  day: string,
): Statement {
  return {
    sql: `UPDATE tip_offs SET state = ?, version = CASE WHEN version = ? THEN version + 1 END, moved_day = ?,
      told_day = NULL WHERE id = ?`,
    args: [state, version, day, id],
  }
}

/** Who holds the role supervision, since when, and the two who gave it. */
export async function listHolders(
  db: Database,
): Promise<{ id: string; name: string; since: string; asked: string; agreed: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT s.id, s.name, s.updated_at, coalesce(a.name, ''), coalesce(b.name, '') FROM staff s
        LEFT JOIN staff_asks k ON k.staff_id = s.id AND k.kind = 'supervision' AND k.agreed_by IS NOT NULL
        LEFT JOIN staff a ON a.id = k.asked_by LEFT JOIN staff b ON b.id = k.agreed_by
        WHERE s.role = 'supervision' AND s.disabled_at IS NULL ORDER BY s.name, s.id`,
      args: [],
    },
  ])
  return rows.map(([id, name, since, asked, agreed]) => ({
    id: String(id),
    name: String(name),
    since: String(since),
    asked: String(asked),
    agreed: String(agreed),
  }))
}

/**
 * Books the word to supervision that tip-offs wait, once a day however many processes ask: those that are new, or where
 * the person wrote last, since before `before`. Resolves to how many there are; 0 also where it is told already.
 */
export async function takeStale(db: Database, day: string, before: string): Promise<number> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE tip_offs SET told_day = ? WHERE state <> 'closed' AND coalesce(told_day, '') < ? AND moved_day < ?
          AND (state = 'new' OR (SELECT m.side FROM tip_off_messages m WHERE m.tip_off_id = tip_offs.id
            ORDER BY m.ordinal DESC LIMIT 1) = 'person')
        RETURNING 1`,
      args: [day, day, before],
    },
  ])
  return rows.length
}

/** What a tip-off says, opened. */
export async function openBody(
  vault: Vault,
  id: string,
  body: SqlValue | undefined,
): Promise<TipOffBody> {
  if (!(body instanceof Uint8Array)) throw new Error('a tip-off without words')
  return TipOffBody.parse(JSON.parse(await vault.openText(body, tipOffContext(id))))
}
