import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { districtFilter } from '../staff/district.ts'

/**
 * arriving: its lines are being stored · mapping: staff say which column is which · checking: line by line,
 * nothing is changed · checked: staff decide · running · done · cancelled
 */
export type ImportState =
  | 'arriving'
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'cancelled'

/** A ledger on its way in. */
export type LedgerImport = {
  id: string
  programme: string
  staffId: string
  staffName: string
  /** Whose district; null: the whole city. */
  district: string | null
  state: ImportState
  /** SHA-256 of the file, in base64url. */
  fileHash: string
  /** Lines below the headings. */
  lines: number
  /** What each column is, in the order of the file; null: it is left out. */
  mapping: readonly (string | null)[]
  /** The first line that is still to be looked at, from 1. */
  cursor: number
  /** Found by the check: to be added, here already, not to be taken. */
  fresh: number
  known: number
  wrong: number
  /** Added by the run. */
  added: number
  createdAt: string
}

/** A line of the file as text; null: an empty cell. */
export type ImportCells = readonly (string | null)[]
export type ImportLine = { line: number; cells: ImportCells }
export type ImportVerdict = 'fresh' | 'known' | 'wrong' | 'added'

/** What became of a line. `problems` is JSON that names columns and reasons. */
export type JudgedLine = { line: number; verdict: ImportVerdict; problems: unknown }

const SELECT = `SELECT i.id, i.programme_id, i.staff_id, p.name, i.district, i.state, i.file_hash, i.lines, i.mapping,
  i.cursor, i.fresh, i.known, i.wrong, i.added, i.created_at FROM ledger_imports i JOIN staff p ON p.id = i.staff_id`

/** Where the cells of a line are sealed for. */
export function importLineContext(importId: string, line: string | number): string {
  return `ledger-import:${importId}:${line}`
}

/** A new import; its lines follow. */
export function insertImport(
  one: Pick<LedgerImport, 'id' | 'programme' | 'staffId' | 'district' | 'fileHash' | 'lines'> & {
    at: string
  },
): Statement {
  return {
    sql: `INSERT INTO ledger_imports (id, programme_id, staff_id, district, state, file_hash, lines, mapping,
        created_at, updated_at) VALUES (?, ?, ?, ?, 'arriving', ?, ?, '[]', ?, ?)`,
    args: [
      one.id,
      one.programme,
      one.staffId,
      one.district,
      one.fileHash,
      one.lines,
      one.at,
      one.at,
    ],
  }
}

/** Lines of an import, sealed; line 0 is the headings. */
export async function insertImportLines(
  vault: Vault,
  importId: string,
  lines: readonly ImportLine[],
): Promise<Statement[]> {
  return Promise.all(
    lines.map(async ({ line, cells }) => ({
      sql: 'INSERT INTO ledger_import_lines (import_id, line, cells) VALUES (?, ?, ?)',
      args: [
        importId,
        line,
        await vault.seal(JSON.stringify(cells), importLineContext(importId, line)),
      ],
    })),
  )
}

/** The imports that somebody may see, the newest first. */
export async function listImports(
  db: Database,
  eyes: { district: string | null },
  programme: string,
): Promise<LedgerImport[]> {
  const seen = districtFilter(eyes, 'i.district')
  const [rows = []] = await db.read([
    {
      sql: `${SELECT} WHERE i.programme_id = ? AND i.state <> 'arriving' AND ${seen.sql}
        ORDER BY i.created_at DESC LIMIT 50`,
      args: [programme, ...seen.args],
    },
  ])
  return rows.map(parseImport)
}

/** An import by its id, where somebody may see it; null else. */
export async function loadImport(
  db: Database,
  eyes: { district: string | null },
  id: string,
): Promise<LedgerImport | null> {
  const seen = districtFilter(eyes, 'i.district')
  const [rows = []] = await db.read([
    {
      sql: `${SELECT} WHERE i.id = ? AND i.state <> 'arriving' AND ${seen.sql}`,
      args: [id, ...seen.args],
    },
  ])
  return rows[0] === undefined ? null : parseImport(rows[0])
}

