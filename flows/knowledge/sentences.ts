import { createFieldIndex } from './field-index.ts'
import { prepare, tokenise } from './tokenise.ts'
import type { Clause } from './types.ts'

/** A sentence of the plan, quoted as it stands. */
export type Quotation = {
  readonly clause: Clause
  readonly sentence: string
  readonly score: number
  readonly coverage: number
}

/** Finds the sentence of the plan nearest to a question; the clause's title belongs to each sentence. */
export function createSentenceFinder(clauses: readonly Clause[]) {
  const sentences = clauses.flatMap((clause) =>
    split(clause.text).map((sentence) => ({ clause, sentence })),
  )
  const index = createFieldIndex(
    sentences.map(({ clause, sentence }) => [
      { terms: termsOf(sentence), weight: 1 },
      { terms: termsOf(clause.title), weight: 0.5 },
    ]),
  )
  return (question: string): Quotation | undefined => {
    let best: Quotation | undefined
    for (const [id, match] of index.search(termsOf(question))) {
      const found = sentences[id]
      if (found && match.score > (best?.score ?? 0)) best = { ...found, ...match }
    }
    return best
  }
}

const split = (text: string) =>
  text.match(/[^。;；]+[。;；]?/g)?.filter((s) => s.trim().length > 4) ?? []

const termsOf = (text: string) => tokenise([prepare(text, 'zh')], 'zh')
