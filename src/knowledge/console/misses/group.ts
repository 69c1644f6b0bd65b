import type { UnansweredQuestion } from '../../../../db/knowledge/unanswered-questions.ts'
import { sameWords } from '../same-words.ts'

/** Questions put in the same words: the newest speaks for all. */
export type MissGroup = { first: UnansweredQuestion; all: readonly UnansweredQuestion[] }

/** Groups questions that were put in the same words, the most frequent first, then the newest. */
export function groupMisses(misses: readonly UnansweredQuestion[]): MissGroup[] {
  const groups = Map.groupBy(misses, ({ question }) => sameWords(question))
  return [...groups.values()]
    .flatMap((all) => (all[0] === undefined ? [] : [{ first: all[0], all }]))
    .sort((a, b) => b.all.length - a.all.length || b.first.at.localeCompare(a.first.at))
}
