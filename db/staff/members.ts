import type { Database, Statement } from '../core/database.ts'
import { and, asc, eq, inArray, isNull, or } from '../core/drizzle.ts'
import { createOrm } from '../core/orm.ts'
import { insertInto, type Open, prepared } from '../core/query.ts'
import { staff, staffLinks } from '../schema/staff.ts'
import type { StaffRole } from './roles.ts'

/** What somebody is here; `district` null is the whole city, `providerId` only for a voucher provider. */
export type StaffPlace = { role: StaffRole; district: string | null; providerId: string | null }
export type StaffMember = StaffPlace & {
  id: string
  name: string
  email: string
  twoFactorEnabled: boolean
  disabledAt: string | null
  createdAt: string
}

const MEMBER = {
  id: staff.id,
  name: staff.name,
  email: staff.email,
  role: staff.role,
  district: staff.district,
  providerId: staff.providerId,
  twoFactorEnabled: staff.twoFactorEnabled,
  disabledAt: staff.disabledAt,
  createdAt: staff.createdAt,
}

const everybody = prepared((orm) => orm.select(MEMBER).from(staff).orderBy(asc(staff.createdAt)))
const byId = prepared((orm, { id }: Open<{ id: string }>) =>
  orm.select(MEMBER).from(staff).where(eq(staff.id, id)),
)
const byEmail = prepared((orm, { email }: Open<{ email: string }>) =>
  orm.select(MEMBER).from(staff).where(eq(staff.email, email)),
)
const byLink = prepared((orm, { tokenHash }: Open<{ tokenHash: string }>) =>
  orm
    .select({ ...MEMBER, expiresAt: staffLinks.expiresAt })
    .from(staffLinks)
    .innerJoin(staff, eq(staff.id, staffLinks.staffId))
    .where(eq(staffLinks.tokenHash, tokenHash)),
)

/** Everybody, those who left at the end. */
export async function listStaff(db: Database): Promise<StaffMember[]> {
  const all = await everybody(db, {})
  return all.sort((a, b) => Number(a.disabledAt !== null) - Number(b.disabledAt !== null))
}

/** Who can be given work of a district: who can sign in, of these roles, there or for the whole city; null: the city's alone. */
export async function listAssignableStaff(
  db: Database,
  district: string | null,
  roles: readonly StaffRole[],
): Promise<{ id: string; name: string; role: StaffRole }[]> {
  return createOrm(db)
    .select({ id: staff.id, name: staff.name, role: staff.role })
    .from(staff)
    .where(
      and(
        isNull(staff.disabledAt),
        eq(staff.twoFactorEnabled, true),
        inArray(staff.role, [...roles]),
        or(isNull(staff.district), district === null ? undefined : eq(staff.district, district)),
      ),
    )
    .orderBy(asc(staff.name))
}

/** One member of staff by id, or by the mail address they sign in with. */
export async function findStaff(
  db: Database,
  by: { id: string } | { email: string },
): Promise<StaffMember | null> {
  const [found] = await ('id' in by
    ? byId(db, by)
    : byEmail(db, { email: by.email.trim().toLowerCase() }))
  return found ?? null
}

/** Whose sign-in has this challenge between its two steps; null: nobody's, or it is over. */
export async function findChallenged(
  db: Database,
  challenge: string,
  now: string,
): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT value FROM staff_verifications WHERE identifier = ? AND expires_at > ?',
      args: [challenge, now],
    },
  ])
  const [id] = rows[0] ?? []
  return id == null ? null : String(id)
}

