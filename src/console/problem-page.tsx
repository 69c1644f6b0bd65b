import { Page, SignedOutPage } from './layout.tsx'
import type { ConsoleContext, ConsoleDeps } from './route.ts'
import { viewOf } from './view.ts'

const STATUSES = { forbidden: 403, 'not-found': 404, conflict: 409, invalid: 400 } as const

/** What has a page of its own that says so. */
export type PageProblem = keyof typeof STATUSES

/** Whether it is the name of a problem, and not an address. */
export function isProblem(outcome: string): outcome is PageProblem {
  return Object.hasOwn(STATUSES, outcome)
}

/** A whole page that says what went wrong and what to do, in the person's language. */
export async function problemPage(
  deps: ConsoleDeps,
  c: ConsoleContext,
  problem: PageProblem,
): Promise<Response> {
  const view = viewOf(deps, c)
  const title = view.t(`console.problem-${problem}`)
  const words = (
    <>
      <p>{view.t(`console.problem-${problem}-what`)}</p>
      <p>
        <a class="button" href="/console">
          {view.t('console.toStart')}
        </a>
      </p>
    </>
  )
  c.status(STATUSES[problem])
  if (view.staff === null) {
    return c.html(
      <SignedOutPage view={view} title={title}>
        {words}
      </SignedOutPage>,
    )
  }
  return c.html(
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        {words}
      </div>
    </Page>,
  )
}
