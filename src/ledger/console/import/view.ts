import type { MessageKey } from '../../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import { type Words, wordsOf } from '../../../console/view.ts'
import type { HeadingWords } from '../../import/columns.ts'
import { type LedgerView, ledgerViewOf } from '../view.ts'

/** More lines than the largest city has in a year; a file of them is read in a second. */
export const MOST_LINES = 50_000

/** A view with the words of the import. */
export type ImportView = LedgerView & {
  i: Words<'ledger-import'>
  words: HeadingWords
}

/** The view of a request. */
export async function importViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<ImportView> {
  const view = await ledgerViewOf(deps, c)
  return {
    ...view,
    i: wordsOf(deps, view.locale, 'ledger-import'),
    words: (locale, key) => deps.translate(locale, `ledger-console.${key}` as MessageKey),
  }
}