/** True once there is an administrator who can sign in. */
export async function hasAdmin(db: Database): Promise<boolean> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT 1 FROM staff s JOIN staff_accounts a ON a.staff_id = s.id
        WHERE s.role = 'admin' AND s.disabled_at IS NULL LIMIT 1`,
      args: [],
    },
  ])
  return rows.length > 0
}

/** Adds somebody, who then gets a link. Constraint `staff.email`: the address is taken. */
export function insertStaff(
  member: StaffPlace & { id: string; name: string; email: string; at: string },
): Statement {
  const { email, at, ...rest } = member
  const written = { email: email.trim().toLowerCase(), createdAt: at, updatedAt: at }
  return insertInto(staff, { ...rest, ...written })
}

/** Gives somebody another role or place. */
export function moveStaff(id: string, place: StaffPlace, at: string): Statement {
  return {
    sql: 'UPDATE staff SET role = ?, district = ?, provider_id = ?, updated_at = ? WHERE id = ?',
    args: [place.role, place.district, place.providerId, at, id],
  }
}

/** Shuts somebody out, at once wherever they are signed in, or lets them in again. */
export function setDisabled(id: string, disabled: boolean, at: string): Statement[] {
  return [
    {
      sql: 'UPDATE staff SET disabled_at = ?, updated_at = ? WHERE id = ?',
      args: [disabled ? at : null, at, id],
    },
    ...(disabled ? [signOutEverywhere(id), removeLink(id), endChats(id)] : []),
  ]
}

/** Takes somebody's authenticator away; the next sign-in asks for a new one. */
export function resetTwoFactor(id: string, at: string): Statement[] {
  return [
    { sql: 'DELETE FROM staff_two_factors WHERE staff_id = ?', args: [id] },
    {
      sql: 'UPDATE staff SET two_factor_enabled = 0, updated_at = ? WHERE id = ?',
      args: [at, id],
    },
    signOutEverywhere(id),
  ]
}

/** Ends all sessions of somebody. */
export function signOutEverywhere(id: string): Statement {
  return { sql: 'DELETE FROM staff_sessions WHERE staff_id = ?', args: [id] }
}

/** Lets a link set the password of somebody until `expiresAt`; an older link stops working. */
export function putLink(link: {
  staffId: string
  tokenHash: string
  expiresAt: string
}): Statement {
  return {
    sql: 'INSERT OR REPLACE INTO staff_links (staff_id, token_hash, expires_at) VALUES (?, ?, ?)',
    args: [link.staffId, link.tokenHash, link.expiresAt],
  }
}

/** Whose link this is; null where it was used, replaced or is too old. */
export async function findLink(
  db: Database,
  tokenHash: string,
  now: string,
): Promise<StaffMember | null> {
  const [found] = await byLink(db, { tokenHash })
  if (found === undefined || found.expiresAt <= now || found.disabledAt !== null) return null
  return found
}

/**
 * Uses a link up and sets the password, hashed. Of two at once one gets a row back; for the other
 * the link is gone and nothing is written.
 */
export async function usePasswordLink(
  db: Database,
  use: { tokenHash: string; accountId: string; passwordHash: string; at: string },
): Promise<boolean> {
  const [, , used = []] = await db.write([
    {
      sql: `DELETE FROM staff_accounts WHERE provider_id = 'credential' AND staff_id =
        (SELECT staff_id FROM staff_links WHERE token_hash = ? AND expires_at > ?)`,
      args: [use.tokenHash, use.at],
    },
    {
      sql: `INSERT INTO staff_accounts (id, account_id, provider_id, staff_id, password, created_at, updated_at)
        SELECT ?, staff_id, 'credential', staff_id, ?, ?, ? FROM staff_links
        WHERE token_hash = ? AND expires_at > ?`,
      args: [use.accountId, use.passwordHash, use.at, use.at, use.tokenHash, use.at],
    },
    {
      sql: 'DELETE FROM staff_links WHERE token_hash = ? AND expires_at > ? RETURNING staff_id',
      args: [use.tokenHash, use.at],
    },
  ])
  return used.length > 0
}

/** The chats in which somebody works (db/staff/chats.ts): they are not back when the person is. */
function endChats(id: string): Statement {
  return { sql: 'DELETE FROM staff_chats WHERE staff_id = ?', args: [id] }
}

function removeLink(id: string): Statement {
  return { sql: 'DELETE FROM staff_links WHERE staff_id = ?', args: [id] }
}
