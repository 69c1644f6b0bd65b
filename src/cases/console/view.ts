import type { Text } from '../../../flows/engine/types.ts'
import type { MessageKey } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf, type Words, wordsOf } from '../../console/view.ts'

type Params = Readonly<Record<string, string | number>>

/** A view with the words of these pages, and with those of the programme. */
export type CasesView = View & {
  c: Words<'cases-console'>
  say: (text: Text) => string
}

/** The view of a request. */
export function casesViewOf(deps: ConsoleDeps, c: ConsoleContext): CasesView {
  const view = viewOf(deps, c)
  const words = (key: MessageKey, params?: Params) => deps.translate(view.locale, key, params)
  return {
    ...view,
    c: wordsOf(deps, view.locale, 'cases-console'),
    say: (text) => ('key' in text ? words(text.key, text.params) : text.text),
  }
}
