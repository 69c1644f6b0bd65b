import { blob, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { STAFF_ROLES } from '../staff/roles.ts'
import { handoffs } from './conversation.ts'

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
export const staffSessions = sqliteTable('staff_sessions', {
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
})

/** The password of somebody, hashed with scrypt. */
export const staffAccounts = sqliteTable('staff_accounts', {
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
})

/** A sign-in between its two steps. */
export const staffVerifications = sqliteTable('staff_verifications', {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: text('expires_at').notNull(),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
})

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

/** What staff did, as a chain of hashes; rows are only added (db/staff/audit.ts). */
export const auditEntries = sqliteTable('audit_entries', {
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
})

/** Who looks after a hand-off. */
export const handoffWork = sqliteTable('handoff_work', {
  handoffId: text('handoff_id')
    .primaryKey()
    .references(() => handoffs.id),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  takenAt: text('taken_at').notNull(),
})

/** What staff tell each other about a hand-off; sealed. */
export const handoffNotes = sqliteTable('handoff_notes', {
  id: text().primaryKey(),
  handoffId: text('handoff_id')
    .notNull()
    .references(() => handoffs.id),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  body: blob({ mode: 'buffer' }).notNull(),
  at: text().notNull(),
})

/** Answers that were not written in the console, by the name under which they came. */
export const handoffDeskAnswers = sqliteTable('handoff_desk_answers', {
  id: text().primaryKey(),
  handoffId: text('handoff_id')
    .notNull()
    .references(() => handoffs.id),
  by: text().notNull(),
  at: text().notNull(),
})

/** What the staff's Telegram group was told of a hand-off, and in which message. */
export const handoffPosts = sqliteTable(
  'handoff_posts',
  {
    handoffId: text('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    turn: integer().notNull(),
    kind: text({ enum: ['waiting', 'late'] }).notNull(),
    chatId: text('chat_id').notNull(),
    messageId: integer('message_id'),
    attempts: integer().notNull().default(0),
    leasedUntil: text('leased_until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.handoffId, table.turn, table.kind] }),
    unique().on(table.chatId, table.messageId),
  ],
)

/** Who answered a hand-off; the words are in the outbox and the transcript, under the same id. */
export const handoffAnswers = sqliteTable('handoff_answers', {
  id: text().primaryKey(),
  handoffId: text('handoff_id')
    .notNull()
    .references(() => handoffs.id),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  at: text().notNull(),
})
