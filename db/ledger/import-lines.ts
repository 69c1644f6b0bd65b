import type { Database, Statement } from '../core/database.ts'
import { insertInto, present, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { ledgerImportLines } from '../schema/ledger.ts'
import type { LedgerImport } from './imports.ts'

const LINE = shape({
  line: ledgerImportLines.line,
  cells: present(ledgerImportLines.cells),
  verdict: ledgerImportLines.verdict,
})
const WRONG = shape({ line: ledgerImportLines.line, problems: ledgerImportLines.problems })

/** A line of the file as text; null: an empty cell. */
export type ImportCells = readonly (string | null)[]
export type ImportLine = { line: number; cells: ImportCells }
export type ImportVerdict = NonNullable<RowOf<typeof LINE>['verdict']>

/** What became of a line. `problems` names columns and reasons. */
export type JudgedLine = { line: number; verdict: ImportVerdict; problems: unknown }

/** Where the cells of a line are sealed for. */
export function importLineContext(importId: string, line: string | number): string {
  return `ledger-import:${importId}:${line}`
}

/** Lines of an import, sealed; line 0 is the headings. */
export async function insertImportLines(
  vault: Vault,
  importId: string,
  lines: readonly ImportLine[],
): Promise<Statement[]> {
  return Promise.all(
    lines.map(async ({ line, cells }) =>
      insertInto(ledgerImportLines, {
        importId,
        line,
        cells: await vault.seal(JSON.stringify(cells), importLineContext(importId, line)),
      }),
    ),
  )
}

/** Lines of an import from one on, opened; what is gone is left out. */
export async function readImportLines(
  db: Database,
  vault: Vault,
  importId: string,
  from: number,
  limit: number,
): Promise<(ImportLine & { verdict: ImportVerdict | null })[]> {
  const sealed = `SELECT ${LINE.columns} FROM ledger_import_lines
    WHERE import_id = ? AND line >= ? AND cells IS NOT NULL ORDER BY line LIMIT ?`
  const rows = await query(db, sealed, [importId, from, limit], LINE)
  return Promise.all(
    rows.map(async ({ line, cells, verdict }) => ({
      line,
      verdict,
      cells: JSON.parse(
        await vault.openText(cells, importLineContext(importId, line)),
      ) as ImportCells,
    })),
  )
}

/** The lines that are not taken, with why, from after one of them. */
export async function listWrongLines(
  db: Database,
  importId: string,
  page: { after: number; limit: number },
): Promise<RowOf<typeof WRONG>[]> {
  const wrong = `SELECT ${WRONG.columns} FROM ledger_import_lines
    WHERE import_id = ? AND verdict = 'wrong' AND line > ? ORDER BY line LIMIT ?`
  return query(db, wrong, [importId, page.after, page.limit], WRONG)
}

/**
 * What lines came to, and the import moved on to `next`; ended where that is past its last line. The batch fails
 * with a `ConstraintError` of `ledger_import_cursor` where somebody else was there first, or it was cancelled.
 */
export function judgeLines(
  one: Pick<LedgerImport, 'id' | 'state' | 'cursor' | 'lines'>,
  judged: readonly JudgedLine[],
  next: number,
  at: string,
): Statement[] {
  const count = (verdict: ImportVerdict) => judged.filter((line) => line.verdict === verdict).length
  const running = one.state === 'running'
  const ended = running ? 'done' : 'checked'
  return [
    {
      sql: `UPDATE ledger_imports SET
          cursor = CASE WHEN state = ? AND cursor = ? THEN ? ELSE -1 END,
          state = CASE WHEN ? > lines THEN ? ELSE state END,
          fresh = fresh + ?, known = known + ?, wrong = wrong + ?, added = added + ?, updated_at = ?
        WHERE id = ?`,
      args: [
        one.state,
        one.cursor,
        next,
        next,
        ended,
        // What was found fresh, and is known or wrong by now, changes its column.
        running ? 0 : count('fresh'),
        count('known'),
        count('wrong'),
        count('added'),
        at,
        one.id,
      ],
    },
    ...judged.map(({ line, verdict, problems }) => ({
      sql: 'UPDATE ledger_import_lines SET verdict = ?, problems = ? WHERE import_id = ? AND line = ?',
      args: [verdict, problems === null ? null : JSON.stringify(problems), one.id, line],
    })),
    ...(next > one.lines && running ? [forgetLines(one.id)] : []),
  ]
}

/** What the file said is needed no more. */
export function forgetLines(id: string): Statement {
  return { sql: 'UPDATE ledger_import_lines SET cells = NULL WHERE import_id = ?', args: [id] }
}
