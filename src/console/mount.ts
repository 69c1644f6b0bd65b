import type { Hono } from 'hono'
import { isLook, limitLooks } from './looks.ts'
import { requireStaff, type SignedOutAnswer } from './require-staff.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleEnv, ConsoleRoute } from './route.ts'

/** Puts routes into the application, each behind its rule. */
export function mount(
  app: Hono<ConsoleEnv>,
  deps: ConsoleDeps,
  routes: readonly ConsoleRoute[],
  signedOut: SignedOutAnswer,
): void {
  for (const { method, path, rule, handle } of routes) {
    const answer = (c: ConsoleContext) => handle(c, deps)
    if (rule === 'anyone') app.on(method, path, answer)
    else if (!isLook(rule)) app.on(method, path, requireStaff(deps, rule, signedOut), answer)
    else app.on(method, path, requireStaff(deps, rule, signedOut), limitLooks(deps), answer)
  }
}
