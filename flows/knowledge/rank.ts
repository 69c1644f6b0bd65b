import type { Locale } from '../../locales/keys.ts'
import { createFieldIndex } from './field-index.ts'
import { prepare, type Script, tokenise } from './tokenise.ts'
import type { Entry } from './types.ts'

/** An entry with what speaks for it. */
export type Ranked = {
  readonly entry: Entry
  /** How well it fits, from 0 to 1. */
  readonly score: number
  /** The question is, once normalised, one of the entry's own phrasings. */
  readonly verbatim: boolean
}

/** Entries that share anything with a question, best first. */
export type Ranker = (question: string) => readonly Ranked[]

/**
 * Entries by how well they fit, best first, in one language. The question counts twice (measured: +.05
 * recall). The clauses an entry cites are not indexed with it: siblings share them, so they tell nothing.
 */
export function createRanker(entries: readonly Entry[], script: Script): Ranker {
  const locale: Locale = script === 'zh' ? 'zh-Hans' : 'en'
  const owners = new Map<string, number>()
  const index = createFieldIndex(
    entries.map((entry, id) => {
      const { question, variants, answer } = entry.words[locale]
      const asked = [question, ...variants].map((text) => prepare(text, script))
      // Of two entries with one phrasing the first keeps it.
      for (const text of asked.map(bare)) if (!owners.has(text)) owners.set(text, id)
      return [
        { terms: tokenise([...asked.slice(0, 1), ...asked], script), weight: 1 },
        { terms: tokenise([prepare(answer, script)], script), weight: 1 },
      ]
    }),
  )

  return (question) => {
    const prepared = prepare(question, script)
    const owner = owners.get(bare(prepared))
    return [...index.search(tokenise([prepared], script))]
      .flatMap(([id, match]) => {
        const entry = entries[id]
        return entry ? [{ entry, score: match.score, verbatim: id === owner }] : []
      })
      .sort((a, b) => Number(b.verbatim) - Number(a.verbatim) || b.score - a.score)
  }
}

/** Without marks and spaces. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
