import type { Context } from 'hono'
import type { StaffMember } from '../../db/staff/members.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Action } from '../kernel/permissions.ts'
import type { Auth } from './auth.ts'

/** What every page of the console works with. */
export type ConsoleDeps = Deps & { auth: () => Auth }

/** What is known of a request; `staff` and `sessionToken` only behind a rule that asks for staff. */
export type ConsoleEnv = {
  Variables: { locale: Locale; staff: StaffMember; sessionToken: string }
}
export type ConsoleContext = Context<ConsoleEnv>

/**
 * One page or action. `rule`: who may: an action of permissions.ts, or `anyone` for the way in.
 * There is no route without a rule, and the tests walk this very table.
 */
export type ConsoleRoute = {
  method: 'GET' | 'POST'
  path: `/console${string}`
  rule: Action | 'anyone'
  handle: (c: ConsoleContext, deps: ConsoleDeps) => Response | Promise<Response>
}
