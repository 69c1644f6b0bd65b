import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Stage } from '../../flows/programme/lifecycle/stage.ts'
import type { Database, Statement } from '../core/database.ts'
import { and, desc, eq, getTableColumns, isNull, or } from '../core/drizzle.ts'
import { createOrm } from '../core/orm.ts'
import { prepared } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { type CaseContent, CONTENT_COLUMNS, contentValues, identityIndex } from './content.ts'
import { CASE_MOVES } from './events.ts'
import { dropFromSearch, indexForSearch } from './search-index.ts'

/** An application that is being handed in. */
export type NewCase = CaseContent & {
  id: string
  /** From `caseNumber`. */
  number: string
  programme: string
  revision: string
  /** Null for a case that came on paper. */
  contactId: string | null
  district: string
  origin: 'chat' | 'paper'
  decisionId: string | null
  /** What `applyMove` made of the submission. */
  event: CaseEvent
  stage: Stage
}

const {
  applicant: _applicant,
  answers: _answers,
  identityIndex: _identityIndex,
  lookupIndex: _lookupIndex,
  mobileIndex: _mobileIndex,
  creditIndex: _creditIndex,
  indexed: _indexed,
  traitsVersion: _traitsVersion,
  isDouble: _isDouble,
  ...headColumns
} = getTableColumns(cases)

/** All of a case that names nobody. */
export type CaseHead = Omit<
  typeof cases.$inferSelect,
  | 'applicant'
  | 'answers'
  | 'identityIndex'
  | 'lookupIndex'
  | 'mobileIndex'
  | 'creditIndex'
  | 'indexed'
  | 'traitsVersion'
  | 'isDouble'
>

/** The columns of a head, for queries with more than that. */
export const HEAD_COLUMNS = headColumns

/** Selects heads of cases; add a condition and an order. */
export function selectHeads(db: Database) {
  return createOrm(db).select(headColumns).from(cases)
}

/**
 * A new case with its first event, for the turn's batch. The batch fails with a `ConstraintError` of
 * `cases.identity_index` where this contact has an application of this person that counts, and of `cases.number`
 * where the number is taken. Where another contact has one, it is taken as a possible double, for staff to decide;
 * that is found in the statement itself, so that neither time nor requests tell the sender.
 */
export async function insertCase(vault: Vault, one: NewCase): Promise<Statement[]> {
  const { id, number, event } = one
  const { at } = event
  return [
    {
      sql: `INSERT INTO cases (id, number, programme_id, revision_id, contact_id, district, origin, stage,
          version, outcome, decision_id, submitted_at, completed_at, updated_at, stage_at, ${CONTENT_COLUMNS},
          is_double)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          EXISTS (SELECT 1 FROM cases WHERE programme_id = ? AND identity_index = ?
            AND contact_id IS NOT ? AND (outcome IS NULL OR outcome = 'granted')))`,
      args: [
        id,
        number,
        one.programme,
        one.revision,
        one.contactId,
        one.district,
        one.origin,
        event.to,
        event.ordinal,
        one.stage.outcome,
        one.decisionId,
        at,
        at,
        at,
        at,
        ...(await contentValues(vault, id, number, one)),
        one.programme,
        await identityIndex(vault, one.applicant.identityNumber),
        one.contactId,
      ],
    },
    await CASE_MOVES.insert(vault, id, event),
    ...(await indexForSearch(vault, id, one)),
  ]
}

/** A case by its id or its number. */
export async function loadCase(
  db: Database,
  which: { id: string } | { number: string },
): Promise<CaseHead | null> {
  const [found] = await selectHeads(db)
    .where('id' in which ? eq(cases.id, which.id) : eq(cases.number, which.number))
    .limit(1)
  return found ?? null
}

/** The cases of a contact, the newest first. */
export async function listCasesOf(db: Database, contactId: string): Promise<CaseHead[]> {
  return casesOf(db, { contactId })
}

const casesOf = prepared<{ contactId: string }, CaseHead>((from, open) =>
  from
    .select(headColumns)
    .from(cases)
    .where(eq(cases.contactId, open.contactId))
    .orderBy(desc(cases.submittedAt), desc(cases.number)),
)

/** The one application of a person that counts in a programme: neither refused nor withdrawn. */
export async function findByIdentity(
  db: Database,
  vault: Vault,
  programme: string,
  identityNumber: string,
): Promise<CaseHead | null> {
  const [found] = await selectHeads(db)
    .where(
      and(
        eq(cases.programmeId, programme),
        eq(cases.identityIndex, await identityIndex(vault, identityNumber)),
        or(isNull(cases.outcome), eq(cases.outcome, 'granted')),
      ),
    )
    .limit(1)
  return found ?? null
}

/**
 * Takes the person out of a case for good: what was sealed, the indexes, the details of its events, what staff
 * wrote to each other about it and found of its papers, and the tie to the contact. Number, district, stages and times stay.
 */
export function eraseCase(caseId: string, at: string): Statement[] {
  return [
    {
      sql: `UPDATE cases SET applicant = NULL, answers = NULL, identity_index = NULL, lookup_index = NULL,
          mobile_index = NULL, credit_index = NULL, indexed = 1, contact_id = NULL, has_key_group = 0, key_group_jobs = 0, in_low_income_village = 0,
          key_group_mark = 0, key_group_jobs_mark = 0, low_income_village_mark = 0,
          decision_id = NULL, updated_at = ?, erased_at = ? WHERE id = ?`,
      args: [at, at, caseId],
    },
    { sql: 'UPDATE case_events SET details = NULL WHERE case_id = ?', args: [caseId] },
    { sql: 'DELETE FROM case_comments WHERE case_id = ?', args: [caseId] },
    { sql: 'DELETE FROM case_marks WHERE case_id = ?', args: [caseId] },
    { sql: 'UPDATE api_proposals SET note = NULL WHERE case_id = ?', args: [caseId] },
    dropFromSearch(caseId),
  ]
}
