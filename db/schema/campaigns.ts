import { CAMPAIGN_STATES } from '../../flows/programme/lifecycle/campaign-life.ts'
import { index, integer, primaryKey, sqliteTable, text } from '../core/drizzle.ts'
import { cases } from './cases.ts'
import { contacts } from './conversation.ts'
import { staff } from './staff.ts'

/** A broadcast. `cursor`: how far the people of the city have been looked through. */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().primaryKey(),
    state: text({ enum: CAMPAIGN_STATES }).notNull(),
    version: integer().notNull().default(1),
    title: text().notNull(),
    /** Whose people it is for; null: the whole city's. */
    district: text(),
    segment: text().notNull(),
    content: text().notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => staff.id),
    approverId: text('approver_id').references(() => staff.id),
    startsAt: text('starts_at'),
    cursor: text(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    startedAt: text('started_at'),
    fixedAt: text('fixed_at'),
    finishedAt: text('finished_at'),
  },
  (table) => [index('campaigns_by_state').on(table.state, table.startsAt)],
)

/** What was done with a broadcast; its key is the lock. */
export const campaignEvents = sqliteTable(
  'campaign_events',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    version: integer().notNull(),
    what: text().notNull(),
    staffId: text('staff_id').references(() => staff.id),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.version] })],
)

/** Whom a broadcast goes to, fixed when it starts. */
export const campaignRecipients = sqliteTable(
  'campaign_recipients',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    channel: text().notNull(),
    contactId: text('contact_id').notNull(),
    externalId: text('external_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.channel, table.contactId] })],
)

/** How far a broadcast's recipients on a channel have entered the outbox. */
export const campaignChannels = sqliteTable(
  'campaign_channels',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    channel: text().notNull(),
    recipients: integer().notNull(),
    fed: integer().notNull().default(0),
    /** The last of them that has entered. */
    fedTo: text('fed_to').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.channel] })],
)

/** Who pressed what below a broadcast. */
export const campaignAnswers = sqliteTable(
  'campaign_answers',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    contactId: text('contact_id').notNull(),
    what: text().notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.contactId, table.what] })],
)

/** A list of people for broadcasts, kept by staff. */
export const campaignLists = sqliteTable('campaign_lists', {
  id: text().primaryKey(),
  name: text().notNull(),
  district: text(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  at: text().notNull(),
})

/** Who is on a list. */
export const campaignListMembers = sqliteTable(
  'campaign_list_members',
  {
    listId: text('list_id')
      .notNull()
      .references(() => campaignLists.id),
    contactId: text('contact_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.listId, table.contactId] })],
)

/** The picture of a broadcast; its bytes are a blob of the same id, which nobody can guess. */
export const campaignImages = sqliteTable('campaign_images', {
  id: text().primaryKey(),
  status: text({ enum: ['arriving', 'kept'] }).notNull(),
  mime: text().notNull(),
  size: integer().notNull(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  at: text().notNull(),
})

/** Blind indexes of what an application says, for choosing whom to tell. */
export const contactTraits = sqliteTable(
  'contact_traits',
  {
    trait: text().notNull(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
  },
  (table) => [
    primaryKey({ columns: [table.trait, table.contactId, table.caseId] }),
    index('contact_traits_by_case').on(table.caseId),
    index('contact_traits_by_contact').on(table.contactId),
  ],
)
