import { CHINA_MS } from '../../flows/programme/china-time.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { type Applicant, answersContext, applicantContext } from '../cases/content.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { query, shape } from '../core/query.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

const KEY = shape({ id: alias(cases, 'k').id })
type AccessScope = { district: string | null }

/** Which applications a ledger lists: of a programme, handed in within a year of China, perhaps of a district. */
export type LedgerFilter = { programme: string; year: number; district?: string }

/** One application with what a ledger says of it. */
export type LedgerCase = {
  id: string
  number: string
  district: string
  stage: string
  outcome: string | null
  keyGroupJobs: number
  /** Null where the person is erased, or the key is lost. */
  applicant: Applicant | null
  answers: FormAnswers | null
  /** When it first came to each stage. */
  reached: Readonly<Record<string, string>>
  vouchers: number
  voucherFen: number
  /** `ledger`: it was kept elsewhere before, and imported. */
  origin: 'chat' | 'paper' | 'ledger'
}

/** A page of the applications of a ledger, in the order of their numbers. */
export async function listLedger(
  db: Database,
  vault: Vault,
  scope: AccessScope,
  filter: LedgerFilter,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<LedgerCase>> {
  const where = condition(scope, filter)
  const order = [{ sql: 'k.number' }]
  const page = await listPage(db, { shape: KEY, from: 'cases k', where, order, cursor, limit })
  return {
    ...page,
    rows: await loadRows(
      db,
      vault,
      page.rows.map(({ id }) => id),
    ),
  }
}

/** The next of them after a number, for a file that takes all. */
export async function readLedger(
  db: Database,
  vault: Vault,
  scope: AccessScope,
  filter: LedgerFilter,
  page: { after: string; limit: number },
): Promise<LedgerCase[]> {
  const here = condition(scope, filter)
  const next = `SELECT ${KEY.columns} FROM cases k WHERE ${here.sql} AND k.number > ? ORDER BY k.number LIMIT ?`
  const ids = await query(db, next, [...here.args, page.after, page.limit], KEY)
  return loadRows(
    db,
    vault,
    ids.map(({ id }) => id),
  )
}

async function loadRows(db: Database, vault: Vault, ids: readonly string[]): Promise<LedgerCase[]> {
  const within = '(SELECT value FROM json_each(?))'
  const args = [JSON.stringify(ids)]
  const [cases = [], events = [], vouchers = []] = await db.read([
    {
      sql: `SELECT id, number, district, stage, outcome, key_group_jobs, applicant, answers,
          CASE WHEN import_id IS NULL THEN origin ELSE 'ledger' END
        FROM cases WHERE id IN ${within} ORDER BY number`,
      args,
    },
    {
      sql: `SELECT e.case_id, e.to_stage, min(e.at) FROM case_events e
        WHERE e.case_id IN ${within} AND e.move <> 'undo' AND NOT EXISTS (SELECT 1 FROM case_events u
          WHERE u.case_id = e.case_id AND u.ordinal = e.ordinal + 1 AND u.move = 'undo')
        GROUP BY e.case_id, e.to_stage`,
      args,
    },
    {
      sql: `SELECT case_id, count(*), sum(face) FROM vouchers
        WHERE case_id IN ${within} AND issued_at IS NOT NULL GROUP BY case_id`,
      args,
    },
  ])
  const reached = new Map<string, Record<string, string>>()
  for (const [caseId, stage, at] of events) {
    const known = reached.get(String(caseId)) ?? {}
    known[String(stage)] = String(at)
    reached.set(String(caseId), known)
  }
  const issued = new Map(
    vouchers.map(([id, count, fen]) => [String(id), [Number(count), Number(fen)]]),
  )
  return Promise.all(
    cases.map(async ([id, number, district, stage, outcome, jobs, applicant, answers, origin]) => {
      const [count = 0, fen = 0] = issued.get(String(id)) ?? []
      const opened = async <Value>(sealed: SqlValue | undefined, context: string) => {
        if (!(sealed instanceof Uint8Array)) return null
        try {
          return JSON.parse(await vault.openText(sealed, context)) as Value
        } catch (error) {
          // One line whose key is lost is no reason to show none.
          if (error instanceof VaultError) return null
          throw error
        }
      }
      return {
        id: String(id),
        number: String(number),
        district: String(district),
        stage: String(stage),
        outcome: outcome == null ? null : String(outcome),
        keyGroupJobs: Number(jobs),
        applicant: await opened<Applicant>(applicant, applicantContext(String(id))),
        answers: await opened<FormAnswers>(answers, answersContext(String(id))),
        reached: reached.get(String(id)) ?? {},
        vouchers: count,
        voucherFen: fen,
        origin: String(origin) as LedgerCase['origin'],
      }
    }),
  )
}

/** How many applications a ledger lists, and how many of them were granted. */
export async function countLedger(
  db: Database,
  scope: AccessScope,
  filter: LedgerFilter,
): Promise<{ cases: number; granted: number; keyGroupJobs: number }> {
  const here = condition(scope, filter)
  const [rows = []] = await db.read([
    {
      sql: `SELECT count(*), sum(k.outcome IS 'granted'),
          sum(CASE WHEN k.outcome = 'granted' THEN k.key_group_jobs ELSE 0 END)
        FROM cases k WHERE ${here.sql}`,
      args: here.args,
    },
  ])
  const [cases, granted, jobs] = rows[0] ?? []
  return {
    cases: Number(cases ?? 0),
    granted: Number(granted ?? 0),
    keyGroupJobs: Number(jobs ?? 0),
  }
}

function condition(scope: AccessScope, { programme, year, district }: LedgerFilter): SqlCondition {
  const seen = districtFilter(scope, 'k.district')
  // A year of China begins eight hours before one of UTC.
  const from = new Date(Date.UTC(year, 0, 1) - CHINA_MS).toISOString()
  const to = new Date(Date.UTC(year + 1, 0, 1) - CHINA_MS).toISOString()
  return {
    sql: `k.programme_id = ? AND k.submitted_at >= ? AND k.submitted_at < ? AND ${seen.sql}${
      district === undefined ? '' : ' AND k.district = ?'
    }`,
    args: [programme, from, to, ...seen.args, ...(district === undefined ? [] : [district])],
  }
}
