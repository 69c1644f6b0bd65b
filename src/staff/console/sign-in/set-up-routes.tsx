import * as z from 'zod'
import { findLink, usePasswordLink } from '../../../../db/staff/members.ts'
import { MIN_PASSWORD } from '../../../console/auth.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { digits, draftOf, withProblem } from '../../../console/form.ts'
import { SignedOutPage } from '../../../console/layout.tsx'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import type { View } from '../../../console/view.ts'
import { hashToken } from '../../../kernel/ids.ts'
import { forgetTries, isFirstUse, mayTry, rememberDevice } from '../../lock-out.ts'
import { AuthenticatorPage, PasswordPage } from './pages.tsx'
import { noteSignIn, showAuthenticator } from './routes.tsx'
import { wayBack } from './signed-out.tsx'

const AuthenticatorForm = z.object({ code: digits(), uri: z.string(), backupCodes: z.string() })
const NewPasswordForm = z.object({
  password: z.string().min(MIN_PASSWORD, 'console.shortPassword'),
})

/** The way in by a one-time link: password, authenticator, signed in. */
export const setUpRoutes: readonly ConsoleRoute[] = [
  action('anyone', '/console/set-up/code', nothing, async (_, request) => {
    const { c, deps, view } = request
    const { code, uri, backupCodes } = await request.read(AuthenticatorForm)
    const { headers } = c.req.raw
    // Only who has given the password a moment ago has a session without a second factor.
    const found = await deps.auth().api.getSession({ headers })
    if (found === null || found.user.twoFactorEnabled) return '/console/sign-in'
    const body = { code }
    const response = (await mayTry(deps, c, 'code', found.user.id))
      ? await deps.auth().api.verifyTOTP({ body, headers, asResponse: true })
      : null
    if (response?.ok === true && (await isFirstUse(deps, found.user.id, body.code))) {
      await forgetTries(deps, c, 'code', found.user.id)
      passCookies(response.headers, c)
      await rememberDevice(deps, c, found.user)
      await noteSignIn(deps, withCookies(headers, response.headers))
      return wayBack(c)
    }
    if (!/^otpauth:\/\/totp\//.test(uri)) return '/console/sign-in'
    const problem = view.t(response === null ? 'console.tooMany' : 'console.wrongNewCode')
    const page = (
      <AuthenticatorPage
        view={view}
        uri={uri}
        backupCodes={backupCodes.split(' ')}
        draft={withProblem(draftOf({ code }), 'code', problem)}
      />
    )
    return { status: response === null ? 429 : 401, page }
  }),
  page('anyone', '/console/set-up/:token', findInvited, ({ staff }, { c, view }) =>
    staff === null ? (
      c.html(linkGone(view), 410)
    ) : (
      <PasswordPage view={view} name={staff.name} email={staff.email} draft={draftOf({})} />
    ),
  ),
  action('anyone', '/console/set-up/:token', findInvited, async ({ staff, tokenHash }, request) => {
    const { c, deps, view } = request
    if (staff === null) return { status: 410, page: linkGone(view) }
    const { email, name } = staff
    const form = await request.form(NewPasswordForm)
    if (!form.ok) {
      const page = <PasswordPage view={view} name={name} email={email} draft={form.draft} />
      return { status: 400, page }
    }
    const { password } = form.data
    const auth = deps.auth()
    const set = await usePasswordLink(deps.db, {
      tokenHash,
      accountId: deps.newId(),
      passwordHash: await (await auth.$context).password.hash(password),
      at: view.now,
    })
    if (!set) return { status: 410, page: linkGone(view) }
    const { headers } = c.req.raw
    const response = await auth.api.signInEmail({
      body: { email, password },
      headers,
      asResponse: true,
    })
    if (!response.ok) throw new Error('a password that was just set is not taken')
    passCookies(response.headers, c)
    // Somebody who already has an authenticator only had a new password to set.
    if (staff.twoFactorEnabled) return '/console/sign-in/code'
    return showAuthenticator(request, withCookies(headers, response.headers), password)
  }),
]

/** Whom a one-time link is for; `staff` null: it is used, or over. */
async function findInvited({ deps, params, view }: PageRequest<'token'>) {
  const tokenHash = await hashToken(params.token)
  return { tokenHash, staff: await findLink(deps.db, tokenHash, view.now) }
}

function linkGone(view: View) {
  return (
    <SignedOutPage view={view} title={view.t('console.linkGone')}>
      <p>{view.t('console.linkGoneWhat')}</p>
      <p>
        <a class="button" href="/console/sign-in">
          {view.t('console.toSignIn')}
        </a>
      </p>
    </SignedOutPage>
  )
}
