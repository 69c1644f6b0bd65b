import type { PolicyPack } from '../../../db/policy/pack.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import type { MessageKey, Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'

type LedgerKey = keyof Namespaces['console-ledger']
type Params = Readonly<Record<string, string | number>>

/** A view with the words of the ledger, and the programme whose ledger it is. */
export type LedgerView = View & {
  c: (key: LedgerKey, params?: Params) => string
  pack: PolicyPack
}

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function ledgerViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<LedgerView> {
  const view = viewOf(deps, c)
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return {
    ...view,
    pack: (await deps.policies.at(revision)).pack,
    c: (key, params) => deps.translate(view.locale, `console-ledger.${key}` as MessageKey, params),
  }
}
