import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import type { StaffMember } from './members.ts'
import type { StaffRole } from './roles.ts'

/** A chat of somebody of staff who may still work here. */
export type StaffChat = {
  id: string
  to: Address
  linkedAt: string
  /** How far the last six digits reach; ISO. */
  powersUntil: string
  /** Whether the morning's digest is wanted here. */
  digest: boolean
}

/** Somebody whose authenticator can be asked. `secret` is encrypted by better-auth. */
export type Authenticator = { id: string; secret: string }

/**
 * Whoever was shut out, has another role or place, or another authenticator than when the chat was linked
 * is not in it. `c`: the chat, `s`: its member of staff.
 */
const LINKED = `staff_chats c
  JOIN staff s ON s.id = c.staff_id AND s.disabled_at IS NULL AND s.two_factor_enabled = 1
    AND s.role = c.role AND s.district IS c.district
  JOIN staff_two_factors f ON f.staff_id = s.id AND f.id = c.two_factor_id`
const COLUMNS = `c.id, c.channel, c.external_id, c.linked_at, c.powers_until, c.digest,
  s.id, s.name, s.email, s.role, s.district, s.provider_id, s.created_at, f.id, f.secret`

type Linked = { chat: StaffChat; staff: StaffMember; authenticator: Authenticator }

/** Whose chat this is, if it is linked; asked anew at every use, so that a change counts at once. */
export async function findStaffChat(db: Database, to: Address): Promise<Linked | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM ${LINKED} WHERE c.channel = ? AND c.external_id = ?`,
      args: [to.channel, to.id],
    },
  ])
  return rows[0] === undefined ? null : toLinked(rows[0])
}

/** The chats of somebody, the newest first. */
export async function listStaffChats(db: Database, staffId: string): Promise<StaffChat[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM ${LINKED} WHERE c.staff_id = ? ORDER BY c.linked_at DESC, c.id`,
      args: [staffId],
    },
  ])
  return rows.map((row) => toLinked(row).chat)
}

/** Whose chats: somebody's, or those of everybody in a role who may sign in. */
export type WhoseChats = { staffId: string } | { role: StaffRole }

/**
 * The chats that were linked to staff and are still there, with the language in which their owner is spoken to; also
 * those in which nobody may work any more, since role, place or authenticator changed.
 */
export async function listLinkedChats(
  db: Database,
  whose: WhoseChats,
): Promise<{ to: Address; locale: Locale }[]> {
  const [condition, value] =
    'staffId' in whose
      ? ['s.id = ?', whose.staffId]
      : ['s.role = ? AND s.disabled_at IS NULL', whose.role]
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.channel, c.external_id, k.locale FROM staff_chats c JOIN staff s ON s.id = c.staff_id
        JOIN addresses a ON a.channel = c.channel AND a.external_id = c.external_id
        JOIN contacts k ON k.id = a.contact_id WHERE ${condition}`,
      args: [value],
    },
  ])
  return rows.map(([channel, id, locale]) => ({
    to: { channel: channel as ChannelType, id: String(id) },
    locale: locale === 'en' ? 'en' : 'zh-Hans',
  }))
}

/** Chats whose digest of a day (in China, `2018-06-01`) is wanted and has not been written. */
export async function listDigestChats(
  db: Database,
  day: string,
  limit: number,
): Promise<Pick<Linked, 'chat' | 'staff'>[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM ${LINKED}
        WHERE c.digest = 1 AND coalesce(c.digest_on, '') < ? ORDER BY c.id LIMIT ?`,
      args: [day, limit],
    },
  ])
  return rows.map(toLinked)
}

/** The digest of a day has been written, or there was nothing to say. */
export function noteDigest(id: string, day: string): Statement {
  return { sql: 'UPDATE staff_chats SET digest_on = ? WHERE id = ?', args: [day, id] }
}

/** Whether the morning's digest is wanted in a chat. */
export function setDigest(id: string, wanted: boolean): Statement {
  return { sql: 'UPDATE staff_chats SET digest = ? WHERE id = ?', args: [wanted ? 1 : 0, id] }
}

/** How a one-time code is looked up; the code itself is stored nowhere. */
export function staffCodeIndex(vault: Vault, code: string): Promise<string> {
  return vault.index('staff-chat-code', code)
}

/** Lets a code link a chat of somebody until `expiresAt`; an older one stops working. */
export function putStaffCode(staffId: string, codeIndex: string, expiresAt: string): Statement {
  return {
    sql: 'INSERT OR REPLACE INTO staff_chat_codes (staff_id, code_index, expires_at) VALUES (?, ?, ?)',
    args: [staffId, codeIndex, expiresAt],
  }
}

