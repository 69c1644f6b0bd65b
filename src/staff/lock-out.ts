import { countAttempts } from '../../db/cases/lookup.ts'
import type { ConsoleContext, ConsoleDeps } from '../console/route.ts'
import { networkAddress } from '../kernel/network-address.ts'

const WINDOW_SECONDS = 15 * 60
const PER_ACCOUNT = 5
const PER_ADDRESS = 30
/** Longer than the digits of an authenticator are taken: their own half minute, and one before and after. */
const CODE_SECONDS = 120

/**
 * Counts a try to sign in, against the account and the network address it comes from, and tells
 * whether it may go on. Five wrong tries lock an account for a quarter of an hour.
 */
export async function mayTry(
  deps: ConsoleDeps,
  c: ConsoleContext,
  kind: 'password' | 'code',
  account: string,
): Promise<boolean> {
  const address = networkAddress(c)
  return countAttempts(deps.db, deps.now(), [
    {
      key: await accountKey(deps, kind, account),
      limit: PER_ACCOUNT,
      windowSeconds: WINDOW_SECONDS,
    },
    ...(address === null
      ? []
      : [
          {
            key: await deps.vault.index('staff-address', address),
            limit: PER_ADDRESS,
            windowSeconds: WINDOW_SECONDS,
          },
        ]),
  ])
}

/** Forgets the tries of an account once one was right. */
export async function forgetTries(
  deps: ConsoleDeps,
  kind: 'password' | 'code',
  account: string,
): Promise<void> {
  const key = await accountKey(deps, kind, account)
  await deps.db.write([{ sql: 'DELETE FROM attempts WHERE key = ?', args: [key] }])
}

/**
 * Whether these digits of somebody's authenticator open something for the first time: whoever saw them typed has no
 * use of them (https://www.rfc-editor.org/rfc/rfc6238#section-5.2). Of two at once, one is the first.
 */
export async function isFirstUse(
  deps: ConsoleDeps,
  staffId: string,
  digits: string,
): Promise<boolean> {
  const key = await deps.vault.index('staff-used-code', `${staffId} ${digits}`)
  return countAttempts(deps.db, deps.now(), [{ key, limit: 1, windowSeconds: CODE_SECONDS }])
}

function accountKey(deps: ConsoleDeps, kind: string, account: string): Promise<string> {
  return deps.vault.index(`staff-${kind}`, account.trim().toLowerCase())
}
