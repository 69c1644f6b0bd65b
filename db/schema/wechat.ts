import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Deliveries of the last minutes, by their signatures. */
export const wechatDeliveries = sqliteTable('wechat_deliveries', {
  signature: text().primaryKey(),
  at: text().notNull(),
})

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
export const wechatCredits = sqliteTable('wechat_credits', {
  id: text().primaryKey(),
  openId: text('open_id').notNull(),
  template: text().notNull(),
  grantedAt: text('granted_at').notNull(),
  spentAt: text('spent_at'),
})

/** The access token of an account, sealed, and who may renew it. */
export const wechatTokens = sqliteTable('wechat_tokens', {
  appId: text('app_id').primaryKey(),
  token: blob(),
  expiresAt: text('expires_at'),
  leasedUntil: text('leased_until'),
})
