import { index, integer, primaryKey, sql, sqliteTable, text, unique } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { contacts } from './conversation.ts'
import { programmes } from './policy.ts'

/** An event of the publicity month. `going` follows the sign-ups by triggers, and its CHECK keeps it from being overfull. */
export const events = sqliteTable(
  'events',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    district: text().notNull(),
    kind: text().notNull(),
    titleZh: text('title_zh').notNull(),
    titleEn: text('title_en').notNull(),
    aboutZh: text('about_zh').notNull(),
    aboutEn: text('about_en').notNull(),
    placeZh: text('place_zh').notNull(),
    placeEn: text('place_en').notNull(),
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at').notNull(),
    capacity: integer(),
    /** People who have a place. */
    going: integer().notNull().default(0),
    state: text({ enum: ['draft', 'published', 'cancelled', 'held'] }).notNull(),
    /** The optimistic lock of who edits. */
    version: integer().notNull().default(1),
    /** Raised with each change that people who come should know (RFC 5545, 3.8.7.4). */
    sequence: integer().notNull().default(0),
    /** What the code on the poster says. */
    checkInKey: text('check_in_key').notNull().unique(),
    /** Told of the policy there, as staff counted. */
    reached: integer(),
    /** Came without a chat, as staff counted. */
    alsoCame: integer('also_came'),
    goneAttended: integer('gone_attended').notNull().default(0),
    lastNumber: integer('last_number').notNull().default(0),
    reportedAt: text('reported_at'),
    staffId: text('staff_id').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [
    index('events_by_district').on(table.programmeId, table.district, table.startsAt),
    index('events_by_time').on(table.programmeId, table.startsAt),
  ],
)

/** What staff did with an event; its key is what two editors at once meet. */
export const eventChanges = sqliteTable(
  'event_changes',
  {
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    version: integer().notNull(),
    action: text({ enum: ['created', 'changed', 'published', 'cancelled', 'reported'] }).notNull(),
    staffId: text('staff_id').notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.version] })],
)

/** Who comes to an event. What somebody said of it is sealed. */
export const eventSignups = sqliteTable(
  'event_signups',
  {
    id: text().notNull().unique(),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    state: text({ enum: ['going', 'waiting', 'cancelled'] }).notNull(),
    /** Their number on the list at the door. */
    number: integer().notNull(),
    signedUpAt: text('signed_up_at').notNull(),
    changedAt: text('changed_at').notNull(),
    walkIn: integer('walk_in', { mode: 'boolean' }).notNull().default(false),
    movedUpAt: text('moved_up_at'),
    /** Of which version of the event they know. */
    toldSequence: integer('told_sequence').notNull(),
    toldDay: text('told_day'),
    toldHours: text('told_hours'),
    askedAt: text('asked_at'),
    checkedInAt: text('checked_in_at'),
    checkedInBy: text('checked_in_by'),
    stars: integer(),
    /** Sealed. */
    words: bytes(),
    ratedAt: text('rated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.contactId] }),
    index('event_signups_by_contact').on(table.contactId),
    index('event_signups_moved_up').on(table.movedUpAt).where(sql`moved_up_at IS NOT NULL`),
    index('event_signups_waiting').on(table.eventId, table.number).where(sql`state = 'waiting'`),
    unique().on(table.eventId, table.number),
  ],
)

/** Places that somebody is being told of; for seconds. */
export const eventHolds = sqliteTable(
  'event_holds',
  {
    eventId: text('event_id').notNull(),
    contactId: text('contact_id').notNull(),
    until: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.contactId] })],
)

/** Whose events a person looks at. */
export const eventDistricts = sqliteTable('event_districts', {
  contactId: text('contact_id')
    .primaryKey()
    .references(() => contacts.id),
  district: text().notNull(),
})

/** Which district has which publicity month. */
export const publicityMonths = sqliteTable(
  'publicity_months',
  {
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    year: integer().notNull(),
    district: text().notNull(),
    month: integer().notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.year, table.district] })],
)
