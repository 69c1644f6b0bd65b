import { writeAudited } from '../../../../db/staff/audit.ts'
import { findChallenged, findStaff } from '../../../../db/staff/members.ts'
import type { MessageKey } from '../../../../locales/keys.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { readFields } from '../../../console/form.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { forgetTries, isFirstUse, mayGuess, mayTry, rememberDevice } from '../../lock-out.ts'
import { AuthenticatorPage, CodePage, SignInPage } from './pages.tsx'

/** Sign-in in two steps, and sign-out. */
export function signInRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/sign-in',
      rule: 'anyone',
      handle: (c) => c.html(<SignInPage view={viewOf(deps, c)} />),
    },
    {
      method: 'POST',
      path: '/console/sign-in',
      rule: 'anyone',
      handle: async (c) => {
        const { email, password } = await readFields(c, ['email', 'password'])
        const again = (problem: MessageKey, status: 401 | 429) => {
          c.status(status)
          return c.html(<SignInPage view={viewOf(deps, c)} email={email} problem={problem} />)
        }
        if (!(await mayTry(deps, c, 'password', email))) return again('console.tooMany', 429)
        const staff = await findStaff(deps.db, { email })
        const response = await deps.auth().api.signInEmail({
          body: { email: email.trim().toLowerCase(), password },
          headers: c.req.raw.headers,
          asResponse: true,
        })
        if (!response.ok || staff === null || staff.disabledAt !== null) {
          return again('console.wrongPassword', 401)
        }
        await forgetTries(deps, c, 'password', email)
        passCookies(response.headers, c)
        if (staff.twoFactorEnabled) return c.redirect('/console/sign-in/code', 303)
        return showAuthenticator(
          deps,
          c,
          withCookies(c.req.raw.headers, response.headers),
          password,
        )
      },
    },
    {
      method: 'GET',
      path: '/console/sign-in/code',
      rule: 'anyone',
      handle: (c) => c.html(<CodePage view={viewOf(deps, c)} />),
    },
    {
      method: 'POST',
      path: '/console/sign-in/code',
      rule: 'anyone',
      handle: async (c) => {
        const { code } = await readFields(c, ['code'])
        const digits = code.replaceAll(/\s/g, '')
        const again = (problem: MessageKey, status: 401 | 429) => {
          c.status(status)
          return c.html(<CodePage view={viewOf(deps, c)} problem={problem} />)
        }
        const staffId = await challengedBy(deps, c)
        const mayGoOn =
          staffId === null ? await mayGuess(deps, c) : await mayTry(deps, c, 'code', staffId)
        if (!mayGoOn) return again('console.tooMany', 429)
        const request = {
          body: { code: digits },
          headers: c.req.raw.headers,
          asResponse: true,
        } as const
        const isTotp = /^\d{6}$/.test(digits)
        const response = isTotp
          ? await deps.auth().api.verifyTOTP(request)
          : await deps.auth().api.verifyBackupCode(request)
        if (!response.ok) return again('console.wrongCode', 401)
        const headers = withCookies(c.req.raw.headers, response.headers)
        if (isTotp && !(await isFirstUse(deps, (await signedInAs(deps, headers)).id, digits))) {
          // The session is nobody's: its cookie was not given out.
          await deps.auth().api.signOut({ headers })
          c.status(401)
          return c.html(<SignInPage view={viewOf(deps, c)} problem="console.usedCode" />)
        }
        passCookies(response.headers, c)
        const staff = await signedInAs(deps, headers)
        await forgetTries(deps, c, 'code', staff.id)
        await rememberDevice(deps, c, staff)
        await noteSignIn(deps, headers)
        return c.redirect('/console', 303)
      },
    },
    {
      method: 'POST',
      path: '/console/sign-out',
      rule: 'own-account',
      handle: async (c) => {
        const { id } = c.get('staff')
        const response = await deps
          .auth()
          .api.signOut({ headers: c.req.raw.headers, asResponse: true })
        passCookies(response.headers, c)
        const at = deps.now()
        await writeAudited(
          deps.db,
          [{ at, actor: id, action: 'session.ended', subject: `staff:${id}` }],
          [],
        )
        return c.redirect('/console/sign-in', 303)
      },
    },
  ]
}

/** Begins a new authenticator for whoever is signed in with a password only, and shows it. */
export async function showAuthenticator(
  deps: ConsoleDeps,
  c: ConsoleContext,
  headers: Headers,
  password: string,
): Promise<Response> {
  const started = await deps.auth().api.enableTwoFactor({ body: { password }, headers })
  if (!('totpURI' in started)) throw new Error('there is no other second factor than TOTP')
  return c.html(
    <AuthenticatorPage
      view={viewOf(deps, c)}
      uri={started.totpURI}
      backupCodes={started.backupCodes}
    />,
  )
}

async function signedInAs(
  deps: ConsoleDeps,
  headers: Headers,
): Promise<{ id: string; email: string }> {
  const found = await deps.auth().api.getSession({ headers })
  if (found === null) throw new Error('a sign-in without a session')
  return found.user
}

/** Whose password began this sign-in: the account that the challenge belongs to, however often it is begun anew. */
async function challengedBy(deps: ConsoleDeps, c: ConsoleContext): Promise<string | null> {
  const cookie = c.req.header('cookie')?.match(/staff\.two_factor=([\w-]+)/)?.[1] ?? ''
  return findChallenged(deps.db, cookie, deps.now())
}

/** Writes down who has signed in. `headers`: with the cookies of the new session. */
export async function noteSignIn(deps: ConsoleDeps, headers: Headers): Promise<void> {
  const { id } = await signedInAs(deps, headers)
  await writeAudited(
    deps.db,
    [{ at: deps.now(), actor: id, action: 'session.started', subject: `staff:${id}` }],
    [],
  )
}
