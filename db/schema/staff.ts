import { index, integer, primaryKey, sqliteTable, text, unique } from '../core/drizzle.ts'
import { STAFF_ROLES } from '../staff/roles.ts'

/** A person who works here; `district` null: the whole city. Property names are those of better-auth. */
export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text(),
  twoFactorEnabled: integer('two_factor_enabled', { mode: 'boolean' }).notNull().default(false),
  role: text({ enum: STAFF_ROLES }).notNull(),
  district: text(),
  providerId: text('provider_id'),
  disabledAt: text('disabled_at'),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
})

/** Where somebody is signed in. */
export const staffSessions = sqliteTable(
  'staff_sessions',
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    expiresAt: text('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [index('staff_sessions_by_staff').on(table.userId)],
)

/** The password of somebody, hashed with scrypt. */
export const staffAccounts = sqliteTable(
  'staff_accounts',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    password: text(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: text('access_token_expires_at'),
    refreshTokenExpiresAt: text('refresh_token_expires_at'),
    scope: text(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [unique().on(table.providerId, table.accountId)],
)

/** A sign-in between its two steps. */
export const staffVerifications = sqliteTable(
  'staff_verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: text('expires_at').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [index('staff_verifications_by_identifier').on(table.identifier)],
)

/** The authenticator of somebody; secret and backup codes are encrypted. */
export const staffTwoFactors = sqliteTable('staff_two_factors', {
  id: text().primaryKey(),
  secret: text().notNull(),
  backupCodes: text('backup_codes').notNull(),
  userId: text('staff_id')
    .notNull()
    .unique()
    .references(() => staff.id),
  verified: integer({ mode: 'boolean' }).notNull().default(true),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: text('locked_until'),
})

/** One-time links by which somebody sets a password. */
export const staffLinks = sqliteTable('staff_links', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  tokenHash: text('token_hash').notNull().unique(),
  expiresAt: text('expires_at').notNull(),
})

/** What one of staff wants that a second one must agree to; used once, within a day. */
export const staffAsks = sqliteTable(
  'staff_asks',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['link', 'authenticator', 'supervision'] }).notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    askedBy: text('asked_by')
      .notNull()
      .references(() => staff.id),
    askedAt: text('asked_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    agreedBy: text('agreed_by').references(() => staff.id),
    agreements: integer().notNull().default(0),
    confirmations: integer().notNull().default(0),
  },
  (table) => [index('staff_asks_by_staff').on(table.staffId, table.expiresAt)],
)

/** What gives out many people at once, who asked for it and who agreed. */
export const disclosures = sqliteTable(
  'disclosures',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['ledger', 'looks'] }).notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    scope: text().notNull(),
    district: text(),
    people: integer().notNull(),
    reason: text().notNull(),
    askedAt: text('asked_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    alone: integer(),
    agreedBy: text('agreed_by').references(() => staff.id),
    agreedAt: text('agreed_at'),
    agreements: integer().notNull().default(0),
    usedOn: text('used_on'),
    uses: integer().notNull().default(0),
    nth: integer(),
  },
  (table) => [
    index('disclosures_by_staff').on(table.staffId, table.usedOn),
    index('disclosures_by_day').on(table.askedAt),
  ],
)

/** Chats in which somebody of staff can work; role, district and authenticator are as they were when it was linked. */
export const staffChats = sqliteTable(
  'staff_chats',
  {
    id: text().primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    channel: text().notNull(),
    externalId: text('external_id').notNull(),
    codeIndex: text('code_index').notNull(),
    role: text().notNull(),
    district: text(),
    twoFactorId: text('two_factor_id').notNull(),
    /** Which six digits they were, so that the same ones open one chat. */
    verifiedStep: integer('verified_step').notNull(),
    /** How far the last six digits reach. */
    powersUntil: text('powers_until').notNull(),
    digest: integer({ mode: 'boolean' }).notNull().default(true),
    /** The day in China whose digest has been written. */
    digestOn: text('digest_on'),
    linkedAt: text('linked_at').notNull(),
  },
  (table) => [
    unique().on(table.channel, table.externalId),
    unique().on(table.staffId, table.verifiedStep),
  ],
)

/** The code by which a chat of staff is linked; one at a time for each of them. */
export const staffChatCodes = sqliteTable('staff_chat_codes', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  codeIndex: text('code_index').notNull().unique(),
  expiresAt: text('expires_at').notNull(),
})

/** Wrong tries by an opaque key, with the pause after the last one. Times are Unix milliseconds. */
export const signInFailures = sqliteTable(
  'sign_in_failures',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    free: integer().notNull(),
    freeAt: integer('free_at').notNull(),
    endsAt: integer('ends_at').notNull(),
  },
  (table) => [index('sign_in_failures_by_end').on(table.endsAt)],
)

/** Filters of lists that somebody keeps. */
export const savedFilters = sqliteTable(
  'saved_filters',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** The path of the list. */
    list: text().notNull(),
    name: text().notNull(),
    query: text().notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.list, table.name] })],
)

/** What staff did, as a chain of hashes; rows are only added (db/staff/audit.ts). */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    ordinal: integer().primaryKey(),
    at: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    beforeHash: text('before_hash'),
    afterHash: text('after_hash'),
    reason: text(),
    previousHash: text('previous_hash').notNull().unique(),
    hash: text().notNull().unique(),
  },
  (table) => [
    index('audit_by_actor').on(table.actor, table.ordinal),
    index('audit_by_subject').on(table.subject, table.ordinal),
  ],
)
