import {
  type AnySQLiteColumn,
  foreignKey,
  index,
  integer,
  primaryKey,
  sql,
  sqliteTable,
  text,
  uniqueIndex,
} from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { cases } from './cases.ts'
import { programmes } from './policy.ts'
import { staff } from './staff.ts'

/** A district's guiding quota, as staff entered it upon that of the pack. */
export const fundQuotas = sqliteTable(
  'fund_quotas',
  {
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    year: integer().notNull(),
    district: text().notNull(),
    households: integer().notNull(),
    document: text().notNull(),
    version: integer().notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.year, table.district] })],
)

/** Whoever holds money: a level, a district, or what was granted to an enterprise. Fen, here as everywhere. */
export const fundHolders = sqliteTable(
  'fund_holders',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    year: integer().notNull(),
    fund: text({ enum: ['direct', 'follow-up'] }).notNull(),
    level: text({ enum: ['province', 'city', 'county', 'enterprise'] }).notNull(),
    district: text(),
    caseId: text('case_id').references(() => cases.id),
    approved: integer(),
    version: integer().notNull().default(1),
    openedAt: text('opened_at').notNull(),
  },
  (table) => [
    index('fund_holders_by_year').on(
      table.programmeId,
      table.year,
      table.fund,
      table.level,
      table.district,
    ),
    index('fund_holders_by_case').on(table.caseId).where(sql`case_id IS NOT NULL`),
  ],
)

/** One decision about money; only added to, but for the second person's. */
export const fundActs = sqliteTable(
  'fund_acts',
  {
    id: text().primaryKey(),
    holderId: text('holder_id')
      .notNull()
      .references(() => fundHolders.id),
    move: text({
      enum: ['receive', 'provide', 'reserve', 'allocate', 'allot', 'pay', 'record', 'reverse'],
    }).notNull(),
    amount: integer().notNull(),
    province: integer().notNull(),
    city: integer().notNull(),
    county: integer().notNull(),
    /** Of the document or the payment, `YYYY-MM-DD`. */
    day: text().notNull(),
    /** The number of the document; of a payment, the treasury's voucher number. */
    document: text().notNull(),
    reason: text(),
    reverses: text().references((): AnySQLiteColumn => fundActs.id),
    state: text({ enum: ['asked', 'done', 'declined'] }).notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: text('decided_at'),
    decisions: integer().notNull().default(0),
    requestKey: text('request_key').notNull(),
    at: text().notNull(),
  },
  (table) => [
    uniqueIndex('fund_act_once').on(table.requestKey),
    uniqueIndex('fund_act_reversed_once').on(table.reverses).where(sql`reverses IS NOT NULL`),
    index('fund_acts_by_holder').on(table.holderId, table.at, table.id),
    index('fund_acts_asked').on(table.at).where(sql`state = 'asked'`),
  ],
)

/** The account that an application's money is to be paid to; sealed. `why`: what takes two members of staff. */
export const fundPayees = sqliteTable(
  'fund_payees',
  {
    id: text().primaryKey(),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    details: bytes(),
    state: text({ enum: ['asked', 'seen', 'stands', 'declined', 'over'] }).notNull(),
    why: text({ enum: ['other-holder', 'change'] }),
    firstBy: text('first_by').references(() => staff.id),
    secondBy: text('second_by').references(() => staff.id),
    version: integer().notNull().default(1),
    at: text().notNull(),
    decidedAt: text('decided_at'),
  },
  (table) => [
    uniqueIndex('fund_payees_standing').on(table.caseId).where(sql`state = 'stands'`),
    uniqueIndex('fund_payees_waiting').on(table.caseId).where(sql`state IN ('asked', 'seen')`),
    index('fund_payees_by_case').on(table.caseId, table.at),
  ],
)

/** The double-entry ledger of money by level; only added to. The balances follow it by a trigger. */
export const fundEntries = sqliteTable(
  'fund_entries',
  {
    id: integer().primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => fundActs.id),
    reason: text().notNull(),
    fromOwner: text('from_owner').notNull(),
    fromAccount: text('from_account').notNull(),
    toOwner: text('to_owner').notNull(),
    toAccount: text('to_account').notNull(),
    amount: integer().notNull(),
    at: text().notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.fromOwner], foreignColumns: [fundHolders.id] }),
    foreignKey({ columns: [table.toOwner], foreignColumns: [fundHolders.id] }),
    index('fund_entries_by_act').on(table.actId),
  ],
)

/** What each account holds. None but a source falls below zero. */
export const fundBalances = sqliteTable(
  'fund_balances',
  {
    owner: text().notNull(),
    account: text({
      enum: ['source', 'before', 'province', 'city', 'county', 'allotted', 'paid'],
    }).notNull(),
    balance: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.account] })],
)
