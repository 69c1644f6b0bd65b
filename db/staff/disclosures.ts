import type { Database, SqlValue, Statement } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { first, maybe, shape } from '../core/query.ts'
import { disclosures, staff } from '../schema/staff.ts'
import { districtFilter } from './district.ts'

/** What outruns a single look: a ledger with identity numbers, or more people looked at in a day than one alone may. */
export type DisclosureKind = 'ledger' | 'looks'

/** Something of many people that somebody of staff asked for. */
export type Disclosure = {
  id: string
  kind: DisclosureKind
  askedBy: { id: string; name: string }
  /** Of a ledger its filter as JSON; else empty. */
  scope: string
  /** Whose people they are; null: the whole city's. */
  district: string | null
  people: number
  /** What for. It names nobody. */
  reason: string
  askedAt: string
  /** Nobody agrees or uses it from then on. */
  expiresAt: string
  /** Who agreed; null: nobody yet, or it was few enough for one. */
  agreedBy: string | null
  /** The day in China on which it was used; null: not yet. */
  usedOn: string | null
}

type Asked = Pick<
  Disclosure,
  'id' | 'kind' | 'scope' | 'district' | 'people' | 'reason' | 'askedAt' | 'expiresAt'
> & { askedBy: string }

const d = alias(disclosures, 'd')
const DISCLOSURE = shape({
  id: d.id,
  kind: d.kind,
  askedBy: { id: d.staffId, name: alias(staff, 's').name },
  scope: d.scope,
  district: d.district,
  people: d.people,
  reason: d.reason,
  askedAt: d.askedAt,
  expiresAt: d.expiresAt,
  agreedBy: maybe(staff.name, '(SELECT a.name FROM staff a WHERE a.id = d.agreed_by)'),
  usedOn: d.usedOn,
})
const FROM = 'disclosures d JOIN staff s ON s.id = d.staff_id'

/** Notes what somebody asks for and a second person has to agree to. */
export function askDisclosure(asked: Asked): Statement {
  return {
    sql: `INSERT INTO disclosures (id, kind, staff_id, scope, district, people, reason, asked_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: values(asked),
  }
}

/**
 * Notes what one person takes alone. The batch fails with `disclosures_alone` where these people and those before
 * them on that day in China are too many for one, and with `disclosures_a_day` where it was done too often.
 */
export function discloseAlone(asked: Asked, day: string): Statement[] {
  return [
    {
      sql: `INSERT INTO disclosures (id, kind, staff_id, scope, district, people, reason, asked_at, expires_at, alone)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?6 + coalesce(sum(people), 0)
        FROM disclosures WHERE staff_id = ?3 AND used_on = ?10 AND alone IS NOT NULL`,
      args: [...values(asked), day],
    },
    useDisclosure(asked.id, day),
  ]
}

/** Notes who agreed: fails with `disclosures_agreed_once` the second time, with `disclosures_two_persons` for who asked. */
export function agreeDisclosure(id: string, by: string, at: string): Statement {
  return {
    sql: 'UPDATE disclosures SET agreed_by = ?, agreed_at = ?, agreements = agreements + 1 WHERE id = ?',
    args: [by, at, id],
  }
}

/**
 * Uses it on a day in China. The batch fails with `disclosures_used_once` the second time, with `disclosures_a_day`
 * where its requester used too many that day, and with `disclosures_agreed` where nobody agreed.
 */
export function useDisclosure(id: string, day: string): Statement {
  return {
    sql: `UPDATE disclosures SET uses = uses + 1, used_on = ?1,
        nth = 1 + (SELECT count(*) FROM disclosures o
          WHERE o.staff_id = disclosures.staff_id AND o.kind = disclosures.kind AND o.used_on = ?1)
      WHERE id = ?2`,
    args: [day, id],
  }
}

/** What somebody asked for, or may agree to, the newest first: their district's, or all for the city. */
export async function listDisclosures(
  db: Database,
  eyes: { id: string; district: string | null },
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<Disclosure>> {
  const seen = districtFilter(eyes, 'd.district')
  return listPage(db, {
    shape: DISCLOSURE,
    from: FROM,
    where: { sql: `(d.staff_id = ? OR ${seen.sql})`, args: [eyes.id, ...seen.args] },
    order: [
      { sql: 'd.asked_at', desc: true },
      { sql: 'd.id', desc: true },
    ],
    cursor,
    limit,
  })
}

/** One of them; null where there is none that they may see. */
export function findDisclosure(
  db: Database,
  eyes: { id: string; district: string | null },
  id: string,
): Promise<Disclosure | null> {
  const seen = districtFilter(eyes, 'd.district')
  const one = `SELECT ${DISCLOSURE.columns} FROM ${FROM} WHERE d.id = ? AND (d.staff_id = ? OR ${seen.sql})`
  return first(db, one, [id, eyes.id, ...seen.args], DISCLOSURE)
}

/** How many people somebody looked at since then, by their entries of these actions, and how often more was agreed to. */
export async function countLooks(
  db: Database,
  staffId: string,
  since: string,
  actions: readonly string[],
): Promise<{ people: number; agreed: number }> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT (SELECT count(DISTINCT subject) FROM audit_entries WHERE actor = ?1 AND at >= ?2
          AND ordinal > coalesce((SELECT max(ordinal) FROM audit_entries WHERE actor = ?1 AND at < ?2), 0)
          AND action IN (SELECT value FROM json_each(?3))),
        (SELECT count(*) FROM disclosures WHERE staff_id = ?1 AND kind = 'looks' AND agreed_at >= ?2)`,
      args: [staffId, since, JSON.stringify(actions)],
    },
  ])
  return { people: Number(rows[0]?.[0] ?? 0), agreed: Number(rows[0]?.[1] ?? 0) }
}

function values(asked: Asked): SqlValue[] {
  const { id, kind, askedBy, scope, district, people, reason, askedAt, expiresAt } = asked
  return [id, kind, askedBy, scope, district, people, reason, askedAt, expiresAt]
}
