import type { Database } from '../core/database.ts'
import { maybe, query, shape } from '../core/query.ts'
import { cases } from '../schema/cases.ts'
import { consents, sessions } from '../schema/conversation.ts'
import { eventSignups, events } from '../schema/events.ts'
import { handoffs } from '../schema/handoffs.ts'
import { staff } from '../schema/staff.ts'
import { vouchers } from '../schema/vouchers.ts'
import { districtFilter } from '../staff/district.ts'

const CASE = shape({
  id: cases.id,
  number: cases.number,
  stage: cases.stage,
  submittedAt: cases.submittedAt,
})
const VOUCHER = shape({
  number: vouchers.number,
  state: vouchers.state,
  issuedAt: vouchers.appliedAt,
})
const EVENT = shape({
  id: events.id,
  titleZh: events.titleZh,
  titleEn: events.titleEn,
  startsAt: events.startsAt,
  state: eventSignups.state,
  checkedInAt: eventSignups.checkedInAt,
})
const TALK = shape({ id: sessions.id, channel: sessions.channel, at: sessions.updatedAt })
const HANDOFF = shape({
  id: handoffs.id,
  reason: handoffs.reason,
  openedAt: handoffs.openedAt,
  closedAt: handoffs.closedAt,
  by: maybe(staff.name),
})
const CONSENT = shape({
  purpose: consents.purpose,
  version: consents.version,
  granted: consents.granted,
  at: consents.at,
})

/**
 * What the office knows of one person over all channels, each list the newest first; applications and vouchers only of where these
 * eyes may see them.
 */
export async function loadPerson(
  db: Database,
  contactId: string,
  scope: { district: string | null },
) {
  const seen = districtFilter(scope, 'cases.district')
  const theirs = [contactId, ...seen.args]
  const [ownCases, ownVouchers, signups, talks, asked, agreed] = await Promise.all([
    query(
      db,
      `SELECT ${CASE.columns} FROM cases WHERE contact_id = ? AND ${seen.sql} ORDER BY submitted_at DESC, number`,
      theirs,
      CASE,
    ),
    query(
      db,
      `SELECT ${VOUCHER.columns} FROM vouchers JOIN cases ON cases.id = vouchers.case_id
        WHERE vouchers.contact_id = ? AND ${seen.sql} ORDER BY vouchers.applied_at DESC, vouchers.number`,
      theirs,
      VOUCHER,
    ),
    query(
      db,
      `SELECT ${EVENT.columns} FROM event_signups JOIN events ON events.id = event_signups.event_id
        WHERE event_signups.contact_id = ? ORDER BY events.starts_at DESC, events.id`,
      [contactId],
      EVENT,
    ),
    query(
      db,
      `SELECT ${TALK.columns} FROM sessions WHERE contact_id = ? ORDER BY updated_at DESC, id`,
      [contactId],
      TALK,
    ),
    query(
      db,
      `SELECT ${HANDOFF.columns} FROM handoffs JOIN sessions ON sessions.id = handoffs.session_id
        LEFT JOIN handoff_work w ON w.handoff_id = handoffs.id LEFT JOIN staff ON staff.id = w.staff_id
        WHERE sessions.contact_id = ? ORDER BY handoffs.opened_at DESC, handoffs.id`,
      [contactId],
      HANDOFF,
    ),
    query(
      db,
      `SELECT ${CONSENT.columns} FROM consents WHERE contact_id = ? ORDER BY at DESC, id`,
      [contactId],
      CONSENT,
    ),
  ])
  return {
    cases: ownCases,
    vouchers: ownVouchers,
    signups,
    talks,
    handoffs: asked,
    consents: agreed,
  }
}

/** A person over all channels, as `loadPerson` gives them. */
export type Person = Awaited<ReturnType<typeof loadPerson>>
