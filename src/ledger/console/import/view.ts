import type { MessageKey } from '../../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import { type PackView, packViewOf } from '../../../console/view.ts'
import type { HeadingWords } from '../../import/columns.ts'

/** More lines than the largest city has in a year; a file of them is read in a second. */
export const MOST_LINES = 50_000

/** A view with the words of the import. */
export type ImportView = PackView & {
  words: HeadingWords
}

/** The view of a request. */
export async function importViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<ImportView> {
  const view = await packViewOf(deps, c)
  return {
    ...view,
    words: (locale, key) => deps.translate(locale, `ledger-console.${key}` as MessageKey),
  }
}
