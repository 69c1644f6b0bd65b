import { index, integer, sql, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'

/** Deliveries of the last minutes, by their signatures. */
export const wechatDeliveries = sqliteTable(
  'wechat_deliveries',
  {
    signature: text().primaryKey(),
    at: text().notNull(),
  },
  (table) => [index('wechat_deliveries_by_time').on(table.at)],
)

/** When a person last did what lets us write to them, and how much we wrote since. */
export const wechatWindows = sqliteTable('wechat_windows', {
  openId: text('open_id').primaryKey(),
  /** The latest thing that the person did, of any kind. */
  lastAt: text('last_at').notNull(),
  messageAt: text('message_at'),
  messageSent: integer('message_sent').notNull().default(0),
  tapAt: text('tap_at'),
  tapSent: integer('tap_sent').notNull().default(0),
  leftAt: text('left_at'),
})

/** Consents to subscription messages; each is good for one. */
export const wechatCredits = sqliteTable(
  'wechat_credits',
  {
    id: text().primaryKey(),
    openId: text('open_id').notNull(),
    template: text().notNull(),
    grantedAt: text('granted_at').notNull(),
    spentAt: text('spent_at'),
  },
  (table) => [
    index('wechat_credits_left').on(table.openId, table.template).where(sql`spent_at IS NULL`),
  ],
)

/** The access token of an account, sealed, and who may renew it. */
export const wechatTokens = sqliteTable('wechat_tokens', {
  appId: text('app_id').primaryKey(),
  token: bytes(),
  expiresAt: text('expires_at'),
  leasedUntil: text('leased_until'),
})

/** The gateway that holds a personal account's login: who it is and how it is. */
export const gateways = sqliteTable('gateways', {
  channel: text().primaryKey(),
  gateway: text().notNull(),
  state: text().notNull(),
  at: text().notNull(),
})

/** The nonces of its signed requests, each good for one. */
export const gatewayNonces = sqliteTable(
  'gateway_nonces',
  {
    nonce: text().primaryKey(),
    at: text().notNull(),
  },
  (table) => [index('gateway_nonces_by_time').on(table.at)],
)

/** An account of 微信客服: where fetching stands, what was told of and what is done, and who fetches now. */
export const wechatKfAccounts = sqliteTable('wechat_kf_accounts', {
  openKfId: text('open_kfid').primaryKey(),
  cursor: text(),
  /** The word of the latest callback, good for ten minutes. */
  token: text(),
  tokenUntil: text('token_until'),
  asked: integer().notNull().default(0),
  done: integer().notNull().default(0),
  lease: text(),
  leasedUntil: text('leased_until'),
})

/** Each person's window, the code that lets one message through, and who speaks with them. */
export const wechatKfPeople = sqliteTable('wechat_kf_people', {
  userId: text('user_id').primaryKey(),
  heardAt: text('heard_at'),
  sent: integer().notNull().default(0),
  code: text(),
  codeUntil: text('code_until'),
  state: integer().notNull().default(0),
  stateAt: text('state_at'),
})