/** The imports that have lines to be looked at now. */
export async function listBusyImports(db: Database, programme: string): Promise<LedgerImport[]> {
  const [rows = []] = await db.read([
    {
      sql: `${SELECT} WHERE i.state IN ('checking', 'running') AND i.programme_id = ? ORDER BY i.created_at`,
      args: [programme],
    },
  ])
  return rows.map(parseImport)
}

/** Lines of an import from one on, opened; what is gone is left out. */
export async function readImportLines(
  db: Database,
  vault: Vault,
  importId: string,
  from: number,
  limit: number,
): Promise<(ImportLine & { verdict: ImportVerdict | null })[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT line, cells, verdict FROM ledger_import_lines
        WHERE import_id = ? AND line >= ? AND cells IS NOT NULL ORDER BY line LIMIT ?`,
      args: [importId, from, limit],
    },
  ])
  return Promise.all(
    rows.map(async ([line, cells, verdict]) => ({
      line: Number(line),
      cells: JSON.parse(
        await vault.openText(cells as Uint8Array, importLineContext(importId, Number(line))),
      ) as ImportCells,
      verdict: verdict == null ? null : (String(verdict) as ImportVerdict),
    })),
  )
}

/** The lines that are not taken, with why, from after one of them. */
export async function listWrongLines(
  db: Database,
  importId: string,
  page: { after: number; limit: number },
): Promise<{ line: number; problems: unknown }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT line, problems FROM ledger_import_lines
        WHERE import_id = ? AND verdict = 'wrong' AND line > ? ORDER BY line LIMIT ?`,
      args: [importId, page.after, page.limit],
    },
  ])
  return rows.map(([line, problems]) => ({
    line: Number(line),
    problems: JSON.parse(String(problems)),
  }))
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
        cursor = CASE WHEN state IN (${from.map(() => '?').join(', ')}) THEN 1 ELSE -1 END,
        state = ?, mapping = coalesce(?, mapping), updated_at = ?${checks} WHERE id = ?`,
    args: [...from, to, mapping === undefined ? null : JSON.stringify(mapping), at, id],
  }
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
        ...[one.state, one.cursor, next, next, ended],
        // What was found fresh, and is known or wrong by now, changes its column.
        running ? 0 : count('fresh'),
        ...[count('known'), count('wrong'), count('added'), at, one.id],
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

/**
 * The cases that lines may be: of these numbers, or of these people (blind indexes) whatever became of them.
 */
export async function findCasesLike(
  db: Database,
  programme: string,
  like: { numbers: readonly string[]; identities: readonly string[] },
): Promise<
  { number: string; identity: string | null; outcome: string | null; submittedAt: string }[]
> {
  const list = (values: readonly string[]) => values.map(() => '?').join(', ')
  const [rows = []] = await db.read([
    {
      sql: `SELECT number, identity_index, outcome, submitted_at FROM cases
        WHERE number IN (${list(like.numbers)})
        UNION SELECT number, identity_index, outcome, submitted_at FROM cases
        WHERE programme_id = ? AND identity_index IN (${list(like.identities)})`,
      args: [...like.numbers, programme, ...like.identities],
    },
  ])
  return rows.map(([number, identity, outcome, submittedAt]) => ({
    number: String(number),
    identity: identity == null ? null : String(identity),
    outcome: outcome == null ? null : String(outcome),
    submittedAt: String(submittedAt),
  }))
}

/** The series of a district goes on after this number, which came from elsewhere. */
export function raiseSerial(programme: string, district: string, serial: number): Statement {
  return {
    sql: `INSERT INTO case_numbers (programme_id, district, last) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`,
    args: [programme, district, serial],
  }
}

function parseImport(row: readonly SqlValue[]): LedgerImport {
  const [id, programme, staffId, staffName, district, state, fileHash, lines, mapping, ...rest] =
    row
  const [cursor, fresh, known, wrong, added, createdAt] = rest
  return {
    id: String(id),
    programme: String(programme),
    staffId: String(staffId),
    staffName: String(staffName),
    district: district == null ? null : String(district),
    state: String(state) as ImportState,
    fileHash: String(fileHash),
    lines: Number(lines),
    mapping: JSON.parse(String(mapping)),
    cursor: Number(cursor),
    fresh: Number(fresh),
    known: Number(known),
    wrong: Number(wrong),
    added: Number(added),
    createdAt: String(createdAt),
  }
}
