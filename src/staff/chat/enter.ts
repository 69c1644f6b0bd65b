import { countAttempts } from '../../../db/cases/lookup.ts'
import type { Statement } from '../../../db/core/database.ts'
import type { AuditAction } from '../../../db/staff/audit-actions.ts'
import {
  findStaffChat,
  findStaffCode,
  linkStaffChat,
  openStaffChat,
  staffCodeIndex,
  wasLinkedBy,
} from '../../../db/staff/chats.ts'
import type { Address } from '../../../flows/engine/types.ts'
import { commitOnce } from '../../kernel/commit/commit.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'
import { totpStep } from './totp.ts'

/** As a session of the console: nobody stays in over night. */
const POWER_HOURS = 12
const WINDOW_SECONDS = 15 * 60
/** Wrong digits in a quarter of an hour, of one member of staff. */
const DIGIT_TRIES = 5
/** Codes tried in a quarter of an hour, from one chat and from one network. */
const CODE_TRIES = 5
const NETWORK_CODE_TRIES = 200

export type Entered = 'done' | 'wrong-code' | 'wrong-digits' | 'too-many' | 'stranger'

/** Whether a typed code links a chat; its index, by which it is known from now on. */
export async function checkStaffCode(
  deps: Deps,
  { address: from, network }: Pick<Requester, 'address' | 'network'>,
  code: string,
): Promise<{ index: string } | 'wrong-code' | 'too-many'> {
  const { db, vault } = deps
  const now = deps.now()
  const chat = await vault.index('staff-chat-tries', `${from.channel}:${from.id}`)
  const near = await vault.index('staff-chat-codes', `${from.channel}:${network ?? ''}`)
  const limits = [
    { key: chat, limit: CODE_TRIES, windowSeconds: WINDOW_SECONDS },
    { key: near, limit: NETWORK_CODE_TRIES, windowSeconds: WINDOW_SECONDS },
  ]
  // Who is over their own limit does not use up their neighbours'.
  for (const limit of limits) if (!(await countAttempts(db, now, [limit]))) return 'too-many'
  const index = await staffCodeIndex(vault, code)
  return (await findStaffCode(db, index, now)) === null ? 'wrong-code' : { index }
}

/** Links a chat by a code and the six digits of whose code it is, and opens it for work. */
export async function linkChat(
  deps: Deps,
  from: Address,
  codeIndex: string,
  digits: string,
): Promise<Entered> {
  const at = deps.now()
  const found = await findStaffCode(deps.db, codeIndex, at)
  // The very same message once more, after it has linked the chat.
  if (found === null) {
    return (await wasLinkedBy(deps.db, from, codeIndex)) ? 'done' : 'wrong-code'
  }
  const { staff, authenticator } = found
  const step = await tryDigits(deps, staff.id, authenticator, digits)
  if (typeof step === 'string') return step
  const statements = linkStaffChat({
    id: deps.newId(),
    staff,
    twoFactorId: authenticator.id,
    to: from,
    codeIndex,
    step,
    at,
    powersUntil: powersFrom(at),
  })
  const done = await writeOnce(deps, staff.id, 'chat.linked', statements)
  if (done) return 'done'
  if (await wasLinkedBy(deps.db, from, codeIndex)) return 'done'
  return (await findStaffCode(deps.db, codeIndex, at)) === null ? 'wrong-code' : 'wrong-digits'
}

/** Opens a linked chat for work, by the six digits of whose chat it is. */
export async function openChat(deps: Deps, from: Address, digits: string): Promise<Entered> {
  const found = await findStaffChat(deps.db, from)
  if (found === null) return 'stranger'
  const { staff, authenticator, chat } = found
  const step = await tryDigits(deps, staff.id, authenticator, digits)
  if (typeof step === 'string') return step
  const statement = openStaffChat(chat.id, step, powersFrom(deps.now()))
  return (await writeOnce(deps, staff.id, 'chat.opened', [statement])) ? 'done' : 'wrong-digits'
}

async function tryDigits(
  deps: Deps,
  staffId: string,
  authenticator: Parameters<typeof totpStep>[1],
  digits: string,
): Promise<number | 'wrong-digits' | 'too-many'> {
  const key = await deps.vault.index('staff-chat-digits', staffId)
  const attempt = { key, limit: DIGIT_TRIES, windowSeconds: WINDOW_SECONDS }
  if (!(await countAttempts(deps.db, deps.now(), [attempt]))) return 'too-many'
  const step = await totpStep(deps, authenticator, digits)
  if (step === null) return 'wrong-digits'
  await deps.db.write([{ sql: 'DELETE FROM attempts WHERE key = ?', args: [key] }])
  return step
}

/** False where the code, or these very digits, were used by somebody faster. */
async function writeOnce(
  { db, now }: Deps,
  staffId: string,
  action: AuditAction,
  statements: readonly Statement[],
): Promise<boolean> {
  return commitOnce<boolean>(db, {
    result: true,
    write: statements,
    audit: [{ at: now(), actor: staffId, action, subject: `staff:${staffId}` }],
    means: { 'staff_chats.staff_id': false },
  })
}

function powersFrom(at: string): string {
  return new Date(Date.parse(at) + POWER_HOURS * 3_600_000).toISOString()
}
