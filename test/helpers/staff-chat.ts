import { createHmac } from 'node:crypto'
import { symmetricEncrypt } from 'better-auth/crypto'
import { expect } from 'vitest'
import { insertStaff } from '../../db/staff/members.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import type { Address } from '../../flows/engine/types.ts'
import { createAuth } from '../../src/console/auth.ts'
import { makeStaffCode } from '../../src/staff/chat/code.ts'
import type { TestWorld } from './app.ts'
import { createTalker } from './talk.ts'

const secretOf = (id: string) => `secret of ${id}, thirty-two letters`

/** Somebody of the office with an authenticator that `digitsNow` reads. */
export async function hire(
  { deps }: TestWorld,
  id: string,
  role: StaffRole,
  { district = null, name = `员工${id}` }: { district?: string | null; name?: string } = {},
): Promise<string> {
  const at = deps.now()
  const email = `${id}@example.gov.cn`
  const providerId = role === 'provider' ? 'p1' : null
  await deps.db.write([
    insertStaff({ id, name, email, role, district, providerId, at }),
    { sql: 'UPDATE staff SET two_factor_enabled = 1 WHERE id = ?', args: [id] },
  ])
  await giveAuthenticator(deps, id, `f-${id}`)
  return id
}

/** A (new) authenticator of somebody, with the same secret. */
export async function giveAuthenticator(
  deps: TestWorld['deps'],
  id: string,
  factorId: string,
): Promise<void> {
  const { secretConfig } = await createAuth(deps).$context
  const secret = await symmetricEncrypt({ key: secretConfig, data: secretOf(id) })
  await deps.db.write([
    {
      sql: `INSERT INTO staff_two_factors (id, secret, backup_codes, staff_id) VALUES (?, ?, '', ?)`,
      args: [factorId, secret, id],
    },
    { sql: 'UPDATE staff SET two_factor_enabled = 1 WHERE id = ?', args: [id] },
  ])
}

/** The six digits that somebody's authenticator shows; `ahead`: so many half minutes later. */
export function digitsNow({ deps }: TestWorld, id: string, ahead = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse(deps.now()) / 30_000) + ahead))
  const mac = createHmac('sha1', secretOf(id)).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A one-time code of somebody, as the account page makes it. */
export async function codeOf({ deps }: TestWorld, id: string): Promise<string> {
  const code = await makeStaffCode(deps, id)
  if (code === null) throw new Error('too many codes')
  return code
}

/** A chat of somebody that is linked and open for work. */
export async function linkedChat(
  world: TestWorld,
  id: string,
  from: Address = { channel: 'telegram', id: `chat-${id}` },
) {
  const talker = createTalker(world, from)
  await talker.say(`/staff ${await codeOf(world, id)}`)
  expect(await talker.say(digitsNow(world, id))).toContain('绑定好了')
  return talker
}
