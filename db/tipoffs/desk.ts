import { alias } from 'drizzle-orm/sqlite-core'
import { TipOffBody, type TipOffState } from '../../flows/programme/tip-off.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { maybe, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { tipOffMessages, tipOffs } from '../schema/tipoffs.ts'
import { tipOffContext } from './contexts.ts'

/** A tip-off as supervision sees it in the list. */
export type TipOffHead = {
  id: string
  number: string
  named: boolean
  state: TipOffState
  /** In China. */
  day: string
  movedDay: string
  /** The person wrote last. */
  waits: boolean
}

/** A tip-off with what it says; `version` counts its changes by supervision. */
export type TipOff = {
  id: string
  state: TipOffState
  version: number
  day: string
  body: TipOffBody
}

const t = alias(tipOffs, 't')
const HEAD = shape({
  id: t.id,
  body: t.body,
  state: t.state,
  day: t.day,
  movedDay: t.movedDay,
  last: maybe(
    tipOffMessages.side,
    `(SELECT m.side FROM tip_off_messages m WHERE m.tip_off_id = t.id ORDER BY m.ordinal DESC LIMIT 1)`,
  ),
})

/** The tip-offs: those that are not closed first, the newest before others. */
export async function listTipOffs(
  db: Database,
  vault: Vault,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<TipOffHead>> {
  const page = await listPage(db, {
    shape: HEAD,
    from: 'tip_offs t',
    where: { sql: 'TRUE', args: [] },
    order: [
      { sql: "(t.state <> 'closed')", desc: true },
      { sql: 't.day', desc: true },
      { sql: 't.id', desc: true },
    ],
    cursor,
    limit,
  })
  const rows = await Promise.all(
    page.rows.map(async ({ body, last, ...head }) => {
      const { number, name } = await openBody(vault, head.id, body)
      const waits = head.state === 'new' || last === 'person'
      return { ...head, number, named: name !== null, waits }
    }),
  )
  return { ...page, rows }
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

async function openBody(vault: Vault, id: string, body: SqlValue | undefined): Promise<TipOffBody> {
  if (!(body instanceof Uint8Array)) throw new Error('a tip-off without words')
  return TipOffBody.parse(JSON.parse(await vault.openText(body, tipOffContext(id))))
}
