import type { Database, Statement } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { first, insertInto, query, type RowOf, shape } from '../core/query.ts'
import { cases } from '../schema/cases.ts'
import { ledgerImports } from '../schema/ledger.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter } from '../staff/district.ts'

const IMPORT = shape({
  id: ledgerImports.id,
  programme: ledgerImports.programmeId,
  staffId: ledgerImports.staffId,
  staffName: staff.name,
  district: ledgerImports.district,
  state: ledgerImports.state,
  fileHash: ledgerImports.fileHash,
  fileName: ledgerImports.fileName,
  headLine: ledgerImports.headLine,
  lines: ledgerImports.lines,
  leftOut: ledgerImports.leftOut,
  mapping: ledgerImports.mapping,
  cursor: ledgerImports.cursor,
  fresh: ledgerImports.fresh,
  known: ledgerImports.known,
  wrong: ledgerImports.wrong,
  added: ledgerImports.added,
  createdAt: ledgerImports.createdAt,
})

/** A ledger on its way in, with who brought it. */
export type LedgerImport = RowOf<typeof IMPORT>
export type ImportState = LedgerImport['state']

const FROM = 'ledger_imports JOIN staff ON staff.id = ledger_imports.staff_id'
const SELECT = `SELECT ${IMPORT.columns} FROM ${FROM}`

/** Where the name of an import's file is sealed for. */
export function importFileContext(importId: string): string {
  return `ledger-import-file:${importId}`
}

/** A new import; its lines follow. */
export function insertImport(
  one: Pick<
    LedgerImport,
    'id' | 'programme' | 'staffId' | 'district' | 'fileHash' | 'fileName' | 'headLine' | 'lines'
  > & { leftOut?: number; at: string },
): Statement {
  const { programme: programmeId, at, ...given } = one
  const cursor = one.headLine + 1
  const begun = { state: 'arriving', mapping: [], cursor, createdAt: at, updatedAt: at } as const
  return insertInto(ledgerImports, { ...given, ...begun, programmeId })
}

/** The imports that somebody may see, the newest first. */
export async function listImports(
  db: Database,
  eyes: { district: string | null },
  programme: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<LedgerImport>> {
  const seen = districtFilter(eyes, 'ledger_imports.district')
  return listPage(db, {
    shape: IMPORT,
    from: FROM,
    where: {
      sql: `ledger_imports.programme_id = ? AND state <> 'arriving' AND ${seen.sql}`,
      args: [programme, ...seen.args],
    },
    order: [
      { sql: 'ledger_imports.created_at', desc: true },
      { sql: 'ledger_imports.id', desc: true },
    ],
    cursor,
    limit,
  })
}

/** An import by its id, where somebody may see it; null else. */
export async function loadImport(
  db: Database,
  eyes: { district: string | null },
  id: string,
): Promise<LedgerImport | null> {
  const seen = districtFilter(eyes, 'ledger_imports.district')
  const one = `${SELECT} WHERE ledger_imports.id = ? AND state <> 'arriving' AND ${seen.sql}`
  return first(db, one, [id, ...seen.args], IMPORT)
}

/** The imports that have lines to be looked at now. */
export async function listBusyImports(db: Database, programme: string): Promise<LedgerImport[]> {
  const busy = `${SELECT} WHERE state IN ('checking', 'running') AND ledger_imports.programme_id = ?
    ORDER BY ledger_imports.created_at`
  return query(db, busy, [programme], IMPORT)
}

/**
 * Moves an import on from one of these states; going to check or to run begins at its first line. The batch
 * fails with a `ConstraintError` of `ledger_import_cursor` where it is in any other.
 */
export function moveImport(
  id: string,
  from: readonly ImportState[],
  to: ImportState,
  at: string,
  mapping?: readonly (string | null)[],
): Statement {
  const checks = to === 'checking' ? ', fresh = 0, known = 0, wrong = 0' : ''
  return {
    sql: `UPDATE ledger_imports SET
        cursor = CASE WHEN state IN (${from.map(() => '?').join(', ')}) THEN head_line + 1 ELSE -1 END,
        state = ?, mapping = coalesce(?, mapping), updated_at = ?${checks} WHERE id = ?`,
    args: [...from, to, mapping === undefined ? null : JSON.stringify(mapping), at, id],
  }
}

/** The headings stand elsewhere, and the lines begin below them. Fails as `moveImport` does. */
export function moveHeadings(
  { id, lines, headLine }: Pick<LedgerImport, 'id' | 'lines' | 'headLine'>,
  to: number,
  mapping: readonly (string | null)[],
  at: string,
): Statement {
  return {
    sql: `UPDATE ledger_imports SET cursor = CASE WHEN state = 'mapping' AND head_line = ? THEN ? ELSE -1 END,
        head_line = ?, lines = ?, mapping = ?, updated_at = ? WHERE id = ?`,
    args: [headLine, to + 1, to, lines + headLine - to, JSON.stringify(mapping), at, id],
  }
}

/** Ends imports that nobody has touched since `before`, with what their files said. */
export function dropIdleImports(before: string, at: string): Statement[] {
  const idle = `state IN ('arriving', 'mapping', 'checked') AND updated_at < ?`
  return [
    {
      sql: `UPDATE ledger_import_lines SET cells = NULL WHERE import_id IN
        (SELECT id FROM ledger_imports WHERE ${idle})`,
      args: [before],
    },
    {
      sql: `UPDATE ledger_imports SET state = 'cancelled', updated_at = ? WHERE ${idle}`,
      args: [at, before],
    },
  ]
}

/** Ties a case for good to the import by which it came. */
export function markImported(caseId: string, importId: string): Statement {
  return { sql: 'UPDATE cases SET import_id = ? WHERE id = ?', args: [importId, caseId] }
}

const LIKE = shape({
  number: cases.number,
  identity: cases.identityIndex,
  outcome: cases.outcome,
  submittedAt: cases.submittedAt,
})

/**
 * The cases that lines may be: of these numbers, or of these people (blind indexes) whatever became of them.
 */
export async function findCasesLike(
  db: Database,
  programme: string,
  like: { numbers: readonly string[]; identities: readonly string[] },
): Promise<RowOf<typeof LIKE>[]> {
  const list = (values: readonly string[]) => values.map(() => '?').join(', ')
  // Each half by its own index, which an OR would keep SQLite from.
  const either = `SELECT ${LIKE.columns} FROM cases WHERE number IN (${list(like.numbers)})
    UNION SELECT ${LIKE.columns} FROM cases WHERE programme_id = ? AND identity_index IN (${list(like.identities)})`
  return query(db, either, [...like.numbers, programme, ...like.identities], LIKE)
}

/** The series of a district goes on after this number, which came from elsewhere. */
export function raiseSerial(programme: string, district: string, serial: number): Statement {
  return {
    sql: `INSERT INTO case_numbers (programme_id, district, last) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`,
    args: [programme, district, serial],
  }
}