/** Whose code this is, with their authenticator; null: used, too old, none, or of somebody shut out. */
export async function findStaffCode(
  db: Database,
  codeIndex: string,
  now: string,
): Promise<Pick<Linked, 'staff' | 'authenticator'> | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT '', '', '', '', '', 0,
          s.id, s.name, s.email, s.role, s.district, s.provider_id, s.created_at, f.id, f.secret
        FROM staff_chat_codes k
        JOIN staff s ON s.id = k.staff_id AND s.disabled_at IS NULL AND s.two_factor_enabled = 1
        JOIN staff_two_factors f ON f.staff_id = s.id
        WHERE k.code_index = ? AND k.expires_at > ?`,
      args: [codeIndex, now],
    },
  ])
  return rows[0] === undefined ? null : toLinked(rows[0])
}

/** Whether it was by this code that a chat was linked. */
export async function wasLinkedBy(db: Database, to: Address, codeIndex: string): Promise<boolean> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT 1 FROM staff_chats WHERE channel = ? AND external_id = ? AND code_index = ?',
      args: [to.channel, to.id, codeIndex],
    },
  ])
  return rows.length > 0
}

/**
 * Links a chat and uses the code up. Constraint `staff_chats.staff_id`: the code was used or is too old,
 * or (with `staff_chats.verified_step`) these digits have opened another chat.
 */
export function linkStaffChat(link: {
  id: string
  staff: Pick<StaffMember, 'role' | 'district'>
  twoFactorId: string
  to: Address
  codeIndex: string
  step: number
  powersUntil: string
  at: string
}): Statement[] {
  const { id, staff, twoFactorId, to, codeIndex, step, powersUntil, at } = link
  return [
    endChatAt(to),
    {
      sql: `INSERT INTO staff_chats (id, staff_id, channel, external_id, code_index, role, district,
          two_factor_id, verified_step, powers_until, linked_at)
        VALUES (?, (SELECT staff_id FROM staff_chat_codes WHERE code_index = ? AND expires_at > ?),
          ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        id,
        codeIndex,
        at,
        to.channel,
        to.id,
        codeIndex,
        staff.role,
        staff.district,
        twoFactorId,
        step,
        powersUntil,
        at,
      ],
    },
    { sql: 'DELETE FROM staff_chat_codes WHERE code_index = ?', args: [codeIndex] },
  ]
}

/** Opens a linked chat for work. Constraint `staff_chats.staff_id`: these digits have opened another chat. */
export function openStaffChat(id: string, step: number, powersUntil: string): Statement {
  return {
    sql: 'UPDATE staff_chats SET verified_step = ?, powers_until = ? WHERE id = ?',
    args: [step, powersUntil, id],
  }
}

/** Closes a chat for work until the next six digits; it stays linked. */
export function closeStaffChat(id: string, at: string): Statement {
  return { sql: 'UPDATE staff_chats SET powers_until = ? WHERE id = ?', args: [at, id] }
}

/** Ends a chat of somebody; another person's is left alone. */
export function endStaffChat(staffId: string, id: string): Statement {
  return { sql: 'DELETE FROM staff_chats WHERE id = ? AND staff_id = ?', args: [id, staffId] }
}

function endChatAt(to: Address): Statement {
  return {
    sql: 'DELETE FROM staff_chats WHERE channel = ? AND external_id = ?',
    args: [to.channel, to.id],
  }
}

function toLinked(row: readonly SqlValue[]): Linked {
  const [id, channel, externalId, linkedAt, powersUntil, digest, ...rest] = row
  const [staffId, name, email, role, district, providerId, createdAt, twoFactorId, secret] = rest
  return {
    chat: {
      id: String(id),
      // Only a turn links a chat, from a channel's own type.
      to: { channel: channel as ChannelType, id: String(externalId) },
      linkedAt: String(linkedAt),
      powersUntil: String(powersUntil),
      digest: digest === 1,
    },
    staff: {
      id: String(staffId),
      name: String(name),
      email: String(email),
      role: role as StaffRole,
      district: district == null ? null : String(district),
      providerId: providerId == null ? null : String(providerId),
      twoFactorEnabled: true,
      disabledAt: null,
      createdAt: String(createdAt),
    },
    authenticator: { id: String(twoFactorId), secret: String(secret) },
  }
}
