import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { createOrm } from '../../db/core/orm.ts'
import {
  staff,
  staffAccounts,
  staffSessions,
  staffTwoFactors,
  staffVerifications,
} from '../../db/schema/staff.ts'
import { STAFF_ROLES } from '../../db/staff/roles.ts'
import type { Deps } from '../kernel/deps.ts'
import { signInSecret } from '../kernel/staff/sign-in-secret.ts'

/** A working day: nobody stays signed in over night, whatever they do (src/console/require-staff.tsx). */
export const SESSION_SECONDS = 12 * 3600
export const MIN_PASSWORD = 12
const MAX_PASSWORD = 128
/** What an authenticator shows above the digits; in ASCII, so that the QR code stays coarse. */
const ISSUER = 'Weiqitong'

/**
 * Sign-in of staff by better-auth: password, authenticator, sessions. Only its functions are called,
 * by our own pages; its HTTP routes are not served, so there is no way in that our rules don't guard.
 * It says nothing in the log, where it would name people.
 */
export function createAuth(deps: Deps) {
  return betterAuth({
    appName: ISSUER,
    baseURL: deps.webUrl(),
    basePath: '/console/auth',
    secret: signInSecret(deps),
    database: drizzleAdapter(createOrm(deps.db), {
      provider: 'sqlite',
      // Each step is one statement; a conversation with the database has no open transactions.
      transaction: false,
      schema: {
        user: staff,
        session: staffSessions,
        account: staffAccounts,
        verification: staffVerifications,
        twoFactor: staffTwoFactors,
      },
    }),
    user: {
      additionalFields: {
        role: { type: [...STAFF_ROLES], required: true, input: false },
        district: { type: 'string', required: false, input: false },
        providerId: { type: 'string', required: false, input: false },
        disabledAt: { type: 'string', required: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: 3600 },
    plugins: [twoFactor({ issuer: ISSUER })],
    advanced: {
      cookiePrefix: 'staff',
      useSecureCookies: deps.webUrl().startsWith('https:'),
      defaultCookieAttributes: { path: '/console', sameSite: 'lax', httpOnly: true },
      database: { generateId: () => deps.newId() },
    },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
  })
}

export type Auth = ReturnType<typeof createAuth>
