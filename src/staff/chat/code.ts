import { countAttempts } from '../../../db/cases/lookup.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { putStaffCode, staffCodeIndex } from '../../../db/staff/chats.ts'
import type { Deps } from '../../kernel/deps.ts'

/** A code is good for so long. */
export const CODE_MINUTES = 10
const CODE_LENGTH = 8
/** Without what is mistaken for something else: 0 O, 1 I L. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
/** So many codes an hour for each of them. */
const PER_HOUR = 10

/**
 * Makes a one-time code by which somebody links a chat; an older one stops working. Null where they made
 * too many. It is stored as an index alone and shown once.
 */
export async function makeStaffCode(deps: Deps, staffId: string): Promise<string | null> {
  const at = deps.now()
  const key = await deps.vault.index('staff-chat-made', staffId)
  const allowed = await countAttempts(deps.db, at, [{ key, limit: PER_HOUR, windowSeconds: 3600 }])
  if (!allowed) return null
  const code = draw()
  const expiresAt = new Date(Date.parse(at) + CODE_MINUTES * 60_000).toISOString()
  await writeAudited(
    deps.db,
    [{ at, actor: staffId, action: 'chat.code-made', subject: `staff:${staffId}` }],
    [putStaffCode(staffId, await staffCodeIndex(deps.vault, code), expiresAt)],
  )
  return code
}

/** Where a code can be tapped instead of typed, as far as the settings name such places. */
export function codeLinks(
  deps: Pick<Deps, 'webUrl' | 'linkTo'>,
  code: string,
): { telegram: string | null; web: string } {
  const bot = deps.linkTo?.telegramBot
  return {
    telegram: bot === undefined ? null : `https://t.me/${bot}?start=staff-${code}`,
    web: `${deps.webUrl()}/#staff=${code}`,
  }
}

function draw(): string {
  const limit = 256 - (256 % LETTERS.length)
  let code = ''
  while (code.length < CODE_LENGTH) {
    const [byte = limit] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < limit) code += LETTERS[byte % LETTERS.length]
  }
  return code
}
