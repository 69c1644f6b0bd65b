import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { currentPack, type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

/** A view with the words of the ledger, and the programme whose ledger it is. */
export type LedgerView = View & { c: Words<'ledger-console'>; pack: PolicyPack }

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function ledgerViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<LedgerView> {
  const view = viewOf(deps, c)
  return { ...view, c: wordsOf(deps, view.locale, 'ledger-console'), pack: await currentPack(deps) }
}
