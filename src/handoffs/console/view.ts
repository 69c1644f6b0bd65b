import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

/** A view with the words of these pages. */
export type HandoffsView = View & { a: Words<'handoffs-console'> }

/** The view of a request. */
export function handoffsViewOf(deps: ConsoleDeps, c: ConsoleContext): HandoffsView {
  const view = viewOf(deps, c)
  return { ...view, a: wordsOf(deps, view.locale, 'handoffs-console') }
}
