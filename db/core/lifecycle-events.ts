import type { LifecycleEvent } from '../../flows/programme/lifecycle/machine.ts'
import type { campaignEvents } from '../schema/campaigns.ts'
import type { caseEvents } from '../schema/cases.ts'
import type { eventChanges } from '../schema/events.ts'
import { staff } from '../schema/staff.ts'
import type { voucherEvents } from '../schema/vouchers.ts'
import type { Database, Rows, SqlValue, Statement } from './database.ts'
import { type Column, getTableName } from './drizzle.ts'
import { maybe, parsed, query, shape } from './query.ts'
import type { Vault } from './vault.ts'

/** A table of moves with words that are sealed, and how these are told from the rest. */
type SealedTable<Role extends string, Words> = {
  table: typeof caseEvents | typeof voucherEvents
  of: Column
  from: Column
  to: Column
  /** Throws where a stored role is none of them. */
  role: (stored: string) => Role
  /** What is sealed of a move; null: it says nothing. */
  words: (event: LifecycleEvent<Role> & Words) => Words | null
  /** Words that say nothing, as of a move whose words were erased. */
  nothing: Words
  sealedFor: (id: string, ordinal: number) => string
}

/**
 * How the moves of cases and vouchers are kept. The ordinal is the optimistic lock: where somebody else moved
 * it since it was read, the batch fails with a `ConstraintError` of the table's own column.
 */
export function sealedMoves<Role extends string, Words extends { note: string | null }>(
  kept: SealedTable<Role, Words>,
) {
  const { table, of, sealedFor } = kept
  const row = shape({
    ordinal: table.ordinal,
    move: table.move,
    from: parsed(kept.from, String),
    to: parsed(kept.to, String),
    role: parsed(table.role, kept.role),
    actor: table.actor,
    actorId: table.actorId,
    reasons: parsed(table.reasons, (json): readonly string[] => JSON.parse(json)),
    details: table.details,
    at: table.at,
  })
  const name = getTableName(table)
  const columns = `${of.name}, ordinal, move, ${kept.from.name}, ${kept.to.name}, role, actor, actor_id, reasons, details, at`
  /** A read of the history, in order, of what an expression in SQL gives the id of; for `open`. */
  const listing = ({ sql, args }: Statement): Statement => ({
    sql: `SELECT ${row.columns} FROM ${name} WHERE ${of.name} = ${sql} ORDER BY ordinal`,
    args,
  })
  /** The history that was read. Erased words are as if there had been none. */
  const open = (vault: Vault, id: string, rows: Rows): Promise<(LifecycleEvent<Role> & Words)[]> =>
    Promise.all(
      rows.map(row.read).map(async ({ details, actorId, ...event }) => {
        const words: Words =
          details === null
            ? kept.nothing
            : JSON.parse(await vault.openText(details, sealedFor(id, event.ordinal)))
        return { ...event, ...(actorId === null ? {} : { actorId }), ...words }
      }),
    )
  return {
    /** A row for somebody's batch; `more`: columns that only this table has. */
    async insert(
      vault: Vault,
      id: string,
      event: LifecycleEvent<Role> & Words,
      more: Readonly<Record<string, SqlValue>> = {},
    ): Promise<Statement> {
      const { ordinal, move, from, to, role, actor, actorId = null, reasons, at } = event
      const words = kept.words(event)
      const details =
        words === null ? null : await vault.seal(JSON.stringify(words), sealedFor(id, ordinal))
      const values = [id, ordinal, move, from, to, role, actor, actorId]
      return {
        sql: `INSERT INTO ${name} (${[columns, ...Object.keys(more)].join(', ')})
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?${', ?'.repeat(Object.keys(more).length)})`,
        args: [...values, JSON.stringify(reasons), details, at, ...Object.values(more)],
      }
    },
    list: async (db: Database, vault: Vault, id: string) =>
      open(vault, id, (await db.read([listing({ sql: '?', args: [id] })]))[0] ?? []),
    listing,
    open,
  }
}

/** How the moves of campaigns and events are kept: which version was whose, with the same lock. */
export function staffMoves<Move extends Column & { _: { data: string } }>(
  table: typeof campaignEvents | typeof eventChanges,
  of: Column,
  move: Move,
) {
  const row = shape({ move, by: maybe(staff.name), at: table.at })
  const name = getTableName(table)
  return {
    /** A row for somebody's batch: `version` is the one that it makes; `staffId` null: the clock. */
    insert(
      id: string,
      made: { version: number; move: Move['_']['data']; staffId: string | null; at: string },
    ): Statement {
      return {
        sql: `INSERT INTO ${name} (${of.name}, version, ${move.name}, staff_id, at) VALUES (?, ?, ?, ?, ?)`,
        args: [id, made.version, made.move, made.staffId, made.at],
      }
    },
    /** The history, in order; `by` null: the clock, or somebody whose account is gone. */
    list(db: Database, id: string) {
      const all = `SELECT ${row.columns} FROM ${name} LEFT JOIN staff ON staff.id = ${name}.staff_id
        WHERE ${of.name} = ? ORDER BY version`
      return query(db, all, [id], row)
    },
    /** Whether it was this very person who brought it to this version, by this very move. */
    async wasMadeBy(
      db: Database,
      id: string,
      made: { version: number; move: Move['_']['data']; staffId: string },
    ): Promise<boolean> {
      const one = `SELECT ${name}.at FROM ${name}
        WHERE ${of.name} = ? AND version = ? AND ${move.name} = ? AND staff_id = ?`
      const args = [id, made.version, made.move, made.staffId]
      return (await query(db, one, args, shape({ at: table.at }))).length > 0
    },
  }
}
