import { countAttempts } from '../../db/case-lookup.ts'
import type { ConsoleContext, ConsoleDeps } from './route.ts'

const WINDOW_SECONDS = 15 * 60
const PER_ACCOUNT = 5
const PER_ADDRESS = 30

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
  const address = addressOf(c)
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

function accountKey(deps: ConsoleDeps, kind: string, account: string): Promise<string> {
  return deps.vault.index(`staff-${kind}`, account.trim().toLowerCase())
}

/**
 * Where a request comes from. On Node the socket says it, and only a proxy on this very machine is
 * believed about somebody behind it; on Workers Cloudflare's header does.
 */
function addressOf(c: ConsoleContext): string | null {
  const { incoming } = (c.env ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } }
  }
  if (incoming === undefined) return c.req.header('cf-connecting-ip') ?? null
  const socket = incoming.socket?.remoteAddress ?? null
  const behind = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return socket !== null && /^(::1|(::ffff:)?127\.)/.test(socket) ? (behind ?? socket) : socket
}
