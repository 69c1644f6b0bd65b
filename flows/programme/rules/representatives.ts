import type { Answer } from './answers.ts'
import type { Atom } from './conditions.ts'
import type { Question } from './questions.ts'

/**
 * One answer of each kind that these atoms can tell apart: whatever else might be said is judged like
 * one of them. Options that every atom treats alike count as one; of several, every combination (of
 * more than eight, those of up to two and all).
 */
export function representatives(question: Question, atoms: readonly Atom[]): Answer[] {
  const own = atoms.filter((atom) => atom.question === question.id)
  if (question.kind === 'yes-no') return [true, false]
  if (question.kind === 'number') {
    const limits = own.flatMap((atom) =>
      atom.op === 'at-least' ? [atom.value - 1, atom.value] : [],
    )
    return [...new Set([0, ...limits])]
  }
  const alike = Map.groupBy(question.options, ({ id, undecided }) =>
    [
      undecided === true,
      ...own.map((atom) => atom.op === 'is' && atom.options.includes(id)),
    ].join(),
  )
  const ids = [...alike.values()].flatMap(([first]) => (first === undefined ? [] : [first.id]))
  if (question.kind === 'one-of') return ids
  const mentioned = ids.filter((id) =>
    own.some((atom) => atom.op === 'is' && atom.options.includes(id)),
  )
  return subsets(mentioned).map((has) => ({ has, unsure: [] }))
}

function subsets(ids: readonly string[]): string[][] {
  if (ids.length > 8) {
    const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [one, other]))
    return [[], ...ids.map((id) => [id]), ...pairs, [...ids]]
  }
  let all: string[][] = [[]]
  for (const id of ids) all = all.flatMap((some) => [some, [...some, id]])
  return all
}
