import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { contacts } from './conversation.ts'
import { packRevisions, programmes } from './policy.ts'
import { staff } from './staff.ts'

/** An application that was handed in. What is called an index is blind, the blobs are sealed. */
export const cases = sqliteTable('cases', {
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
  /** When it came there. */
  stageAt: text('stage_at'),
  /** The number of its events. */
  version: integer().notNull(),
  outcome: text({ enum: ['granted', 'refused', 'withdrawn'] }),
  identityIndex: text('identity_index'),
  lookupIndex: text('lookup_index'),
  mobileIndex: text('mobile_index'),
  creditIndex: text('credit_index'),
  /** False: those two are still to be made. */
  indexed: integer({ mode: 'boolean' }).notNull().default(false),
  applicant: blob(),
  answers: blob(),
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
  /** The ledger with which it came; null: it was handed in here. */
  importId: text('import_id'),
  /** Of the version whose groups and industries are noted for broadcasts. */
  traitsVersion: integer('traits_version').notNull().default(0),
})

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
    /** The account of a member of staff; null: an applicant, a clock, or the command line. */
    actorId: text('actor_id'),
    reasons: text().notNull(),
    /** Sealed: what is missing, and the note. Null: neither, or erased. */
    details: blob(),
    at: text().notNull(),
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
export const attempts = sqliteTable('attempts', {
  key: text().primaryKey(),
  count: integer().notNull(),
  endsAt: text('ends_at').notNull(),
})

/** Who has a case on the desk. */
export const caseWork = sqliteTable('case_work', {
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
})

/** What staff write to each other about a case; sealed. */
export const caseComments = sqliteTable('case_comments', {
  id: text().primaryKey(),
  caseId: text('case_id')
    .notNull()
    .references(() => cases.id),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  body: blob().notNull(),
  at: text().notNull(),
})
