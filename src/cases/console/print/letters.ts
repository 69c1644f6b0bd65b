import { pieceNames } from '../../../../flows/programme/form/required-items.ts'
import {
  type CaseEvent,
  takesUp,
} from '../../../../flows/programme/lifecycle/application-stages.ts'
import { inForce } from '../../../../flows/programme/lifecycle/machine.ts'
import type { Locale } from '../../../../locales/keys.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'

/** What can be printed of an application, each once its move was made; the filing sheet at any time. */
export const LETTERS = ['acceptance', 'return', 'granted', 'refused', 'filing'] as const
export type Letter = (typeof LETTERS)[number]

/** The move that a letter is about; undefined: it was not made, or was taken back. */
export function letterEvent(
  { pack: { stages } }: CaseDeskContext,
  events: readonly CaseEvent[],
  letter: Letter,
): CaseEvent | undefined {
  const counted = inForce(events)
  const outcomeOf = (id: string) => stages.stages.find((stage) => stage.id === id)?.outcome ?? null
  const reaches = (outcome: 'granted' | 'refused') =>
    counted.findLast(({ from, to }) => outcomeOf(to) === outcome && outcomeOf(from) !== outcome)
  switch (letter) {
    case 'acceptance':
      return counted.findLast(({ move }) => move === takesUp(stages)?.id)
    case 'return':
      return counted.findLast(({ missing }) => missing.length > 0)
    case 'filing':
      return counted.at(-1)
    default:
      return reaches(letter)
  }
}

/** The letters that there are for an application as it stands. */
export function lettersOf(desk: CaseDeskContext, events: readonly CaseEvent[]): Letter[] {
  return LETTERS.filter((letter) => letterEvent(desk, events, letter) !== undefined)
}

/** What a letter lists under its text, in the words of the programme: what is missing, and why. */
export function listsOf(
  { pack: { form, stages } }: CaseDeskContext,
  event: CaseEvent,
  locale: Locale,
): { missing: string[]; reasons: string[] } {
  const reasons = stages.reasons.filter(({ id }) => event.reasons.includes(id))
  return {
    missing: pieceNames(form, event.missing, locale),
    reasons: [
      ...reasons.map(({ name }) => name[locale]),
      ...(event.note === null ? [] : [event.note]),
    ],
  }
}
