import { findLink, usePasswordLink } from '../../../../db/staff/members.ts'
import { MIN_PASSWORD } from '../../../console/auth.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { readFields } from '../../../console/form.ts'
import { SignedOutPage } from '../../../console/layout.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { hashToken } from '../../links.ts'
import { forgetTries, isFirstUse, mayTry, rememberDevice } from '../../lock-out.ts'
import { AuthenticatorPage, PasswordPage } from './pages.tsx'
import { noteSignIn, showAuthenticator } from './routes.tsx'

/** The way in by a one-time link: password, authenticator, signed in. */
export function setUpRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'POST',
      path: '/console/set-up/code',
      rule: 'anyone',
      handle: async (c) => {
        const { code, uri, backupCodes } = await readFields(c, ['code', 'uri', 'backupCodes'])
        const { headers } = c.req.raw
        // Only who has given the password a moment ago has a session without a second factor.
        const found = await deps.auth().api.getSession({ headers })
        if (found === null || found.user.twoFactorEnabled)
          return c.redirect('/console/sign-in', 303)
        const body = { code: code.replaceAll(/\s/g, '') }
        const response = (await mayTry(deps, c, 'code', found.user.id))
          ? await deps.auth().api.verifyTOTP({ body, headers, asResponse: true })
          : null
        if (response?.ok === true && (await isFirstUse(deps, found.user.id, body.code))) {
          await forgetTries(deps, c, 'code', found.user.id)
          passCookies(response.headers, c)
          await rememberDevice(deps, c, found.user)
          await noteSignIn(deps, withCookies(headers, response.headers))
          return c.redirect('/console', 303)
        }
        c.status(response === null ? 429 : 401)
        if (!/^otpauth:\/\/totp\//.test(uri)) return c.redirect('/console/sign-in', 303)
        return c.html(
          <AuthenticatorPage
            view={viewOf(deps, c)}
            uri={uri}
            backupCodes={backupCodes.split(' ')}
            problem={response === null ? 'console.tooMany' : 'console.wrongNewCode'}
          />,
        )
      },
    },
    {
      method: 'GET',
      path: '/console/set-up/:token',
      rule: 'anyone',
      handle: async (c) => {
        const staff = await findLink(deps.db, await tokenOf(c), deps.now())
        if (staff === null) return linkGone(deps, c)
        return c.html(<PasswordPage view={viewOf(deps, c)} name={staff.name} email={staff.email} />)
      },
    },
    {
      method: 'POST',
      path: '/console/set-up/:token',
      rule: 'anyone',
      handle: async (c) => {
        const tokenHash = await tokenOf(c)
        const staff = await findLink(deps.db, tokenHash, deps.now())
        if (staff === null) return linkGone(deps, c)
        const { password } = await readFields(c, ['password'])
        if (password.length < MIN_PASSWORD) {
          c.status(400)
          return c.html(
            <PasswordPage
              view={viewOf(deps, c)}
              name={staff.name}
              email={staff.email}
              problem="console.shortPassword"
            />,
          )
        }
        const auth = deps.auth()
        const set = await usePasswordLink(deps.db, {
          tokenHash,
          accountId: deps.newId(),
          passwordHash: await (await auth.$context).password.hash(password),
          at: deps.now(),
        })
        if (!set) return linkGone(deps, c)
        const response = await auth.api.signInEmail({
          body: { email: staff.email, password },
          headers: c.req.raw.headers,
          asResponse: true,
        })
        if (!response.ok) throw new Error('a password that was just set is not taken')
        passCookies(response.headers, c)
        // Somebody who already has an authenticator only had a new password to set.
        if (staff.twoFactorEnabled) return c.redirect('/console/sign-in/code', 303)
        return showAuthenticator(
          deps,
          c,
          withCookies(c.req.raw.headers, response.headers),
          password,
        )
      },
    },
  ]
}

function tokenOf(c: ConsoleContext): Promise<string> {
  return hashToken(c.req.param('token') ?? '')
}

function linkGone(deps: ConsoleDeps, c: ConsoleContext) {
  const view = viewOf(deps, c)
  c.status(410)
  return c.html(
    <SignedOutPage view={view} title={view.t('console.linkGone')}>
      <p>{view.t('console.linkGoneWhat')}</p>
      <p>
        <a class="button" href="/console/sign-in">
          {view.t('console.toSignIn')}
        </a>
      </p>
    </SignedOutPage>,
  )
}
