import type { Ranked } from './rank.ts'
import type { Script } from './tokenise.ts'
import type { Decision } from './types.ts'

/**
 * Three bands: sure (answer), perhaps (offer up to three), no (refuse). Calibrated on
 * `questions-calib.jsonl`, `test/eval/questions-own.jsonl`, leave-one-out and two streams of off-topic
 * questions; English apart, since its entries have fewer words. Thresholds do not carry over to other packs.
 */
export const BANDS: Readonly<Record<Script, Bands>> = {
  zh: { sure: 0.24, perhaps: 0.21, coverage: 0.33 },
  en: { sure: 0.2, perhaps: 0.17, coverage: 0.3 },
}

export type Bands = {
  /** From this certainty the best entry is the answer. */
  readonly sure: number
  /** From this certainty entries are worth offering. */
  readonly perhaps: number
  /** Whatever the certainty, nothing is offered that holds less than this share of the question. */
  readonly coverage: number
}

/** The decision that ranked entries (best first) allow, or undefined below the lowest band. */
export function decideByRank(ranked: readonly Ranked[], bands: Bands): Decision | undefined {
  const [best, second] = ranked
  if (!best) return undefined
  // A lead counts: two entries that fit alike are each less likely to be the one that is meant.
  const certainty = best.score + (best.score - (second?.score ?? 0)) / 2
  const sure = certainty >= bands.sure && best.coverage >= bands.coverage
  if (sure || best.verbatim) {
    const runnersUp = ranked.slice(1, 4).map(({ entry }) => entry.id)
    const kind = best.entry.basis === 'plan' ? 'answer' : 'not-stated'
    return { kind, entry: best.entry, score: best.score, runnersUp }
  }
  if (certainty < bands.perhaps || best.coverage < bands.coverage) return undefined
  return { kind: 'unsure', candidates: ranked.slice(0, 3).map(({ entry }) => entry) }
}
