import { type ApiKey, agreeToKey, insertKey, revokeKey } from '../../db/api/keys.ts'
import type { Database } from '../../db/core/database.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { findStaff, type StaffMember } from '../../db/staff/members.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { isSamePerson } from '../../flows/programme/lifecycle/machine.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import { hashToken } from '../kernel/ids.ts'
import { canHave, type Scope } from './scopes.ts'

/** What a key looks like: a beginning by which it is found where it should not be, and 256 bits. */
const PREFIX = 'wqt_'
const KEY = /^wqt_[A-Za-z0-9_-]{43}$/

/** The least and the most that a key may be good for, in days. */
export const MOST_DAYS = 366
/** Requests in a minute that one key may make at most. */
export const MOST_PER_MINUTE = 6000

/** What somebody asks for a key to be. */
export type KeyWish = {
  name: string
  role: StaffRole
  district: string | null
  scopes: readonly Scope[]
  perMinute: number
  days: number
}

type KeyContext = { db: Database; now: () => string; newId: () => string }

/**
 * Makes a key. Its text is only in what this resolves to; we keep its hash. `by`: the account that makes it, or null for
 * the command line. One that shows people's data, made by an account, `waits` for a second one. Null: a scope is not for this role, or not for one district.
 */
export async function makeKey(
  { db, now, newId }: KeyContext,
  wish: KeyWish,
  by: string | null,
): Promise<{ id: string; key: string; waits: boolean } | null> {
  const { name, role, district, scopes, perMinute, days } = wish
  if (!scopes.every((scope) => canHave(wish, scope))) return null
  const at = now()
  const id = newId()
  const key = newSecret()
  const expiresAt = new Date(Date.parse(at) + days * 86_400_000).toISOString()
  const hash = await hashToken(key)
  const place = { role, district }
  // Nobody gets to see people's data by a key that they made for themselves.
  const waits = by !== null && scopes.includes('reveal')
  await writeAudited(
    db,
    [
      {
        at,
        actor: by ?? 'cli',
        action: 'key.made',
        subject: `key:${id}`,
        reason: [name, role, district ?? '*', ...scopes].join(', '),
      },
    ],
    [
      insertKey({
        ...place,
        id,
        name,
        scopes,
        perMinute,
        expiresAt,
        hash,
        waits,
        createdBy: by,
        at,
      }),
    ],
  )
  return { id, key, waits }
}

/** A second administrator agrees to a key; false where it is their own, by account or by name, or does not wait. */
export async function agreeKey(
  { db, now }: KeyContext,
  key: Pick<ApiKey, 'id' | 'waits' | 'createdBy'>,
  by: Pick<StaffMember, 'id' | 'name'>,
): Promise<boolean> {
  const maker = key.createdBy === null ? null : await findStaff(db, { id: key.createdBy })
  if (!key.waits || (maker !== null && isSamePerson(maker, by))) return false
  return commitOnce(db, {
    result: true,
    write: [agreeToKey(key.id, by.id)],
    audit: [{ at: now(), actor: by.id, action: 'key.agreed', subject: `key:${key.id}` }],
    means: { api_keys_two_persons: false },
  })
}

/** Ends a key at once in every process; false where it was over or never there. */
export async function endKey(
  { db, now }: KeyContext,
  { id }: Pick<ApiKey, 'id'>,
  by: string | null,
): Promise<boolean> {
  const at = now()
  const rows = await writeAudited(
    db,
    [{ at, actor: by ?? 'cli', action: 'key.revoked', subject: `key:${id}` }],
    [revokeKey(id, at)],
  )
  return (rows[0]?.length ?? 0) > 0
}

/** Who a key is to the audit and to the history of what it moves: an actor of its own, and no account. */
export function keyActor({ id }: Pick<ApiKey, 'id'>): string {
  return `key:${id}`
}

/** The key of an `Authorization: Bearer` header; null where it cannot be one of ours. */
export function bearerOf(header: string | undefined): string | null {
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? []
  return KEY.test(key) ? key : null
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const text = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
  return PREFIX + text.replaceAll('+', '-').replaceAll('/', '_')
}
