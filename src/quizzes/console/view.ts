import type { PolicyPack } from '../../../db/policy/pack.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import type { Quiz } from '../../../flows/programme/quiz.ts'
import type { MessageKey, Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'

type QuizzesKey = keyof Namespaces['console-quizzes']

/** A view with the words of these pages, and the programme that is trained. */
export type QuizzesView = View & {
  c: (key: QuizzesKey, params?: Readonly<Record<string, string | number>>) => string
  pack: PolicyPack & { quiz: Quiz }
}

/** The view of a request; null where the programme has no quiz. Throws where no policy has been loaded. */
export async function quizzesViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<QuizzesView | null> {
  const view = viewOf(deps, c)
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  const { pack } = await deps.policies.at(revision)
  const { quiz } = pack
  if (quiz === undefined) return null
  return {
    ...view,
    pack: { ...pack, quiz },
    c: (key, params) => deps.translate(view.locale, `console-quizzes.${key}` as MessageKey, params),
  }
}
