import { index, integer, sql, sqliteTable, text, unique, uniqueIndex } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { programmes } from './policy.ts'
import { vouchers } from './vouchers.ts'

/** Who may take vouchers; the person in charge is sealed. */
export const voucherProviders = sqliteTable(
  'voucher_providers',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    name: text().notNull(),
    creditCode: text('credit_code').notNull(),
    creditIndex: text('credit_index').notNull(),
    personIndex: text('person_index'),
    /** Sealed. */
    person: bytes(),
    services: text().notNull(),
    status: text({ enum: ['listed', 'suspended', 'struck'] }).notNull(),
    addedAt: text('added_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [unique().on(table.programmeId, table.creditCode)],
)

/** What a provider asks the holder to say yes to; used once. */
export const voucherAsks = sqliteTable(
  'voucher_asks',
  {
    id: text().primaryKey(),
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    providerId: text('provider_id')
      .notNull()
      .references(() => voucherProviders.id),
    staffId: text('staff_id').notNull(),
    what: text({ enum: ['lock', 'redeem'] }).notNull(),
    amount: integer().notNull(),
    total: integer(),
    last: integer({ mode: 'boolean' }).notNull(),
    /** Sealed. */
    details: bytes(),
    status: text({ enum: ['asked', 'done', 'refused', 'lapsed'] }).notNull(),
    uses: integer().notNull().default(0),
    requestKey: text('request_key').notNull(),
    askedAt: text('asked_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    decidedAt: text('decided_at'),
  },
  (table) => [
    index('voucher_asks_by_voucher').on(table.voucherId, table.status),
    uniqueIndex('voucher_asks_once').on(table.requestKey),
  ],
)

/** A PIN that takes the place of the asking; used once. */
export const voucherPins = sqliteTable('voucher_pins', {
  voucherId: text('voucher_id')
    .primaryKey()
    .references(() => vouchers.id),
  pinIndex: text('pin_index').notNull(),
  tries: integer().notNull().default(0),
  uses: integer().notNull().default(0),
  expiresAt: text('expires_at').notNull(),
})

/** A deal of a holder and a provider, which locks the voucher; one at a time. */
export const voucherContracts = sqliteTable(
  'voucher_contracts',
  {
    id: text().primaryKey(),
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    providerId: text('provider_id')
      .notNull()
      .references(() => voucherProviders.id),
    total: integer().notNull(),
    reserved: integer().notNull(),
    /** Sealed. */
    details: bytes(),
    madeAt: text('made_at').notNull(),
    endedAt: text('ended_at'),
  },
  (table) => [
    index('voucher_contracts_by_provider').on(table.providerId),
    uniqueIndex('voucher_one_contract').on(table.voucherId).where(sql`ended_at IS NULL`),
  ],
)

/** A deal that was paid with a voucher, and whether that was taken back. */
export const voucherRedemptions = sqliteTable(
  'voucher_redemptions',
  {
    id: text().primaryKey(),
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    contractId: text('contract_id')
      .notNull()
      .references(() => voucherContracts.id),
    providerId: text('provider_id')
      .notNull()
      .references(() => voucherProviders.id),
    amount: integer().notNull(),
    byWay: text('by_way', { enum: ['chat', 'pin'] }).notNull(),
    redeemedAt: text('redeemed_at').notNull(),
    reversedAt: text('reversed_at'),
    reversals: integer().notNull().default(0),
  },
  (table) => [index('voucher_redemptions_by_voucher').on(table.voucherId)],
)

/** What a provider wants paid for a redeemed voucher, by month. */
export const voucherClaims = sqliteTable(
  'voucher_claims',
  {
    id: text().primaryKey(),
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    contractId: text('contract_id')
      .notNull()
      .references(() => voucherContracts.id),
    providerId: text('provider_id')
      .notNull()
      .references(() => voucherProviders.id),
    amount: integer().notNull(),
    month: text().notNull(),
    status: text({ enum: ['claimed', 'returned', 'checked', 'paid'] }).notNull(),
    /** Sealed. */
    details: bytes(),
    claimedAt: text('claimed_at').notNull(),
    checkedAt: text('checked_at'),
    paidAt: text('paid_at'),
  },
  (table) => [
    index('voucher_claims_by_month').on(table.month, table.providerId),
    uniqueIndex('voucher_one_claim').on(table.voucherId).where(sql`status <> 'returned'`),
  ],
)

/** What a provider hands in; the bytes are blobs of the same key. A row is there before its bytes. */
export const voucherPapers = sqliteTable(
  'voucher_papers',
  {
    id: text().primaryKey(),
    voucherId: text('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    providerId: text('provider_id')
      .notNull()
      .references(() => voucherProviders.id),
    kind: text({ enum: ['contract', 'invoice', 'proof'] }).notNull(),
    status: text({ enum: ['arriving', 'kept'] }).notNull(),
    mime: text().notNull(),
    size: integer().notNull(),
    /** Sealed: the name that the device gave the file. */
    name: bytes(),
    at: text().notNull(),
  },
  (table) => [index('voucher_papers_by_voucher').on(table.voucherId)],
)
