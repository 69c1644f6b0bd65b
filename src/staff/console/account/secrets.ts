import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import type { AuditAction } from '../../../../db/staff/audit-actions.ts'
import { resetTwoFactor } from '../../../../db/staff/members.ts'
import type { MessageKey } from '../../../../locales/keys.ts'
import { MIN_PASSWORD } from '../../../console/auth.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { type ActionOutcome, action, nothing, type PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { forgetTries, isFirstUse, mayTry } from '../../lock-out.ts'
import { showAuthenticator } from '../sign-in/routes.tsx'
import { type SecretForm, showAccount } from './page.tsx'

/** One's own password, backup codes and authenticator; each asks for the password once more. */
export const secretRoutes: readonly ConsoleRoute[] = [
  action('own-account', '/console/account/password', nothing, async (_, request) => {
    const { c, deps, staff } = request
    const { current, next } = await request.fields('current', 'next')
    if (next.length < MIN_PASSWORD) return refuse(request, 'password', 'console.shortPassword')
    if (!(await mayTry(deps, c, 'password', staff.email))) {
      return refuse(request, 'password', 'console.tooMany')
    }
    const response = await deps.auth().api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: c.req.raw.headers,
      asResponse: true,
    })
    if (!response.ok) return refuse(request, 'password', 'console.wrongOwnPassword')
    await forgetTries(deps, c, 'password', staff.email)
    passCookies(response.headers, c)
    await writeAudited(deps.db, [noteOwn(request, 'account.password-changed')], [])
    return '/console/account?done=password'
  }),
  action('own-account', '/console/account/backup-codes', nothing, async (_, request) => {
    const { c, deps, staff } = request
    const { password } = await request.fields('password')
    if (!(await mayTry(deps, c, 'password', staff.email))) {
      return refuse(request, 'backup', 'console.tooMany')
    }
    const response = await deps.auth().api.generateBackupCodes({
      body: { password },
      headers: c.req.raw.headers,
      asResponse: true,
    })
    if (!response.ok) return refuse(request, 'backup', 'console.wrongOwnPassword')
    await forgetTries(deps, c, 'password', staff.email)
    await writeAudited(deps.db, [noteOwn(request, 'account.backup-codes-renewed')], [])
    const { backupCodes } = (await response.json()) as { backupCodes: string[] }
    return { status: 200, page: await showAccount(request, { backupCodes }) }
  }),
  action('own-account', '/console/account/authenticator', nothing, async (_, request) => {
    const { c, deps, staff, view } = request
    const { password, code } = await request.fields('password', 'code')
    const { id, email } = staff
    const { headers } = c.req.raw
    const auth = deps.auth()
    const refused = (key: MessageKey) => refuse(request, 'authenticator', key)
    if (!(await mayTry(deps, c, 'password', email))) return refused('console.tooMany')
    const body = { code: code.replaceAll(/\s/g, '') }
    const proof = /^\d{6}$/.test(body.code)
      ? await auth.api.verifyTOTP({ body, headers, asResponse: true })
      : null
    if (proof?.ok !== true) return refused('console.wrongCode')
    const known = await auth.api.verifyPassword({ body: { password }, headers, asResponse: true })
    if (!known.ok) return refused('console.wrongOwnPassword')
    if (!(await isFirstUse(deps, id, body.code))) return refused('console.usedCode')
    await forgetTries(deps, c, 'password', email)
    await writeAudited(
      deps.db,
      [noteOwn(request, 'account.authenticator-changed')],
      resetTwoFactor(id, view.now),
    )
    const signedIn = await auth.api.signInEmail({
      body: { email, password },
      headers,
      asResponse: true,
    })
    if (!signedIn.ok) throw new Error('a password that was just right is not taken')
    passCookies(signedIn.headers, c)
    return showAuthenticator(request, withCookies(headers, signedIn.headers), password)
  }),
]

/** The entry of something that somebody did with their own account. */
export function noteOwn({ staff, view }: PageRequest, what: AuditAction): AuditDraft {
  return { at: view.now, actor: staff.id, action: what, subject: `staff:${staff.id}` }
}

async function refuse(
  request: PageRequest,
  form: SecretForm,
  key: MessageKey,
): Promise<ActionOutcome> {
  const page = await showAccount(request, { problem: { form, key } })
  return { status: key === 'console.tooMany' ? 429 : 400, page }
}
