import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

/** A view with the words of these pages. */
export type AnswersView = View & { a: Words<'knowledge-console'> }

/** The view of a request. */
export function answersViewOf(deps: ConsoleDeps, c: ConsoleContext): AnswersView {
  const view = viewOf(deps, c)
  return { ...view, a: wordsOf(deps, view.locale, 'knowledge-console') }
}
