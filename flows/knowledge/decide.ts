import type { Script } from './language/tokenise.ts'
import type { Ranked } from './rank.ts'
import type { Decision, Entry } from './types.ts'

/**
 * Bands of the best entry's score: certain, sure (answer), perhaps (offer up to three), no (refuse).
 * Calibrated on held-out variants against two streams of off-topic questions and our own question files;
 * English apart, since its entries have fewer words. Thresholds do not carry over to other packs.
 */
export const BANDS: Readonly<Record<Script, Bands>> = {
  zh: { certain: 0.6, sure: 0.17, likely: 0.12, perhaps: 0.1, torn: 0.25 },
  en: { certain: 0.6, sure: 0.14, likely: 0.1, perhaps: 0.08, torn: 0.2 },
}

export type Bands = {
  /** From this score, with half the lead, no quotation is needed: held out, 95 of 100 are right. */
  readonly certain: number
  /** From this score the best entry is the answer: one in fifty off-topic questions gets there. */
  readonly sure: number
  /** From this score, and clearly before the next, it is said as what was probably meant. */
  readonly likely: number
  /** From this score entries are worth offering. */
  readonly perhaps: number
  /** Below this score two entries of different clauses that fit alike are both offered. */
  readonly torn: number
}

/** So many times the score of the next a likely one has. */
const CLEARLY = 1.15

/** A lead smaller than this is none. */
const ALIKE = 0.01

/**
 * The decision that ranked entries (best first) allow, or undefined below the lowest band. `quote` finds
 * the sentence to show beside an answer that is not certain, or that answers a mere word or two which
 * are none of our own phrasings.
 */
export function decideByRank(
  ranked: readonly Ranked[],
  bands: Bands,
  isVague: boolean,
  leadOf: (entry: Entry) => string | null,
  quote: () => string | null,
): Decision | undefined {
  const [best, second] = ranked
  if (!best) return undefined
  const lead = best.score - (second?.score ?? 0)
  const isTorn = best.score < bands.torn && lead < ALIKE && !sharesClause(best, second)
  const isLikely = best.score >= bands.likely && best.score >= CLEARLY * (second?.score ?? 0)
  const isSure = best.verbatim || (best.score >= bands.sure && !isTorn)
  if (isSure || isLikely) {
    const runnersUp = ranked.slice(1, 4).map(({ entry }) => entry.id)
    const found = { entry: best.entry, score: best.score, runnersUp }
    if (best.entry.basis === 'not-stated') return { kind: 'not-stated', ...found }
    const isCertain = best.verbatim || (!isVague && best.score + lead / 2 >= bands.certain)
    return {
      kind: 'answer',
      ...found,
      quote: isCertain ? null : quote(),
      doubt: isSure ? [] : ranked.slice(1, 3).map(({ entry }) => entry),
      lead: isSure ? leadOf(best.entry) : null,
    }
  }
  // To offer someone three things that the plan does not say helps nobody.
  if (best.score < bands.perhaps || best.entry.basis === 'not-stated') return undefined
  return { kind: 'unsure', candidates: ranked.slice(0, 3).map(({ entry }) => entry) }
}

/** Entries that say nothing of the plan are alike, too: each sends people to the same office. */
function sharesClause({ entry }: Ranked, other: Ranked | undefined): boolean {
  if (other === undefined) return false
  if (entry.basis === 'not-stated' && other.entry.basis === 'not-stated') return true
  return entry.clauses.some((clause) => other.entry.clauses.includes(clause))
}
