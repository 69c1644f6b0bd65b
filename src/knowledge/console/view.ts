import type { Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'

type Key = keyof Namespaces['console-answers']

/** A view with the words of these pages. */
export type AnswersView = View & {
  a: (key: Key, params?: Readonly<Record<string, string | number>>) => string
}

/** The view of a request. */
export function answersViewOf(deps: ConsoleDeps, c: ConsoleContext): AnswersView {
  const view = viewOf(deps, c)
  return {
    ...view,
    a: (key, params) => deps.translate(view.locale, `console-answers.${key}`, params),
  }
}
