import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

/** A view with the words of these pages. */
export type TipOffsView = View & { c: Words<'tipoffs-console'> }

export function tipOffsViewOf(deps: ConsoleDeps, c: ConsoleContext): TipOffsView {
  const view = viewOf(deps, c)
  return { ...view, c: wordsOf(deps, view.locale, 'tipoffs-console') }
}
