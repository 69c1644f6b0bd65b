import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { countAttempts } from '../../db/cases/lookup.ts'
import { beginTry, endTry, type Guarded } from '../../db/staff/sign-in-failures.ts'
import type { ConsoleContext, ConsoleDeps } from '../console/route.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'

/** Wrong tries before the pauses begin: of an account from one network, and from a device that it knows. */
const PER_ACCOUNT = 5
/** Of all accounts from one network, as where somebody tries one password on many. */
const PER_NETWORK = 30
/** Of one account from all networks together. */
const PER_ACCOUNT_EVERYWHERE = 50
/** Longer than the digits of an authenticator are taken: their own half minute, and one before and after. */
const CODE_SECONDS = 120
const DEVICE_SECONDS = 180 * 86_400

type Kind = 'password' | 'code'

/**
 * Counts a try to sign in as wrong until `forgetTries` says that it was right, and tells whether it may be made. Wrong
 * tries count against the account from this network, with pauses that grow from a minute to an hour, and more
 * loosely against the network and the account. A device that has signed in to the account has a count of its own
 * instead, so that nobody elsewhere can lock it out. `account`: its address with `password`, its id with `code`.
 */
export async function mayTry(
  deps: ConsoleDeps,
  c: ConsoleContext,
  kind: Kind,
  account: string,
): Promise<boolean> {
  const { own, shared } = await guardedBy(deps, c, kind, account)
  return (await beginTry(deps.db, deps.now(), [...own, ...shared])) === 0
}

/** A try was right: forgets the wrong ones of the account from here. */
export async function forgetTries(
  deps: ConsoleDeps,
  c: ConsoleContext,
  kind: Kind,
  account: string,
): Promise<void> {
  const { own, shared } = await guardedBy(deps, c, kind, account)
  const keysOf = (guarded: readonly Guarded[]) => guarded.map(({ key }) => key)
  await endTry(deps.db, deps.now(), keysOf(own), keysOf(shared))
}

/** Counts a wrong code of a sign-in that was never begun, or is over. False: too many came from this network. */
export async function mayGuess(deps: ConsoleDeps, c: ConsoleContext): Promise<boolean> {
  const network = await networkKey(deps, c)
  return (await beginTry(deps.db, deps.now(), [{ key: network, free: PER_NETWORK }])) === 0
}

/** Lets the browser be known as one that has signed in to an account, for half a year. */
export async function rememberDevice(
  deps: ConsoleDeps,
  c: ConsoleContext,
  staff: { id: string; email: string },
): Promise<void> {
  for (const [kind, account] of [
    ['password', staff.email],
    ['code', staff.id],
  ] as const) {
    const name = await deviceCookie(deps, kind, account)
    await setSignedCookie(c, name, deps.newId(), secretOf(deps), {
      path: '/console',
      httpOnly: true,
      sameSite: 'Lax',
      secure: deps.webUrl().startsWith('https:'),
      maxAge: DEVICE_SECONDS,
    })
  }
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

async function guardedBy(
  deps: ConsoleDeps,
  c: ConsoleContext,
  kind: Kind,
  account: string,
): Promise<{ own: Guarded[]; shared: Guarded[] }> {
  const folded = account.trim().toLowerCase()
  const key = (...parts: string[]) => deps.vault.index('staff-try', JSON.stringify(parts))
  const device = await getSignedCookie(c, secretOf(deps), await deviceCookie(deps, kind, account))
  if (typeof device === 'string') {
    return {
      own: [{ key: await key(kind, folded, 'device', device), free: PER_ACCOUNT }],
      shared: [],
    }
  }
  const network = networkNameOf(c)
  return {
    own: [{ key: await key(kind, folded, 'network', network ?? ''), free: PER_ACCOUNT }],
    shared: [
      { key: await key(kind, folded), free: PER_ACCOUNT_EVERYWHERE },
      ...(network === null ? [] : [{ key: await networkKey(deps, c), free: PER_NETWORK }]),
    ],
  }
}

function networkNameOf(c: ConsoleContext): string | null {
  const address = networkAddress(c)
  return address === null ? null : networkOf(address)
}

function networkKey(deps: ConsoleDeps, c: ConsoleContext): Promise<string> {
  return deps.vault.index('staff-network', networkNameOf(c) ?? '')
}

/** Its name says nothing about the account to whoever does not know it. */
async function deviceCookie(deps: ConsoleDeps, kind: Kind, account: string): Promise<string> {
  const index = await deps.vault.index('staff-device', `${kind} ${account.trim().toLowerCase()}`)
  return `staff.device-${index.slice(0, 16)}`
}

function secretOf(deps: ConsoleDeps): string {
  return `staff-device:${deps.sessionSecret}`
}
