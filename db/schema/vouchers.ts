import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sql,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { cases } from './cases.ts'
import { contacts } from './conversation.ts'
import { programmes } from './policy.ts'

/** What a year has for vouchers; money is in fen, here as everywhere. */
export const voucherBudgets = sqliteTable(
  'voucher_budgets',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    year: integer().notNull(),
    ceiling: integer().notNull(),
    openedAt: text('opened_at').notNull(),
  },
  (table) => [unique().on(table.programmeId, table.year)],
)

/** A voucher, from being applied for on. What is called an index is blind, the code is sealed. */
export const vouchers = sqliteTable(
  'vouchers',
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    budgetId: text('budget_id')
      .notNull()
      .references(() => voucherBudgets.id),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    contactId: text('contact_id').references(() => contacts.id),
    district: text().notNull(),
    kind: text().notNull(),
    face: integer().notNull(),
    sharePercent: integer('share_percent').notNull(),
    perDeal: integer('per_deal').notNull(),
    creditIndex: text('credit_index').notNull(),
    personIndex: text('person_index'),
    state: text().notNull(),
    version: integer().notNull(),
    requestKey: text('request_key').notNull(),
    /** Sealed. */
    code: bytes(),
    codeIndex: text('code_index'),
    useBy: text('use_by'),
    claimBy: text('claim_by'),
    remindAt: text('remind_at'),
    appliedAt: text('applied_at').notNull(),
    issuedAt: text('issued_at'),
    updatedAt: text('updated_at').notNull(),
    closedAt: text('closed_at'),
  },
  (table) => [
    index('vouchers_by_case').on(table.caseId),
    index('vouchers_by_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
    index('vouchers_by_time').on(table.programmeId, table.appliedAt, table.id),
    index('vouchers_open')
      .on(table.programmeId, table.state, table.district)
      .where(sql`closed_at IS NULL`),
    index('vouchers_to_end').on(table.useBy).where(sql`state IN ('issued', 'locked')`),
    index('vouchers_to_lapse').on(table.claimBy).where(sql`state = 'redeemed'`),
    index('vouchers_to_remind').on(table.remindAt).where(sql`remind_at IS NOT NULL`),
    uniqueIndex('voucher_asked_once').on(table.requestKey),
    uniqueIndex('voucher_code_once').on(table.codeIndex).where(sql`code_index IS NOT NULL`),
    uniqueIndex('voucher_one_of_a_kind')
      .on(table.programmeId, table.kind, table.creditIndex)
      .where(sql`state IN ('applied', 'returned', 'city-check', 'issued', 'locked')`),
  ],
)

/** The last serial of a budget's vouchers. */
export const voucherNumbers = sqliteTable('voucher_numbers', {
  budgetId: text('budget_id')
    .primaryKey()
    .references(() => voucherBudgets.id),
  last: integer().notNull(),
})

/** What each enterprise was given in a year; a CHECK holds the cap. */
export const voucherYearly = sqliteTable(
  'voucher_yearly',
  {
    programmeId: text('programme_id').notNull(),
    year: integer().notNull(),
    creditIndex: text('credit_index').notNull(),
    given: integer().notNull(),
    cap: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.year, table.creditIndex] })],
)

/** The history of a voucher; only added to. Its key is the optimistic lock. */
export const voucherEvents = sqliteTable(
  'voucher_events',
  {
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    ordinal: integer().notNull(),
    move: text().notNull(),
    fromState: text('from_state').notNull(),
    toState: text('to_state').notNull(),
    role: text({
      enum: ['applicant', 'provider', 'district-reviewer', 'city-reviewer', 'finance', 'system'],
    }).notNull(),
    actor: text(),
    actorId: text('actor_id'),
    reasons: text().notNull(),
    /** Sealed. */
    details: bytes(),
    requestKey: text('request_key'),
    at: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.voucherId, table.ordinal] }),
    uniqueIndex('voucher_act_once').on(table.requestKey).where(sql`request_key IS NOT NULL`),
  ],
)

/** The double-entry ledger; only added to. The balances follow it by a trigger. */
export const voucherEntries = sqliteTable(
  'voucher_entries',
  {
    id: integer().primaryKey(),
    voucherId: text('voucher_id').references(() => vouchers.id),
    budgetId: text('budget_id')
      .notNull()
      .references(() => voucherBudgets.id),
    reason: text().notNull(),
    fromOwner: text('from_owner').notNull(),
    fromAccount: text('from_account').notNull(),
    toOwner: text('to_owner').notNull(),
    toAccount: text('to_account').notNull(),
    amount: integer().notNull(),
    ordinal: integer(),
    requestKey: text('request_key'),
    at: text().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.voucherId, table.ordinal],
      foreignColumns: [voucherEvents.voucherId, voucherEvents.ordinal],
    }),
    index('voucher_entries_by_voucher').on(table.voucherId).where(sql`voucher_id IS NOT NULL`),
    uniqueIndex('voucher_entry_once').on(table.requestKey).where(sql`request_key IS NOT NULL`),
  ],
)

/** What each account holds. `owner`: a budget or a voucher. None but a source falls below zero. */
export const voucherBalances = sqliteTable(
  'voucher_balances',
  {
    owner: text().notNull(),
    account: text({
      enum: ['source', 'available', 'outstanding', 'committed', 'redeemed', 'claimed', 'paid'],
    }).notNull(),
    balance: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.account] })],
)
