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
  /** The entries that share most with a text, best first: no more than are ever looked at. */
  rank(prepared: string): readonly Ranked[]
}

/**
 * Entries by how well they fit, in one language. The question counts twice (measured: +.05 recall). The
 * clauses an entry cites are not indexed with it: siblings share them, so they tell nothing.
 */
export function createRanker(
  entries: readonly Entry[],
  script: Script,
  prepared: (text: string) => string = (text) => prepare(text, script),
): Ranker {
  const locale: Locale = script === 'zh' ? 'zh-Hans' : 'en'
  const owners = new Map<string, number>()
  const index = createFieldIndex(
    entries.map((entry, id) => {
      const { question, variants, answer } = entry.words[locale]
      const asked = [question, ...variants].map(prepared)
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

/** What is answered, offered, told of and shown are the first few; the console shows the most. */
const LOOKED_AT = 12

/**
 * The best entries by what was gathered for them; the owner of the very phrasing goes before all. Of entries that fit alike
 * the earlier one goes first.
 */
export function rankBy(
  entries: readonly Entry[],
  { gains, total }: Gains,
  owner: number | undefined,
): readonly Ranked[] {
  const isOwned = owner !== undefined && (gains[owner] ?? 0) > 0
  const others = topOf(gains, LOOKED_AT + 1).filter((id) => id !== owner)
  return [...(isOwned ? [owner] : []), ...others].slice(0, LOOKED_AT).flatMap((id) => {
    const entry = entries[id]
    return entry === undefined
      ? []
      : [{ entry, score: (gains[id] ?? 0) / total, verbatim: id === owner }]
  })
}

/** The numbers of the highest scores above zero, highest first, of equal ones the first; at most `most`. */
export function topOf(scores: Float64Array, most: number): number[] {
  const top: number[] = []
  // Most numbers do not reach the lowest of those that were found.
  let least = 0
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? 0
    if (score <= least) continue
    let at = top.length
    while (at > 0 && score > (scores[top[at - 1] ?? 0] ?? 0)) at--
    top.splice(at, 0, id)
    if (top.length > most) top.length = most
    if (top.length === most) least = scores[top[most - 1] ?? 0] ?? 0
  }
  return top
}

/** Without marks and spaces. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
