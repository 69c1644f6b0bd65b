import { findStaff, hasAdmin, insertStaff, signOutEverywhere } from '../../db/staff/members.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { planLink } from './links.ts'

/** With what the first administrator signs in where nobody named another address. */
const FIRST_EMAIL = 'admin@weiqitong.local'

type FirstAdminDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'webUrl'>

/**
 * Adds an administrator and returns their one-time link; somebody who is there already as an
 * administrator gets a new link. Null: the address belongs to somebody in another role, or shut out.
 */
export async function createAdmin(
  context: FirstAdminDeps,
  admin: { name: string; email: string },
): Promise<string | null> {
  const entry = { actor: 'cli', action: 'staff.invited', reason: 'admin' } as const
  const known = await findStaff(context.db, { email: admin.email })
  if (known !== null) {
    if (known.role !== 'admin' || known.disabledAt !== null) return null
    const made = { ...entry, action: 'staff.link-made' } as const
    const plan = () => planLink(context, known.id, made, [signOutEverywhere(known.id)])
    return commit(context.db, { plan })
  }
  const id = context.newId()
  const place = { role: 'admin', district: null, providerId: null } as const
  const row = insertStaff({ id, ...admin, ...place, at: context.now() })
  return commit(context.db, { plan: () => planLink(context, id, entry, [row]) })
}

/** The link for the very first administrator; null where somebody already is one. */
export async function firstAdminLink(context: FirstAdminDeps): Promise<string | null> {
  if (await hasAdmin(context.db)) return null
  return createAdmin(context, { name: '管理员', email: FIRST_EMAIL })
}
