import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { currentPack, type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

/** A view with the words of these pages, and the programme whose people are told. */
export type CampaignsView = View & { c: Words<'campaigns-console'>; pack: PolicyPack }

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function campaignsViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<CampaignsView> {
  const view = viewOf(deps, c)
  return {
    ...view,
    c: wordsOf(deps, view.locale, 'campaigns-console'),
    pack: await currentPack(deps),
  }
}
