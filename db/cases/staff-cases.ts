import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database } from '../core/database.ts'
import { and, desc, eq, gt, gte, type SQL } from '../core/drizzle.ts'
import { findBeside, type ListPage, listPage, type SortKey } from '../core/list-page.ts'
import { createOrm } from '../core/orm.ts'
import { count, maybe, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { cases, caseWork } from '../schema/cases.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'
import { type CaseHead, HEAD_COLUMNS, selectHeads } from './cases.ts'
import { identityIndex } from './content.ts'
import { type ReviewOrder, reviewOrder } from './queue.ts'

/** Whose eyes: those of one district, or of the whole city. */
export type AccessScope = { district: string | null }

/** Which cases are listed; each given condition must hold. */
export type CaseFilter = {
  programme: string
  district?: string
  keyGroup?: boolean
  /** On whose desk; null: on nobody's. */
  assignee?: string | null
  /** In one of these stages since before that moment. */
  since?: readonly { stage: string; before: string }[]
}

/** Open cases of these stages (all open ones without it), or those that have ended. */
export type CaseView = { stages?: readonly string[] } | 'closed'

const LISTED = shape({
  ...HEAD_COLUMNS,
  assigneeId: maybe(caseWork.staffId),
  assignee: maybe(staff.name),
})

/** A case in a list, with who has it on the desk. */
export type ListedCase = RowOf<typeof LISTED>

/** By what a list of open cases is sorted: the order of review, or how long they have stood, or when they came. */
export const CASE_SORTS = ['review', 'standing', 'newest'] as const
export type CaseSort = (typeof CASE_SORTS)[number]

/** A list of cases: which, and in what order. */
export type CaseList = CaseFilter & ReviewOrder & { view: CaseView; sort?: CaseSort }

const WORK = 'cases LEFT JOIN case_work ON case_work.case_id = cases.id'

/** The cases that somebody may see, a page of them; those that have ended the newest first, however open ones are sorted. */
export function listStaffCases(
  db: Database,
  scope: AccessScope,
  filter: CaseList & { limit: number; cursor?: string; skip?: number },
): Promise<ListPage<ListedCase>> {
  const { limit, cursor, skip } = filter
  const { from, where, order } = listed(scope, filter)
  return listPage(db, {
    shape: LISTED,
    from: `${WORK} LEFT JOIN staff ON staff.id = case_work.staff_id`,
    within: { from, key: 'cases.id' },
    where,
    order,
    cursor,
    limit,
    ...(skip === undefined ? {} : { skip }),
  })
}

/** The cases that these eyes see in the order of their numbers, from after one of them: for other systems. */
export async function listCasesByNumber(
  db: Database,
  scope: AccessScope,
  filter: {
    programme: string
    after: string
    limit: number
    stage?: string
    updatedSince?: string
  },
): Promise<CaseHead[]> {
  const { programme, after, limit, stage, updatedSince } = filter
  return selectHeads(db)
    .where(
      and(
        eq(cases.programmeId, programme),
        inScope(scope),
        gt(cases.number, after),
        stage === undefined ? undefined : eq(cases.stage, stage),
        updatedSince === undefined ? undefined : gte(cases.updatedAt, updatedSince),
      ),
    )
    .orderBy(cases.number)
    .limit(limit)
}

function orderOf(order: ReviewOrder, sort: CaseSort | 'closed'): SortKey[] {
  switch (sort) {
    case 'review':
      return reviewOrder(order)
    case 'standing':
      return [{ sql: 'coalesce(cases.stage_at, cases.submitted_at)' }, { sql: 'cases.number' }]
    case 'newest':
      return [
        { sql: 'cases.submitted_at', desc: true },
        { sql: 'cases.number', desc: true },
      ]
    case 'closed':
      return [
        { sql: 'cases.closed_at', desc: true },
        { sql: 'cases.number', desc: true },
      ]
  }
}

const COUNTED = shape({
  stage: cases.stage,
  closed: count('cases.closed_at IS NOT NULL'),
  count: count('count(*)'),
})

/** How many cases somebody may see in each stage, and how many have ended; a stage without any is left out. */
export async function countStaffCases(
  db: Database,
  scope: AccessScope,
  filter: CaseFilter,
): Promise<{ open: Map<string, number>; closed: number }> {
  const given = conditionOf(scope, filter)
  const from = filter.assignee === undefined ? 'cases' : WORK
  const all = `SELECT ${COUNTED.columns} FROM ${from} WHERE ${given.sql} GROUP BY 1, 2`
  const rows = await query(db, all, given.args, COUNTED)
  const open = rows.filter(({ closed }) => closed === 0)
  return {
    open: new Map(open.map((row) => [row.stage, row.count])),
    closed: rows.reduce((sum, row) => sum + (row.closed === 0 ? 0 : row.count), 0),
  }
}

/** The cases before and after one in a list, as far as these eyes see it: by id, null where there is none. */
export function findCasesBeside(
  db: Database,
  scope: AccessScope,
  list: CaseList,
  caseId: string,
): Promise<{ previous: string | null; next: string | null }> {
  return findBeside(db, listed(scope, list), { key: 'cases.id', value: caseId })
}

function listed(scope: AccessScope, list: CaseList) {
  const given = conditionOf(scope, list)
  const shown = viewOf(list.view)
  return {
    from: list.assignee === undefined ? 'cases' : WORK,
    where: { sql: `${given.sql} AND ${shown.sql}`, args: [...given.args, ...shown.args] },
    order: orderOf(list, list.view === 'closed' ? 'closed' : (list.sort ?? 'review')),
  }
}

/** The cases of an identity number that somebody may see, the newest first. */
export async function findStaffCasesOf(
  db: Database,
  vault: Vault,
  scope: AccessScope,
  { programme, identityNumber }: { programme: string; identityNumber: string },
): Promise<CaseHead[]> {
  const index = await identityIndex(vault, identityNumber)
  return selectHeads(db)
    .where(and(eq(cases.programmeId, programme), eq(cases.identityIndex, index), inScope(scope)))
    .orderBy(desc(cases.submittedAt), desc(cases.number))
}

/** Who has a case on the desk. */
export async function findAssignee(
  db: Database,
  caseId: string,
): Promise<{ id: string; name: string } | null> {
  const [found] = await createOrm(db)
    .select({ id: staff.id, name: staff.name })
    .from(caseWork)
    .innerJoin(staff, eq(staff.id, caseWork.staffId))
    .where(eq(caseWork.caseId, caseId))
    .limit(1)
  return found ?? null
}

/** The limit of db/staff/district.ts, for a query on cases. */
function inScope({ district }: AccessScope): SQL | undefined {
  return district === null ? undefined : eq(cases.district, district)
}

function conditionOf(scope: AccessScope, filter: CaseFilter): SqlCondition {
  const { programme, district, keyGroup, assignee, since } = filter
  return allOf([
    { sql: 'cases.programme_id = ?', args: [programme] },
    districtFilter(scope, 'cases.district'),
    ...(district === undefined ? [] : [{ sql: 'cases.district = ?', args: [district] }]),
    ...(keyGroup === undefined
      ? []
      : [{ sql: 'cases.has_key_group = ?', args: [Number(keyGroup)] }]),
    ...(assignee === undefined ? [] : [{ sql: 'case_work.staff_id IS ?', args: [assignee] }]),
    ...(since === undefined
      ? []
      : [
          {
            sql: `(${since.map(() => '(cases.stage = ? AND cases.stage_at < ?)').join(' OR ') || 'FALSE'})`,
            args: since.flatMap(({ stage, before }) => [stage, before]),
          },
        ]),
  ])
}

function viewOf(view: CaseView): SqlCondition {
  if (view === 'closed') return { sql: 'cases.closed_at IS NOT NULL', args: [] }
  const open = { sql: 'cases.closed_at IS NULL', args: [] }
  if (view.stages === undefined) return open
  const marks = view.stages.map(() => '?').join(', ')
  return allOf([open, { sql: `cases.stage IN (${marks})`, args: view.stages }])
}

function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    args: conditions.flatMap(({ args }) => args),
  }
}

/** The conversations of a contact, the one last used at the end. */
export async function listConversations(
  db: Database,
  contactId: string,
): Promise<{ id: string; channel: ChannelType }[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT id, channel FROM sessions WHERE contact_id = ? ORDER BY updated_at',
      args: [contactId],
    },
  ])
  // Only commitTurn writes sessions, from a channel's own type.
  return rows.map(([id, channel]) => ({ id: String(id), channel: channel as ChannelType }))
}

/** The latest hand-off in the conversations of a contact. */
export async function findLastHandoff(db: Database, contactId: string): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT h.id FROM handoffs h JOIN sessions s ON s.id = h.session_id
        WHERE s.contact_id = ? ORDER BY h.opened_at DESC LIMIT 1`,
      args: [contactId],
    },
  ])
  const [id] = rows[0] ?? []
  return id == null ? null : String(id)
}
