import type { PolicyPack } from '../../../../db/policy/pack.ts'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import { currentPack, type View, viewOf, type Words, wordsOf } from '../../../console/view.ts'

/** A view with the words of the start page, and the programme whose year it shows. */
export type DashboardView = View & { c: Words<'cases-dashboard'>; pack: PolicyPack }

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function dashboardViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<DashboardView> {
  const view = viewOf(deps, c)
  return {
    ...view,
    c: wordsOf(deps, view.locale, 'cases-dashboard'),
    pack: await currentPack(deps),
  }
}
