import type {
  CaseEvent,
  MoveProblem,
} from '../../../flows/programme/lifecycle/application-stages.ts'
import { AMEND } from '../../../flows/programme/lifecycle/desk-events.ts'
import { IMPORTED, UNDO } from '../../../flows/programme/lifecycle/machine.ts'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'

/** Why a move was not made. */
export type ActProblem =
  | MoveProblem
  | { kind: 'no-such-case' | 'not-staff' | 'note-long' }
  | { kind: 'conflict'; by: CaseEvent }

/** The longest words to an applicant, and the longest comment. */
export const MAX_NOTE = 1000

/** Why a move was not made, and what to do. */
export function problemWords(view: View, desk: CaseDeskContext, problem: ActProblem): string {
  return view.t(`cases-console.problem-${problem.kind}`, {
    as: problem.kind === 'same-person' ? moveLabel(view, desk, problem.as) : '',
    most: MAX_NOTE,
  })
}

/** A move as people call it; one that the programme no longer has keeps its id. */
export function moveLabel(
  { locale, t }: Pick<View, 'locale' | 't'>,
  { pack }: CaseDeskContext,
  move: string,
): string {
  if (move === IMPORTED) return t('cases-console.imported')
  if (move === AMEND) return t('cases-desk.amended')
  if (move === UNDO) return t('cases-desk.undoneMove')
  return pack.stages.moves.find(({ id }) => id === move)?.label[locale] ?? move
}
