import type { Text } from '../../../flows/engine/types.ts'
import type { MessageKey, Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'

type CasesKey = keyof Namespaces['console-cases']
type Params = Readonly<Record<string, string | number>>

/** A view with the words of these pages, and with those of the programme. */
export type CasesView = View & {
  c: (key: CasesKey, params?: Params) => string
  say: (text: Text) => string
}

/** The view of a request. */
export function casesViewOf(deps: ConsoleDeps, c: ConsoleContext): CasesView {
  const view = viewOf(deps, c)
  const words = (key: MessageKey, params?: Params) => deps.translate(view.locale, key, params)
  return {
    ...view,
    c: (key, params) => words(`console-cases.${key}`, params),
    say: (text) => ('key' in text ? words(text.key, text.params) : text.text),
  }
}
