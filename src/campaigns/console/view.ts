import type { PolicyPack } from '../../../db/policy/pack.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import type { MessageKey, Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'

type CampaignsKey = keyof Namespaces['console-campaigns']
type Params = Readonly<Record<string, string | number>>

/** A view with the words of these pages, and the programme whose people are told. */
export type CampaignsView = View & {
  c: (key: CampaignsKey, params?: Params) => string
  pack: PolicyPack
}

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function campaignsViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<CampaignsView> {
  const view = viewOf(deps, c)
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return {
    ...view,
    pack: (await deps.policies.at(revision)).pack,
    c: (key, params) =>
      deps.translate(view.locale, `console-campaigns.${key}` as MessageKey, params),
  }
}
