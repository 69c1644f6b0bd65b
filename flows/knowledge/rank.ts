import type { Locale } from '../../locales/keys.ts'
import { createFieldIndex, type Gains } from './field-index.ts'
import { prepare, type Script, tokenise } from './language/tokenise.ts'
import type { Entry } from './types.ts'

/** An entry with what speaks for it. */
export type Ranked = {
  readonly entry: Entry
  /** How well it fits, from 0 to 1. */
  readonly score: number
  /** The question is, once normalised, one of the entry's own phrasings. */
  readonly verbatim: boolean
}

/** Finds entries by their words, in one language. Texts are prepared first (`prepare`). */
export type Ranker = {
  readonly entries: readonly Entry[]
  /** What a word is worth that only one entry has: gains are measured by it, whatever the size of the pack. */
  readonly rarest: number
  /** Whether any entry says a term. */
  knows(term: string): boolean
  /** What a text's terms give each entry, by the entry's number. */
  gather(prepared: string): Gains
  /** The number of the entry of which a text is one of the own phrasings, or undefined. */
  ownerOf(prepared: string): number | undefined
  /** Entries that share anything with a text, best first. */
  rank(prepared: string): readonly Ranked[]
}

/**
 * Entries by how well they fit, in one language. The question counts twice (measured: +.05 recall). The
 * clauses an entry cites are not indexed with it: siblings share them, so they tell nothing.
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
  const gather = (prepared: string) => index.gather(tokenise([prepared], script))
  const ownerOf = (prepared: string) => owners.get(bare(prepared))
  return {
    entries,
    rarest: index.rarest,
    knows: index.knows,
    gather,
    ownerOf,
    rank: (prepared) => rankBy(entries, gather(prepared), ownerOf(prepared)),
  }
}

/** Entries by what was gathered for them, best first; the owner of the very phrasing goes before all. */
export function rankBy(
  entries: readonly Entry[],
  { gains, total }: Gains,
  owner: number | undefined,
): readonly Ranked[] {
  const found: Ranked[] = []
  for (const [id, entry] of entries.entries()) {
    const gain = gains[id] ?? 0
    if (gain > 0) found.push({ entry, score: gain / total, verbatim: id === owner })
  }
  return found.sort((a, b) => Number(b.verbatim) - Number(a.verbatim) || b.score - a.score)
}

/** Without marks and spaces. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
