import { ConstraintError, type Database, type Rows, type Statement } from '../core/database.ts'
import { createPause } from '../core/pause.ts'
import { first, insertInto, shape } from '../core/query.ts'
import { auditEntries } from '../schema/staff.ts'
import type { AuditAction, AuditSubjectKind } from './audit-actions.ts'

/**
 * What is written down of an action. `subject` is `kind:id`. `before` and `after` are hashes
 * (`hashOf`) of what was changed; `reason` is written for ever, so it never names an applicant.
 */
export type AuditDraft = {
  at: string
  /** A staff id, or `cli` or `system`. */
  actor: string
  action: AuditAction
  subject: `${AuditSubjectKind}:${string}`
  before?: string | null
  after?: string | null
  reason?: string | null
}

/** An entry as it is stored; `hash` is over all the other fields. */
export type AuditEntry = typeof auditEntries.$inferSelect

/** The newest entry; ordinal 0 and an empty hash before there is one. */
export type AuditHead = { ordinal: number; hash: string }

/** Other processes may take a place in the chain before us; each try reads its end anew. */
const TRIES = 50

const HEAD = shape({ ordinal: auditEntries.ordinal, hash: auditEntries.hash })

/** So many actions share a batch at most: a refused one makes all of them go again, one by one. */
const TOGETHER = 50

type Action = {
  drafts: readonly AuditDraft[]
  statements: readonly Statement[]
  resolve: (rows: readonly Rows[]) => void
  reject: (error: unknown) => void
}
type Line = { waiting: Action[]; busy: boolean }

/** In one process the writers of a chain wait for each other instead of losing races. */
const lines = new WeakMap<Database, Line>()

/** SHA-256 in hex of a value's canonical JSON: keys in order, no spaces. */
export async function hashOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(value))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Where the chain ends now. */
export async function readAuditHead(db: Database): Promise<AuditHead> {
  const newest = `SELECT ${HEAD.columns} FROM audit_entries ORDER BY ordinal DESC LIMIT 1`
  return (await first(db, newest, [], HEAD)) ?? { ordinal: 0, hash: '' }
}

/**
 * Statements that add entries after a known end, for the batch of the action itself. Where the chain
 * has grown meanwhile, the batch fails with `isAuditRace` and nothing of it is written.
 */
export async function auditStatements(
  head: AuditHead,
  drafts: readonly AuditDraft[],
): Promise<Statement[]> {
  const statements: Statement[] = []
  let last = head
  for (const draft of drafts) {
    const { hash, ...fields } = await link(last, draft)
    statements.push(insertInto(auditEntries, { ...fields, hash }))
    last = { ordinal: fields.ordinal, hash }
  }
  return statements
}

/** True where somebody else took the place in the chain: do the action again from its beginning. */
export function isAuditRace(error: unknown): boolean {
  return (
    error instanceof ConstraintError &&
    error.columns.some((column) => column.startsWith('audit_entries.'))
  )
}

/**
 * Writes an action and its entries in one batch. Other constraints of the action reject as they are;
 * then nothing is written, the entries included. Returns the rows of the action's own statements.
 * What arrives while a batch is under way goes with the next one, so that a busy office waits for a
 * few commits and not for one each.
 */
export async function writeAudited(
  db: Database,
  drafts: readonly AuditDraft[],
  statements: readonly Statement[],
): Promise<readonly Rows[]> {
  const line = lines.get(db) ?? { waiting: [], busy: false }
  lines.set(db, line)
  return new Promise((resolve, reject) => {
    line.waiting.push({ drafts, statements, resolve, reject })
    if (!line.busy) void serve(db, line)
  })
}

async function serve(db: Database, line: Line): Promise<void> {
  line.busy = true
  while (line.waiting.length > 0) {
    const actions = line.waiting.splice(0, TOGETHER)
    try {
      await append(db, actions)
    } catch (error) {
      // Only a refusal is sure to have left nothing behind: each is then tried by itself.
      const apart = actions.length > 1 && isRefusal(error)
      for (const action of actions) {
        if (apart) await append(db, [action]).catch(action.reject)
        else action.reject(error)
      }
    }
  }
  line.busy = false
}

/** SQLite itself said no, unlike a network that may have carried the batch and lost the answer. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return error instanceof ConstraintError || code.startsWith('SQLITE_')
}

async function append(db: Database, actions: readonly Action[]): Promise<void> {
  const drafts = actions.flatMap((action) => action.drafts)
  const statements = actions.flatMap((action) => action.statements)
  const pause = createPause()
  for (let tries = 1; ; tries++) {
    const entries = await auditStatements(await readAuditHead(db), drafts)
    try {
      const rows = await db.write([...statements, ...entries])
      let from = 0
      for (const { statements: own, resolve } of actions) {
        resolve(rows.slice(from, from + own.length))
        from += own.length
      }
      return
    } catch (error) {
      if (!isAuditRace(error) || tries === TRIES) throw error
      await pause()
    }
  }
}

async function link(head: AuditHead, draft: AuditDraft): Promise<AuditEntry> {
  const fields = {
    ordinal: head.ordinal + 1,
    at: draft.at,
    actor: draft.actor,
    action: draft.action,
    subject: draft.subject,
    beforeHash: draft.before ?? null,
    afterHash: draft.after ?? null,
    reason: draft.reason ?? null,
    previousHash: head.hash,
  }
  return { ...fields, hash: await hashOf(fields) }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
