import * as z from 'zod'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { findChallenged, findStaff } from '../../../../db/staff/members.ts'
import type { MessageKey } from '../../../../locales/keys.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { digits, draftOf, withProblem } from '../../../console/form.ts'
import {
  type ActionOutcome,
  action,
  nothing,
  type PageRequest,
  page,
} from '../../../console/page.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { forgetTries, isFirstUse, mayGuess, mayTry, rememberDevice } from '../../lock-out.ts'
import { AuthenticatorPage, CodePage, SignInPage } from './pages.tsx'
import { KeptPage, openKept, wayBack } from './signed-out.tsx'

const PasswordForm = z.object({ email: z.string(), password: z.string(), kept: z.string() })
const CodeForm = z.object({ code: digits(), kept: z.string() })

/** Sign-in in two steps, and sign-out. */
export const signInRoutes: readonly ConsoleRoute[] = [
  page('anyone', '/console/sign-in', nothing, (_, { view }) => (
    <SignInPage view={view} draft={draftOf({})} />
  )),
  action('anyone', '/console/sign-in', nothing, async (_, request) => {
    const { c, deps, view } = request
    const { email, password, kept } = await request.read(PasswordForm)
    const again = (problem: MessageKey, status: 401 | 429) => {
      const draft = withProblem(draftOf({ email }), 'password', view.t(problem))
      return { status, page: <SignInPage view={view} draft={draft} kept={kept} /> }
    }
    if (!(await mayTry(deps, c, 'password', email))) return again('console.tooMany', 429)
    const staff = await findStaff(deps.db, { email })
    const { headers } = c.req.raw
    const response = await deps.auth().api.signInEmail({
      body: { email: email.trim().toLowerCase(), password },
      headers,
      asResponse: true,
    })
    if (!response.ok || staff === null || staff.disabledAt !== null) {
      return again('console.wrongPassword', 401)
    }
    await forgetTries(deps, c, 'password', email)
    passCookies(response.headers, c)
    if (staff.twoFactorEnabled) {
      if (kept === '') return '/console/sign-in/code'
      return { status: 200, page: <CodePage view={view} draft={draftOf({})} kept={kept} /> }
    }
    return showAuthenticator(request, withCookies(headers, response.headers), password)
  }),
  page('anyone', '/console/sign-in/code', nothing, (_, { view }) => (
    <CodePage view={view} draft={draftOf({})} />
  )),
  action('anyone', '/console/sign-in/code', nothing, async (_, request) => {
    const { c, deps, view } = request
    const { code, kept } = await request.read(CodeForm)
    const again = (problem: MessageKey, status: 401 | 429) => {
      const draft = withProblem(draftOf({ code }), 'code', view.t(problem))
      return { status, page: <CodePage view={view} draft={draft} kept={kept} /> }
    }
    const staffId = await challengedBy(deps, c)
    const mayGoOn =
      staffId === null ? await mayGuess(deps, c) : await mayTry(deps, c, 'code', staffId)
    if (!mayGoOn) return again('console.tooMany', 429)
    const sent = { body: { code }, headers: c.req.raw.headers, asResponse: true } as const
    const isTotp = /^\d{6}$/.test(code)
    const response = isTotp
      ? await deps.auth().api.verifyTOTP(sent)
      : await deps.auth().api.verifyBackupCode(sent)
    if (!response.ok) return again('console.wrongCode', 401)
    const headers = withCookies(c.req.raw.headers, response.headers)
    if (isTotp && !(await isFirstUse(deps, (await signedInAs(deps, headers)).id, code))) {
      // The session is nobody's: its cookie was not given out.
      await deps.auth().api.signOut({ headers })
      const draft = withProblem(draftOf({}), 'password', view.t('console.usedCode'))
      return { status: 401, page: <SignInPage view={view} draft={draft} kept={kept} /> }
    }
    passCookies(response.headers, c)
    const staff = await signedInAs(deps, headers)
    await forgetTries(deps, c, 'code', staff.id)
    await rememberDevice(deps, c, staff)
    await noteSignIn(deps, headers)
    const form = await openKept(deps, kept)
    if (form !== null) return { status: 200, page: <KeptPage view={view} kept={form} /> }
    return wayBack(c)
  }),
  action(
    'own-account',
    '/console/sign-out',
    nothing,
    async (_, { c, deps, staff: { id }, view }) => {
      const { headers } = c.req.raw
      const response = await deps.auth().api.signOut({ headers, asResponse: true })
      passCookies(response.headers, c)
      const entry = { at: view.now, actor: id, action: 'session.ended' } as const
      await writeAudited(deps.db, [{ ...entry, subject: `staff:${id}` }], [])
      return '/console/sign-in' as const
    },
  ),
]

/** Begins a new authenticator for whoever is signed in with a password only, and shows it. */
export async function showAuthenticator(
  { deps, view }: PageRequest,
  headers: Headers,
  password: string,
): Promise<ActionOutcome> {
  const started = await deps.auth().api.enableTwoFactor({ body: { password }, headers })
  if (!('totpURI' in started)) throw new Error('there is no other second factor than TOTP')
  const { totpURI: uri, backupCodes } = started
  return {
    status: 200,
    page: <AuthenticatorPage view={view} uri={uri} backupCodes={backupCodes} draft={draftOf({})} />,
  }
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
