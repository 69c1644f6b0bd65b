import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import type { AuditAction } from '../../../../db/staff/audit-actions.ts'
import { resetTwoFactor } from '../../../../db/staff/members.ts'
import type { MessageKey } from '../../../../locales/keys.ts'
import { MIN_PASSWORD } from '../../../console/auth.ts'
import { passCookies, withCookies } from '../../../console/cookies.ts'
import { readFields } from '../../../console/form.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { forgetTries, isFirstUse, mayTry } from '../../lock-out.ts'
import { showAuthenticator } from '../sign-in/routes.tsx'

/** How a page of one's account is shown again: with what went wrong, or what was done. */
export type ShowAccount = (
  c: ConsoleContext,
  outcome: {
    problem?: { form: 'password' | 'backup' | 'authenticator'; key: MessageKey }
    done?: 'password'
    backupCodes?: readonly string[]
    /** A fresh code for a chat; null: too many were made. */
    chatCode?: string | null
  },
) => Promise<Response>

/** One's own password, backup codes and authenticator; each asks for the password once more. */
export function secretRoutes(deps: ConsoleDeps, show: ShowAccount): ConsoleRoute[] {
  const note = (c: ConsoleContext, action: AuditAction): AuditDraft => ({
    at: deps.now(),
    actor: c.get('staff').id,
    action,
    subject: `staff:${c.get('staff').id}`,
  })
  const refuse = (
    c: ConsoleContext,
    form: 'password' | 'backup' | 'authenticator',
    key: MessageKey,
  ) => {
    c.status(key === 'console.tooMany' ? 429 : 400)
    return show(c, { problem: { form, key } })
  }
  return [
    {
      method: 'POST',
      path: '/console/account/password',
      rule: 'own-account',
      handle: async (c) => {
        const { current, next } = await readFields(c, ['current', 'next'])
        const { email } = c.get('staff')
        if (next.length < MIN_PASSWORD) return refuse(c, 'password', 'console.shortPassword')
        if (!(await mayTry(deps, c, 'password', email)))
          return refuse(c, 'password', 'console.tooMany')
        const response = await deps.auth().api.changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          headers: c.req.raw.headers,
          asResponse: true,
        })
        if (!response.ok) return refuse(c, 'password', 'console.wrongOwnPassword')
        await forgetTries(deps, c, 'password', email)
        passCookies(response.headers, c)
        await writeAudited(deps.db, [note(c, 'account.password-changed')], [])
        return c.redirect('/console/account?done=password', 303)
      },
    },
    {
      method: 'POST',
      path: '/console/account/backup-codes',
      rule: 'own-account',
      handle: async (c) => {
        const { password } = await readFields(c, ['password'])
        const { email } = c.get('staff')
        if (!(await mayTry(deps, c, 'password', email)))
          return refuse(c, 'backup', 'console.tooMany')
        const response = await deps.auth().api.generateBackupCodes({
          body: { password },
          headers: c.req.raw.headers,
          asResponse: true,
        })
        if (!response.ok) return refuse(c, 'backup', 'console.wrongOwnPassword')
        await forgetTries(deps, c, 'password', email)
        await writeAudited(deps.db, [note(c, 'account.backup-codes-renewed')], [])
        const { backupCodes } = (await response.json()) as { backupCodes: string[] }
        return show(c, { backupCodes })
      },
    },
    {
      method: 'POST',
      path: '/console/account/authenticator',
      rule: 'own-account',
      handle: async (c) => {
        const { password, code } = await readFields(c, ['password', 'code'])
        const { id, email } = c.get('staff')
        const { headers } = c.req.raw
        const auth = deps.auth()
        if (!(await mayTry(deps, c, 'password', email)))
          return refuse(c, 'authenticator', 'console.tooMany')
        const body = { code: code.replaceAll(/\s/g, '') }
        const proof = /^\d{6}$/.test(body.code)
          ? await auth.api.verifyTOTP({ body, headers, asResponse: true })
          : null
        if (proof?.ok !== true) return refuse(c, 'authenticator', 'console.wrongCode')
        const known = await auth.api.verifyPassword({
          body: { password },
          headers,
          asResponse: true,
        })
        if (!known.ok) return refuse(c, 'authenticator', 'console.wrongOwnPassword')
        if (!(await isFirstUse(deps, id, body.code)))
          return refuse(c, 'authenticator', 'console.usedCode')
        await forgetTries(deps, c, 'password', email)
        await writeAudited(
          deps.db,
          [note(c, 'account.authenticator-changed')],
          resetTwoFactor(id, deps.now()),
        )
        const signedIn = await auth.api.signInEmail({
          body: { email, password },
          headers,
          asResponse: true,
        })
        if (!signedIn.ok) throw new Error('a password that was just right is not taken')
        passCookies(signedIn.headers, c)
        return showAuthenticator(deps, c, withCookies(headers, signedIn.headers), password)
      },
    },
  ]
}
