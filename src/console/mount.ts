import type { Hono } from 'hono'
import { isLook, limitLooks } from './looks.ts'
import { requireStaff } from './require-staff.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleEnv, ConsoleRoute } from './route.ts'

/** Puts routes into the application, each behind its rule. */
export function mount(
  app: Hono<ConsoleEnv>,
  deps: ConsoleDeps,
  routes: readonly ConsoleRoute[],
): void {
  for (const { method, path, rule, handle } of routes) {
    const answer = (c: ConsoleContext) => handle(c, deps)
    if (rule === 'anyone') app.on(method, path, answer)
    else if (!isLook(rule)) app.on(method, path, requireStaff(deps, rule), answer)
    else app.on(method, path, requireStaff(deps, rule), limitLooks(deps), answer)
  }
}
