import * as z from 'zod'
import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import type { AuditAction } from '../../../../db/staff/audit-actions.ts'
import { resetTwoFactor } from '../../../../db/staff/members.ts'
import type { MessageKey } from '../../../../locales/keys.ts'
import { MIN_PASSWORD } from '../../../console/auth.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { digits, draftOf, type FormDraft, withProblem } from '../../../console/form.ts'
import { type ActionOutcome, action, nothing, type PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { forgetTries, isFirstUse, mayTry } from '../../lock-out.ts'
import { showAuthenticator } from '../sign-in/routes.tsx'
import { type SecretForm, showAccount } from './page.tsx'

const PasswordForm = z.object({
  current: z.string(),
  next: z.string().min(MIN_PASSWORD, 'console.shortPassword'),
})
const BackupForm = z.object({ password: z.string() })
const AuthenticatorForm = BackupForm.extend({ code: digits() })

/** One's own password, backup codes and authenticator; each asks for the password once more. */
export const secretRoutes: readonly ConsoleRoute[] = [
  action('own-account', '/console/account/password', nothing, async (_, request) => {
    const { c, deps, staff } = request
    const form = await request.form(PasswordForm)
    if (!form.ok) return again(request, { form: 'password', draft: form.draft }, 400)
    const { current, next } = form.data
    const refused = (key: MessageKey) => refuse(request, 'password', 'current', key)
    if (!(await mayTry(deps, c, 'password', staff.email))) return refused('console.tooMany')
    const response = await deps.auth().api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: c.req.raw.headers,
      asResponse: true,
    })
    if (!response.ok) return refused('console.wrongOwnPassword')
    await forgetTries(deps, c, 'password', staff.email)
    passCookies(response.headers, c)
    await writeAudited(deps.db, [noteOwn(request, 'account.password-changed')], [])
    return '/console/account?done=password'
  }),
  action('own-account', '/console/account/backup-codes', nothing, async (_, request) => {
    const { c, deps, staff } = request
    const { password } = await request.read(BackupForm)
    const refused = (key: MessageKey) => refuse(request, 'backup', 'password', key)
    if (!(await mayTry(deps, c, 'password', staff.email))) return refused('console.tooMany')
    const response = await deps.auth().api.generateBackupCodes({
      body: { password },
      headers: c.req.raw.headers,
      asResponse: true,
    })
    if (!response.ok) return refused('console.wrongOwnPassword')
    await forgetTries(deps, c, 'password', staff.email)
    await writeAudited(deps.db, [noteOwn(request, 'account.backup-codes-renewed')], [])
    const { backupCodes } = (await response.json()) as { backupCodes: string[] }
    return { status: 200, page: await showAccount(request, { backupCodes }) }
  }),
  action('own-account', '/console/account/authenticator', nothing, async (_, request) => {
    const { c, deps, staff, view } = request
    const { password, code } = await request.read(AuthenticatorForm)
    const { id, email } = staff
    const { headers } = c.req.raw
    const auth = deps.auth()
    const refused = (field: 'password' | 'code', key: MessageKey) =>
      refuse(request, 'authenticator', field, key)
    if (!(await mayTry(deps, c, 'password', email))) return refused('password', 'console.tooMany')
    const body = { code }
    const proof = /^\d{6}$/.test(body.code)
      ? await auth.api.verifyTOTP({ body, headers, asResponse: true })
      : null
    if (proof?.ok !== true) return refused('code', 'console.wrongCode')
    const known = await auth.api.verifyPassword({ body: { password }, headers, asResponse: true })
    if (!known.ok) return refused('password', 'console.wrongOwnPassword')
    if (!(await isFirstUse(deps, id, body.code))) return refused('code', 'console.usedCode')
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

function refuse(
  request: PageRequest,
  form: SecretForm,
  field: string,
  key: MessageKey,
): Promise<ActionOutcome> {
  const draft = withProblem(draftOf({}), field, request.view.t(key))
  return again(request, { form, draft }, key === 'console.tooMany' ? 429 : 400)
}

async function again(
  request: PageRequest,
  wrong: { form: SecretForm; draft: FormDraft },
  status: 400 | 429,
): Promise<ActionOutcome> {
  return { status, page: await showAccount(request, { wrong }) }
}
