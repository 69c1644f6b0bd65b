import type { MessageKey, Namespaces } from '../../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import type { HeadingWords } from '../../import/columns.ts'
import { type LedgerView, ledgerViewOf } from '../view.ts'

/** More lines than the largest city has in a year; a file of them is read in a second. */
export const MOST_LINES = 50_000

type ImportKey = keyof Namespaces['console-import']
type Params = Readonly<Record<string, string | number>>

/** A view with the words of the import. */
export type ImportView = LedgerView & {
  i: (key: ImportKey, params?: Params) => string
  words: HeadingWords
}

/** The view of a request. */
export async function importViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<ImportView> {
  const view = await ledgerViewOf(deps, c)
  return {
    ...view,
    i: (key, params) => deps.translate(view.locale, `console-import.${key}` as MessageKey, params),
    words: (locale, key) => deps.translate(locale, `console-ledger.${key}` as MessageKey),
  }
}
