import {
  and,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
} from 'drizzle-orm'
import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database } from '../core/database.ts'
import { createOrm } from '../core/orm.ts'
import type { Vault } from '../core/vault.ts'
import { cases, caseWork } from '../schema/cases.ts'
import { staff } from '../schema/staff.ts'
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

/** A case in a list, with who has it on the desk. */
export type ListedCase = CaseHead & { assigneeId: string | null; assignee: string | null }

/** The cases that somebody may see, in the order of review; those that have ended, the newest first. */
export async function listStaffCases(
  db: Database,
  scope: AccessScope,
  filter: CaseFilter & ReviewOrder & { view: CaseView; limit: number; offset: number },
): Promise<ListedCase[]> {
  const { view, limit, offset } = filter
  return createOrm(db)
    .select({ ...HEAD_COLUMNS, assigneeId: caseWork.staffId, assignee: staff.name })
    .from(cases)
    .leftJoin(caseWork, eq(caseWork.caseId, cases.id))
    .leftJoin(staff, eq(staff.id, caseWork.staffId))
    .where(and(conditionOf(scope, filter), viewOf(view)))
    .orderBy(
      ...(view === 'closed' ? [desc(cases.closedAt), desc(cases.number)] : reviewOrder(filter)),
    )
    .limit(limit)
    .offset(offset)
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

/** How many cases somebody may see in each stage, and how many have ended; a stage without any is left out. */
export async function countStaffCases(
  db: Database,
  scope: AccessScope,
  filter: CaseFilter,
): Promise<{ open: Map<string, number>; closed: number }> {
  const rows = await createOrm(db)
    .select({ stage: cases.stage, closed: isNotNull(cases.closedAt), count: count() })
    .from(cases)
    .leftJoin(caseWork, eq(caseWork.caseId, cases.id))
    .where(conditionOf(scope, filter))
    .groupBy(cases.stage, isNotNull(cases.closedAt))
  const open = rows.filter(({ closed }) => Number(closed) === 0)
  return {
    open: new Map(open.map((row) => [row.stage, row.count])),
    closed: rows.reduce((sum, row) => sum + (Number(row.closed) === 0 ? 0 : row.count), 0),
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

function conditionOf(scope: AccessScope, filter: CaseFilter): SQL | undefined {
  const { programme, district, keyGroup, assignee, since } = filter
  return and(
    eq(cases.programmeId, programme),
    inScope(scope),
    district === undefined ? undefined : eq(cases.district, district),
    keyGroup === undefined ? undefined : eq(cases.hasKeyGroup, keyGroup),
    assignee === undefined
      ? undefined
      : assignee === null
        ? isNull(caseWork.staffId)
        : eq(caseWork.staffId, assignee),
    since === undefined
      ? undefined
      : or(
          ...since.map(({ stage, before }) =>
            and(eq(cases.stage, stage), lt(cases.stageAt, before)),
          ),
        ),
  )
}

function viewOf(view: CaseView): SQL | undefined {
  if (view === 'closed') return isNotNull(cases.closedAt)
  return and(
    isNull(cases.closedAt),
    view.stages === undefined ? undefined : inArray(cases.stage, [...view.stages]),
  )
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
