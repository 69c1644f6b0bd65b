import { index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { contacts } from './conversation.ts'
import { ledgerImports } from './ledger.ts'
import { packRevisions, programmes } from './policy.ts'
import { staff } from './staff.ts'

/** An application that was handed in. What is called an index is blind, the blobs are sealed. */
export const cases = sqliteTable(
  'cases',
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    revisionId: text('revision_id')
      .notNull()
      .references(() => packRevisions.id),
    /** Null: it came on paper, or the person is erased. */
    contactId: text('contact_id').references(() => contacts.id),
    district: text().notNull(),
    origin: text({ enum: ['chat', 'paper'] }).notNull(),
    stage: text().notNull(),
    /** The number of its events. */
    version: integer().notNull(),
    outcome: text({ enum: ['granted', 'refused', 'withdrawn'] }),
    identityIndex: text('identity_index'),
    lookupIndex: text('lookup_index'),
    applicant: bytes(),
    answers: bytes(),
    hasKeyGroup: integer('has_key_group', { mode: 'boolean' }).notNull(),
    keyGroupJobs: integer('key_group_jobs').notNull(),
    inLowIncomeVillage: integer('in_low_income_village', { mode: 'boolean' }).notNull(),
    decisionId: text('decision_id'),
    submittedAt: text('submitted_at').notNull(),
    /** When the last missing piece came. */
    completedAt: text('completed_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    closedAt: text('closed_at'),
    erasedAt: text('erased_at'),
    /** When it came there. */
    stageAt: text('stage_at'),
    mobileIndex: text('mobile_index'),
    creditIndex: text('credit_index'),
    /** False: those two are still to be made. */
    indexed: integer({ mode: 'boolean' }).notNull().default(false),
    /** Of the version whose groups and industries are noted for broadcasts. */
    traitsVersion: integer('traits_version').notNull().default(0),
    /** The ledger with which it came; null: it was handed in here. */
    importId: text('import_id').references(() => ledgerImports.id),
    /** Another contact had an application under the same identity number when it was handed in. */
    isDouble: integer('is_double', { mode: 'boolean' }).notNull().default(false),
    /** What staff found of what it claims: 1 seen, 0 said and nothing more, -1 not proved. */
    keyGroupMark: integer('key_group_mark').notNull().default(0),
    keyGroupJobsMark: integer('key_group_jobs_mark').notNull().default(0),
    lowIncomeVillageMark: integer('low_income_village_mark').notNull().default(0),
  },
  (table) => [
    index('cases_by_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
    index('cases_by_credit').on(table.creditIndex).where(sql`credit_index IS NOT NULL`),
    index('cases_by_identity').on(table.identityIndex).where(sql`identity_index IS NOT NULL`),
    index('cases_by_mobile').on(table.mobileIndex).where(sql`mobile_index IS NOT NULL`),
    index('cases_open')
      .on(
        table.programmeId,
        table.district,
        table.stage,
        table.hasKeyGroup,
        table.keyGroupMark,
        table.keyGroupJobs,
        table.keyGroupJobsMark,
        table.inLowIncomeVillage,
        table.lowIncomeVillageMark,
        table.completedAt,
        table.number,
        table.id,
      )
      .where(sql`closed_at IS NULL`),
    index('cases_closed')
      .on(table.programmeId, table.closedAt, table.number, table.district, table.id)
      .where(sql`closed_at IS NOT NULL`),
    index('cases_to_index').on(table.id).where(sql`indexed = 0`),
    index('cases_without_traits').on(table.id).where(sql`traits_version <> version`),
    uniqueIndex('cases_one_per_person')
      .on(table.programmeId, table.identityIndex)
      .where(
        sql`identity_index IS NOT NULL AND is_double = 0 AND (outcome IS NULL OR outcome = 'granted')`,
      ),
  ],
)

/** Blind tokens by which staff find a case; see db/cases/search.ts. */
export const caseSearch = sqliteTable(
  'case_search',
  {
    token: text().notNull(),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
  },
  (table) => [
    primaryKey({ columns: [table.token, table.caseId] }),
    index('case_search_by_case').on(table.caseId),
  ],
)

/** The history of a case; only added to, except that details can be erased. */
export const caseEvents = sqliteTable(
  'case_events',
  {
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    ordinal: integer().notNull(),
    move: text().notNull(),
    fromStage: text('from_stage').notNull(),
    toStage: text('to_stage').notNull(),
    role: text({
      enum: ['applicant', 'district-reviewer', 'city-reviewer', 'finance', 'system'],
    }).notNull(),
    actor: text(),
    reasons: text().notNull(),
    /** Sealed: what is missing, and the note. Null: neither, or erased. */
    details: bytes(),
    at: text().notNull(),
    /** The account of a member of staff; null: an applicant, a clock, or the command line. */
    actorId: text('actor_id'),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.ordinal] })],
)

/** The last serial that each district has given out. */
export const caseNumbers = sqliteTable(
  'case_numbers',
  {
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    district: text().notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.district] })],
)

/** How often a thing was tried until `endsAt`. */
export const attempts = sqliteTable(
  'attempts',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    endsAt: text('ends_at').notNull(),
  },
  (table) => [index('attempts_by_end').on(table.endsAt)],
)

/** Who has a case on the desk. */
export const caseWork = sqliteTable(
  'case_work',
  {
    caseId: text('case_id')
      .primaryKey()
      .references(() => cases.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    givenBy: text('given_by')
      .notNull()
      .references(() => staff.id),
    givenAt: text('given_at').notNull(),
  },
  (table) => [index('case_work_by_staff').on(table.staffId)],
)

/** What staff write to each other about a case; sealed. */
export const caseComments = sqliteTable(
  'case_comments',
  {
    id: text().primaryKey(),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    body: bytes().notNull(),
    at: text().notNull(),
  },
  (table) => [index('case_comments_by_case').on(table.caseId, table.at)],
)

/** What staff found of a paper (`document:…`) or a claim (`claim:…`) of a case. */
export const caseMarks = sqliteTable(
  'case_marks',
  {
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    subject: text().notNull(),
    isProved: integer('is_proved', { mode: 'boolean' }).notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.subject] })],
)

/** A file that a person sent; its bytes are a blob of the same key. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: text().primaryKey(),
    /** Blind index of the delivery that brought it. */
    source: text().notNull(),
    channel: text().notNull(),
    /** Null: handed over by a gateway, and not spoken of yet. */
    externalId: text('external_id'),
    contactId: text('contact_id').references(() => contacts.id),
    caseId: text('case_id').references(() => cases.id),
    /** Id of a document of the pack's form. */
    document: text(),
    status: text({ enum: ['arriving', 'loose', 'taken', 'dropped'] }).notNull(),
    mime: text().notNull(),
    /** Bytes, before they are sealed. */
    size: integer().notNull(),
    /** Sealed: the name that the person's device gave it. */
    name: bytes(),
    createdAt: text('created_at').notNull(),
    droppedAt: text('dropped_at'),
  },
  (table) => [
    index('attachments_by_address').on(table.channel, table.externalId),
    index('attachments_by_age').on(table.status, table.createdAt),
    index('attachments_by_case').on(table.caseId).where(sql`case_id IS NOT NULL`),
    index('attachments_by_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
    uniqueIndex('attachments_kept_once').on(table.source).where(sql`status IN ('loose', 'taken')`),
  ],
)
