import { ConstraintError, type Database, type SqlValue, type Statement } from './database.ts'

/**
 * What is written down of an action. `subject` is `kind:id`. `before` and `after` are hashes
 * (`hashOf`) of what was changed; `reason` is written for ever, so it never names an applicant.
 */
export type AuditDraft = {
  at: string
  /** A staff id, or `cli` or `system`. */
  actor: string
  /** `kind.verb`, for example `staff.invited`. */
  action: string
  subject: string
  before?: string | null
  after?: string | null
  reason?: string | null
}

/** An entry as it is stored; `hash` is over all the other fields. */
export type AuditEntry = {
  ordinal: number
  at: string
  actor: string
  action: string
  subject: string
  beforeHash: string | null
  afterHash: string | null
  reason: string | null
  previousHash: string
  hash: string
}

/** The newest entry; ordinal 0 and an empty hash before there is one. */
export type AuditHead = { ordinal: number; hash: string }

export type AuditVerdict =
  | { ok: true; entries: number; hash: string }
  | { ok: false; ordinal: number; problem: 'missing' | 'unlinked' | 'altered' }

/** Other processes may take a place in the chain before us; each try reads its end anew. */
const TRIES = 50
/** Between tries, so that two processes do not lose to each other in step; up to this, by chance. */
const PAUSE_MILLISECONDS = 20
const PAGE = 500
const COLUMNS =
  'ordinal, at, actor, action, subject, before_hash, after_hash, reason, previous_hash, hash'

/** In one process the writers of a chain wait for each other instead of losing races. */
const lines = new WeakMap<Database, Promise<unknown>>()

/** SHA-256 in hex of a value's canonical JSON: keys in order, no spaces. */
export async function hashOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(value))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Where the chain ends now. */
export async function readAuditHead(db: Database): Promise<AuditHead> {
  const [rows = []] = await db.read([
    { sql: 'SELECT ordinal, hash FROM audit_entries ORDER BY ordinal DESC LIMIT 1', args: [] },
  ])
  return { ordinal: Number(rows[0]?.[0] ?? 0), hash: String(rows[0]?.[1] ?? '') }
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
    statements.push({
      sql: `INSERT INTO audit_entries (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        fields.ordinal,
        fields.at,
        fields.actor,
        fields.action,
        fields.subject,
        fields.beforeHash,
        fields.afterHash,
        fields.reason,
        fields.previousHash,
        hash,
      ],
    })
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
 */
export async function writeAudited(
  db: Database,
  drafts: readonly AuditDraft[],
  statements: readonly Statement[],
) {
  const before = lines.get(db) ?? Promise.resolve()
  const turn = before.catch(() => {}).then(() => append(db, drafts, statements))
  lines.set(
    db,
    turn.catch(() => {}),
  )
  return turn
}

async function append(
  db: Database,
  drafts: readonly AuditDraft[],
  statements: readonly Statement[],
) {
  for (let tries = 1; ; tries++) {
    const entries = await auditStatements(await readAuditHead(db), drafts)
    try {
      return (await db.write([...statements, ...entries])).slice(0, statements.length)
    } catch (error) {
      if (!isAuditRace(error) || tries === TRIES) throw error
      const wait = Math.random() * PAUSE_MILLISECONDS
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** Reads the whole chain and names the first entry that is missing, out of its place or not what was written. */
export async function verifyAudit(db: Database): Promise<AuditVerdict> {
  let last: AuditHead = { ordinal: 0, hash: '' }
  for (;;) {
    const page = await loadAudit(db, 'ordinal > ?', [last.ordinal], 'ASC', PAGE)
    for (const entry of page) {
      const ordinal = last.ordinal + 1
      if (entry.ordinal !== ordinal) return { ok: false, ordinal, problem: 'missing' }
      if (entry.previousHash !== last.hash) return { ok: false, ordinal, problem: 'unlinked' }
      const { hash, ...fields } = entry
      if ((await hashOf(fields)) !== hash) return { ok: false, ordinal, problem: 'altered' }
      last = { ordinal, hash }
    }
    if (page.length < PAGE) return { ok: true, entries: last.ordinal, hash: last.hash }
  }
}

/** Entries for the auditor, newest first; each given filter must hold. `before`: an ordinal to page on from. */
export async function listAudit(
  db: Database,
  filter: { actor?: string; action?: string; subject?: string; before?: number; limit: number },
): Promise<AuditEntry[]> {
  const wanted: [string, SqlValue | undefined][] = [
    ['actor = ?', filter.actor],
    ["action LIKE ? || '%'", filter.action],
    ['subject = ?', filter.subject],
    ['ordinal < ?', filter.before],
  ]
  const given = wanted.filter(([, value]) => value !== undefined)
  return loadAudit(
    db,
    given.map(([sql]) => sql).join(' AND ') || 'TRUE',
    given.map(([, value]) => value ?? null),
    'DESC',
    filter.limit,
  )
}

async function loadAudit(
  db: Database,
  condition: string,
  args: readonly SqlValue[],
  order: 'ASC' | 'DESC',
  limit: number,
): Promise<AuditEntry[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM audit_entries WHERE ${condition} ORDER BY ordinal ${order} LIMIT ?`,
      args: [...args, limit],
    },
  ])
  const text = (value: SqlValue | undefined) => (value == null ? null : String(value))
  return rows.map((row) => ({
    ordinal: Number(row[0]),
    at: String(row[1]),
    actor: String(row[2]),
    action: String(row[3]),
    subject: String(row[4]),
    beforeHash: text(row[5]),
    afterHash: text(row[6]),
    reason: text(row[7]),
    previousHash: String(row[8]),
    hash: String(row[9]),
  }))
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
