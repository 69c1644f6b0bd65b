import type { Database, Statement } from '../core/database.ts'
import { insertInto, present, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { ledgerImportLines } from '../schema/ledger.ts'
import type { LedgerImport } from './imports.ts'

const LINE = shape({
  line: ledgerImportLines.line,
  row: ledgerImportLines.row,
  cells: present(ledgerImportLines.cells),
  verdict: ledgerImportLines.verdict,
})
const TOLD = shape({
  line: ledgerImportLines.line,
  row: ledgerImportLines.row,
  problems: ledgerImportLines.problems,
})

/** A line of the file as text; null: an empty cell. */
export type ImportCells = readonly (string | null)[]
/** `line`: from the first of the file, 0, empty ones left out; `row`: as a spreadsheet counts, from 1. */
export type ImportLine = { line: number; row: number; cells: ImportCells }
export type ImportVerdict = NonNullable<RowOf<typeof LINE>['verdict']>

/** What became of a line. `problems` names columns and what is to be said of them; also of a line that is taken. */
export type JudgedLine = { line: number; verdict: ImportVerdict; problems: unknown }

/** Where the cells of a line are sealed for. */
export function importLineContext(importId: string, line: string | number): string {
  return `ledger-import:${importId}:${line}`
}

/** Lines of an import, sealed, what stands above the headings among them. */
export async function insertImportLines(
  vault: Vault,
  importId: string,
  lines: readonly ImportLine[],
): Promise<Statement[]> {
  return Promise.all(
    lines.map(async ({ line, row, cells }) =>
      insertInto(ledgerImportLines, {
        importId,
        line,
        row,
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
    rows.map(async ({ line, row, cells, verdict }) => ({
      line,
      row: row ?? line + 1,
      verdict,
      cells: JSON.parse(
        await vault.openText(cells, importLineContext(importId, line)),
      ) as ImportCells,
    })),
  )
}

/**
 * The lines of which something is to be said, from after one of them: those that are not taken, or those that are and
 * were read in a way that somebody should see.
 */
export async function listToldLines(
  db: Database,
  importId: string,
  which: 'wrong' | 'taken',
  page: { after: number; limit: number },
): Promise<{ line: number; row: number; problems: unknown }[]> {
  const verdicts =
    which === 'wrong'
      ? `verdict = 'wrong'`
      : `verdict IN ('fresh', 'added') AND problems IS NOT NULL`
  const told = `SELECT ${TOLD.columns} FROM ledger_import_lines
    WHERE import_id = ? AND ${verdicts} AND line > ? ORDER BY line LIMIT ?`
  const rows = await query(db, told, [importId, page.after, page.limit], TOLD)
  return rows.map(({ line, row, problems }) => ({ line, row: row ?? line + 1, problems }))
}

/**
 * What lines came to, and the import moved on to `next`; ended where that is past its last line. The batch fails
 * with a `ConstraintError` of `ledger_import_cursor` where somebody else was there first, or it was cancelled.
 */
export function judgeLines(
  one: Pick<LedgerImport, 'id' | 'state' | 'cursor' | 'lines' | 'headLine'>,
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
          state = CASE WHEN ? > head_line + lines THEN ? ELSE state END,
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
    ...(next > one.headLine + one.lines && running ? [forgetLines(one.id)] : []),
  ]
}

/** What the file said is needed no more. */
export function forgetLines(id: string): Statement {
  return { sql: 'UPDATE ledger_import_lines SET cells = NULL WHERE import_id = ?', args: [id] }
}
