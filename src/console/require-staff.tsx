import type { MiddlewareHandler } from 'hono'
import { findStaff } from '../../db/staff/members.ts'
import { hasSession } from '../../db/staff/sessions.ts'
import { type Action, may } from '../kernel/permissions.ts'
import { SESSION_SECONDS } from './auth.ts'
import { problemPage } from './problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleEnv } from './route.ts'

/** What somebody gets who is not signed in. */
export type SignedOutAnswer = (deps: ConsoleDeps, c: ConsoleContext) => Promise<Response>

/**
 * Lets only those through who are signed in with both factors, are not shut out and may do the action.
 * A stranger is sent to the sign-in, the wrong role gets a page that says so (403).
 */
export function requireStaff(
  deps: ConsoleDeps,
  action: Action,
  signedOut: SignedOutAnswer,
): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    // A page that looks anew by itself keeps nobody signed in; only what somebody does counts.
    const byItself = c.req.header('HX-Request') !== undefined || /\/events$/.test(c.req.path)
    const found = await deps.auth().api.getSession({
      headers: c.req.raw.headers,
      query: { disableRefresh: byItself },
    })
    if (found === null) return signedOut(deps, c)
    const age = Date.parse(deps.now()) - new Date(found.session.createdAt).getTime()
    if (age > SESSION_SECONDS * 1000) return signedOut(deps, c)
    // Read anew: the role may have changed since, and it must count at once.
    const staff = await findStaff(deps.db, { id: found.user.id })
    if (staff === null || staff.disabledAt !== null || !staff.twoFactorEnabled)
      return signedOut(deps, c)
    c.set('staff', staff)
    c.set('sessionToken', found.session.token)
    if (!may(staff, action)) return problemPage(deps, c, 'forbidden')
    return next()
  }
}

/**
 * Whether who opened a page may still read it, asked anew: not shut out, signed in, with the role and the district
 * of then. A stream asks before each thing that it sends.
 */
export async function stillMay(
  deps: ConsoleDeps,
  c: ConsoleContext,
  action: Action,
): Promise<boolean> {
  const [before, token] = [c.get('staff'), c.get('sessionToken')]
  const now = deps.now()
  const begun = new Date(Date.parse(now) - SESSION_SECONDS * 1000).toISOString()
  const [staff, isSignedIn] = await Promise.all([
    findStaff(deps.db, { id: before.id }),
    hasSession(deps.db, { staffId: before.id, token, now, begun }),
  ])
  return (
    isSignedIn &&
    staff !== null &&
    staff.disabledAt === null &&
    staff.twoFactorEnabled &&
    staff.district === before.district &&
    may(staff, action)
  )
}
