import { createHmac } from 'node:crypto'
import { askDisclosure } from '../../db/staff/disclosures.ts'
import { insertStaff } from '../../db/staff/members.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { createAuth } from '../../src/console/auth.ts'
import type { Deps } from '../../src/kernel/deps.ts'

export type SignedIn = { id: string; cookie: string }

/** Somebody of a role who has signed in with both factors; `cookie` goes into the header of that name. */
export async function signInAs(
  deps: Deps,
  role: StaffRole,
  district: string | null = role === 'district-reviewer' ? 'yunyan' : null,
): Promise<SignedIn> {
  const id = deps.newId()
  await deps.db.write([
    insertStaff({
      id,
      name: `员工${id}`,
      email: `${id}@example.gov.cn`,
      role,
      district,
      providerId: role === 'provider' ? 'p1' : null,
      at: deps.now(),
    }),
    { sql: 'UPDATE staff SET two_factor_enabled = 1 WHERE id = ?', args: [id] },
  ])
  return { id, cookie: await sessionCookie(deps, id) }
}

/** The cookie of a new session of somebody. */
async function sessionCookie(deps: Deps, staffId: string): Promise<string> {
  const { internalAdapter, authCookies, secret } = await createAuth(deps).$context
  const { token } = await internalAdapter.createSession(staffId)
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `${authCookies.sessionToken.name}=${encodeURIComponent(`${token}.${signature}`)}`
}

/** Somebody asked for the ledger of a district, and nobody has agreed yet. Gives its id. */
export async function seedDisclosure(
  deps: Pick<Deps, 'db' | 'now'>,
  { id, by, district }: { id: string; by: string; district: string | null },
): Promise<string> {
  const at = deps.now()
  const expiresAt = new Date(Date.parse(at) + 86_400_000).toISOString()
  await deps.db.write([
    askDisclosure({
      id,
      kind: 'ledger',
      askedBy: by,
      district,
      people: 21,
      reason: `核对${id}`,
      scope: JSON.stringify({ year: 2018, district: district ?? undefined }),
      askedAt: at,
      expiresAt,
    }),
  ])
  return id
}
