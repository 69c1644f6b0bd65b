import { index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from '../core/drizzle.ts'
import { STAFF_ROLES } from '../staff/roles.ts'
import { bytes } from './bytes.ts'
import { cases } from './cases.ts'
import { staff } from './staff.ts'

/** What lets another system in; `district` null: the whole city. The key itself is kept nowhere. */
export const apiKeys = sqliteTable('api_keys', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text({ enum: STAFF_ROLES }).notNull(),
  district: text(),
  /** JSON: a list. */
  scopes: text().notNull(),
  /** SHA-256 of the whole key. */
  hash: text().notNull().unique(),
  perMinute: integer('per_minute').notNull(),
  /** Null: the command line. */
  createdBy: text('created_by').references(() => staff.id),
  /** Until a second administrator has agreed. */
  waits: integer({ mode: 'boolean' }).notNull().default(false),
  agreedBy: text('agreed_by').references(() => staff.id),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  revokedAt: text('revoked_at'),
  lastUsedAt: text('last_used_at'),
  windowAt: text('window_at').notNull(),
  hits: integer().notNull().default(0),
})

/** What a request with an Idempotency-Key came to; `status` null: it is being done. */
export const apiRequests = sqliteTable(
  'api_requests',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id),
    /** Hashed, since others choose it. */
    idempotency: text().notNull(),
    fingerprint: text().notNull(),
    status: integer(),
    answer: text(),
    leasedUntil: text('leased_until').notNull(),
    at: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.idempotency] }),
    index('api_requests_by_age').on(table.at),
  ],
)

/** A move that a key proposes and two members of staff confirm. */
export const apiProposals = sqliteTable(
  'api_proposals',
  {
    id: text().primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    move: text().notNull(),
    /** JSON: a list. */
    reasons: text().notNull(),
    /** JSON: a list. */
    missing: text().notNull(),
    /** Words to the applicant; sealed. */
    note: bytes(),
    /** Of the case as the key saw it. */
    version: integer().notNull(),
    state: text({ enum: ['open', 'made', 'refused', 'stale'] }).notNull(),
    proposedAt: text('proposed_at').notNull(),
    /** How many were first to agree: one, however many were at it at once. */
    agreed: integer().notNull().default(0),
    firstBy: text('first_by').references(() => staff.id),
    firstAt: text('first_at'),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: text('decided_at'),
  },
  (table) => [
    uniqueIndex('api_proposals_open').on(table.caseId).where(sql`state = 'open'`),
    index('api_proposals_by_time').on(table.proposedAt),
  ],
)

/** Whom we tell of what happened; `district` null: of the whole city. Both secrets are sealed. */
export const webhooks = sqliteTable('webhooks', {
  id: text().primaryKey(),
  url: text().notNull(),
  /** JSON: a list. */
  events: text().notNull(),
  district: text(),
  secret: bytes().notNull(),
  /** Signs beside the new one until then. */
  oldSecret: bytes('old_secret'),
  oldUntil: text('old_until'),
  createdBy: text('created_by').references(() => staff.id),
  createdAt: text('created_at').notNull(),
  endedAt: text('ended_at'),
})

/** What is told to one of them; written by triggers, in the batch of its cause. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    seq: integer().primaryKey(),
    /** The webhook-id, the same however often it is sent. */
    id: text().notNull().unique(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    event: text().notNull(),
    /** What it is about: a later one of the same waits for the earlier. */
    subject: text().notNull(),
    body: text().notNull(),
    status: text({ enum: ['waiting', 'sending', 'sent', 'dead'] }).notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: text('next_attempt_at').notNull(),
    leasedUntil: text('leased_until'),
    firstTriedAt: text('first_tried_at'),
    /** The status that was answered last. */
    answered: integer(),
    error: text(),
    createdAt: text('created_at').notNull(),
    doneAt: text('done_at'),
  },
  (table) => [
    index('webhook_deliveries_due').on(table.nextAttemptAt).where(sql`status = 'waiting'`),
    index('webhook_deliveries_under_way').on(table.leasedUntil).where(sql`status = 'sending'`),
    index('webhook_deliveries_open')
      .on(table.webhookId, table.subject, table.seq)
      .where(sql`status IN ('waiting', 'sending')`),
    index('webhook_deliveries_by_hook').on(table.webhookId, table.seq),
  ],
)
