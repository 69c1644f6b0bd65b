import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { Quiz } from '../../../flows/programme/quiz.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { currentPack, type View, viewOf } from '../../console/view.ts'

/** A view with the words of these pages, and the programme that is trained. */
export type QuizzesView = View & {
  pack: PolicyPack & { quiz: Quiz }
}

/** The view of a request; null where the programme has no quiz. Throws where no policy has been loaded. */
export async function quizzesViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<QuizzesView | null> {
  const view = viewOf(deps, c)
  const pack = await currentPack(deps)
  const { quiz } = pack
  if (quiz === undefined) return null
  return {
    ...view,
    pack: { ...pack, quiz },
  }
}
