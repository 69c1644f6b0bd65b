import type { Statement } from '../../../db/core/database.ts'
import { forgetLines, insertImportLines } from '../../../db/ledger/import-lines.ts'
import {
  type ImportState,
  importFileContext,
  insertImport,
  type LedgerImport,
  moveHeadings,
  moveImport,
} from '../../../db/ledger/imports.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { AuditAction } from '../../../db/staff/audit-actions.ts'
import { commitOnce } from '../../kernel/commit/commit.ts'
import type { TableProblem } from '../../kernel/tables.ts'
import { readTable } from '../../platform/tables/read-table.ts'
import { findHeadings, guessMapping, type HeadingWords, MOST_ABOVE } from './columns.ts'
import type { ImportDeps } from './run-imports.ts'

/** Characters of a file's name that are kept. */
const LONGEST_NAME = 120
/** Lines stored in one batch. */
const STORED_TOGETHER = 500

type Uploaded = { ok: true; id: string } | { ok: false; problem: TableProblem }

/**
 * Stores an uploaded ledger, sealed line by line, with a guess at its columns. Nothing is done with it until
 * somebody says so; what was stored of an upload that broke off is thrown away with the idle ones.
 */
export async function uploadLedger(
  deps: ImportDeps,
  staff: { id: string; district: string | null },
  file: { name: string; bytes: Uint8Array },
  reading: { pack: PolicyPack; words: HeadingWords; mostLines: number },
): Promise<Uploaded> {
  const { pack, words, mostLines } = reading
  const table = await (deps.readTable ?? readTable)(file.bytes, mostLines + MOST_ABOVE)
  if (!table.ok) return table
  const head = findHeadings(pack, words, table.rows)
  const lines = table.rows.length - 1 - head
  if (lines > mostLines) return { ok: false, problem: 'too-long' }
  const { db, vault, now, programme } = deps
  const id = deps.newId()
  const fileHash = await hashOfFile(file.bytes)
  const name = [...file.name].slice(0, LONGEST_NAME).join('')
  await db.write([
    insertImport({
      id,
      programme,
      staffId: staff.id,
      district: staff.district,
      fileHash,
      fileName: await vault.seal(name, importFileContext(id)),
      headLine: head,
      lines,
      leftOut: table.leftOut,
      at: now(),
    }),
  ])
  for (let line = 0; line < table.rows.length; line += STORED_TOGETHER) {
    const part = table.rows.slice(line, line + STORED_TOGETHER)
    const numbered = part.map((cells, index) => ({
      line: line + index,
      row: table.numbers[line + index] ?? line + index + 1,
      cells,
    }))
    await db.write(await insertImportLines(vault, id, numbered))
  }
  const mapping = guessMapping(pack, words, table.rows[head] ?? [])
  await writeAudited(
    db,
    [
      {
        at: now(),
        actor: staff.id,
        action: 'ledger.import-uploaded',
        subject: `ledger-import:${id}`,
        after: fileHash,
        reason: `${lines}`,
      },
    ],
    [moveImport(id, ['arriving'], 'mapping', now(), mapping)],
  )
  return { ok: true, id }
}

/** What staff do with an import. Each resolves to false where it has moved on meanwhile, and nothing is done. */
export const importSteps = {
  /** Begins to try it with these columns. */
  check: (deps: ImportDeps, one: LedgerImport, mapping: readonly (string | null)[]) =>
    step(deps, [moveImport(one.id, ['mapping'], 'checking', deps.now(), mapping)]),
  /** The headings stand in another line of the file, with this guess at its columns. */
  headings: (
    deps: ImportDeps,
    one: LedgerImport,
    headLine: number,
    mapping: readonly (string | null)[],
  ) => step(deps, [moveHeadings(one, headLine, mapping, deps.now())]),
  /** Back to the columns. */
  remap: (deps: ImportDeps, one: LedgerImport) =>
    step(deps, [moveImport(one.id, ['checked'], 'mapping', deps.now())]),
  /** Begins to write what was found fresh. */
  run: (deps: ImportDeps, one: LedgerImport, staffId: string) =>
    step(deps, [moveImport(one.id, ['checked'], 'running', deps.now())], {
      one,
      staffId,
      action: 'ledger.import-started',
      reason: `${one.fresh} of ${one.lines}`,
    }),
  /** Ends it where it is. What was added stays. */
  cancel: (deps: ImportDeps, one: LedgerImport, staffId: string) =>
    step(deps, [moveImport(one.id, UNDER_WAY, 'cancelled', deps.now()), forgetLines(one.id)], {
      one,
      staffId,
      action: 'ledger.import-cancelled',
      reason: null,
    }),
}

const UNDER_WAY: readonly ImportState[] = ['mapping', 'checking', 'checked', 'running']

type Noted = { one: LedgerImport; staffId: string; action: AuditAction; reason: string | null }

async function step(
  { db, now }: ImportDeps,
  statements: readonly Statement[],
  noted?: Noted,
): Promise<boolean> {
  const audit =
    noted === undefined
      ? []
      : [
          {
            at: now(),
            actor: noted.staffId,
            action: noted.action,
            subject: `ledger-import:${noted.one.id}` as const,
            after: noted.one.fileHash,
            reason: noted.reason,
          },
        ]
  return commitOnce<boolean>(db, { result: true, write: statements, audit, means: () => false })
}

async function hashOfFile(file: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(file)))
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
