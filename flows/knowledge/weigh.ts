import type { Gains } from './field-index.ts'
import type { QuestionPart } from './question-parts.ts'
import { type Ranker, topOf } from './rank.ts'
import type { Entry } from './types.ts'

/** A piece with what its words give each entry. */
export type WeighedQuestion = QuestionPart & Gains

/** An entry with what speaks for it, from 0 to 1. */
export type Scored = { readonly entry: Entry; readonly score: number }

/** Gains of several pieces at once: as if they stood alone in the message. */
export function together(pieces: readonly Gains[]): Gains {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const gains = new Float64Array(only?.gains.length ?? 0)
  let total = 0
  for (const piece of pieces) {
    total += piece.total
    for (let id = 0; id < gains.length; id++) gains[id] = (gains[id] ?? 0) + (piece.gains[id] ?? 0)
  }
  return { gains, total }
}

/** The entries that fit best any one of some groups of pieces, best first; no more than a few are ever looked at. */
export function best(ranker: Ranker, groups: readonly (readonly WeighedQuestion[])[]): Scored[] {
  return firstOf(ranker.entries, scoresOf(ranker, groups))
}

/**
 * Entries by what speaks for them in any piece, any neighbours, and what is told with what is asked (`best`),
 * and by the whole message, since a piece that says little (文件里怎么讲的) fits many.
 */
export function byPieces(
  ranker: Ranker,
  pieces: readonly WeighedQuestion[],
): (Scored & { readonly best: number })[] {
  const asking = pieces.filter(({ asks }) => asks)
  // What is asked stands last; more questions than these are several.
  const asked = (asking.length > 0 ? asking : pieces).slice(asking.length > 0 ? -MOST_ASKED : -1)
  const groups: (readonly WeighedQuestion[])[] = []
  for (const [at, piece] of pieces.entries()) {
    groups.push([piece])
    const next = pieces[at + 1]
    if (next !== undefined) groups.push([piece, next])
    for (const one of asked) if (one !== piece && one !== next) groups.push([piece, one])
  }
  const inPieces = scoresOf(ranker, groups)
  const whole = together(pieces).gains
  const most = highest(whole)
  const isBeside = besideOf(asking)
  const scores = new Float64Array(inPieces.length)
  for (let id = 0; id < scores.length; id++) {
    const score = (inPieces[id] ?? 0) + WHOLE * ((whole[id] ?? 0) / (most || 1))
    scores[id] = isBeside(id) ? BESIDE_WORTH * score : score
  }
  return firstOf(ranker.entries, scores).map(({ entry, id, score }) => ({
    entry,
    score,
    best: inPieces[id] ?? 0,
  }))
}

/**
 * What is told of oneself is no answer to what is clearly asked (我是残疾人，钱多久到): an entry that a clear question has
 * little to do with counts less.
 */
function besideOf(asking: readonly WeighedQuestion[]): (id: number) => boolean {
  const last = asking.at(-1)
  if (last === undefined || POINTS_BACK.test(last.prepared)) return () => false
  const { gains, total } = last
  const most = highest(gains)
  if (most < CLEARLY_ASKED * total) return () => false
  return (id) => (gains[id] ?? 0) < BESIDE * most
}

function highest(gains: Float64Array): number {
  let most = 0
  for (let id = 0; id < gains.length; id++) most = Math.max(most, gains[id] ?? 0)
  return most
}

/** Entries by their best group: how much of its words they hold, less where those say little. */
function scoresOf({ entries, rarest }: Ranker, groups: readonly (readonly WeighedQuestion[])[]) {
  const scores = new Float64Array(entries.length)
  const enough = ENOUGH * rarest
  for (const group of groups) {
    const [one, two] = group
    const total = (one?.total ?? 0) + (two?.total ?? 0)
    for (let id = 0; id < scores.length; id++) {
      const gain = (one?.gains[id] ?? 0) + (two?.gains[id] ?? 0)
      if (gain === 0) continue
      const share = Math.min(1, gain / total)
      // Most lose already without the root.
      if (share <= (scores[id] ?? 0)) continue
      const score = share * Math.sqrt(Math.min(1, gain / enough))
      if (score > (scores[id] ?? 0)) scores[id] = score
    }
  }
  return scores
}

/** The first few by score. */
export function firstOf(
  entries: readonly Entry[],
  scores: Float64Array,
): (Scored & { readonly id: number })[] {
  return topOf(scores, LOOKED_AT).flatMap((id) => {
    const entry = entries[id]
    return entry === undefined ? [] : [{ entry, id, score: scores[id] ?? 0 }]
  })
}

/** The best one, and those that are offered or stand in its place. */
const LOOKED_AT = 5
const MOST_ASKED = 3
/** What a piece must match to count in full, in words that only one entry has. */
const ENOUGH = 4
/** Is that legal, 像我这种: what is told is what is asked about. */
const POINTS_BACK = /\b(?:that|this|it|so|they)\b|[这那]种|这样|那样|像我/
/** From this share of its words an entry is what a piece asks about. */
const CLEARLY_ASKED = 0.5
/** Less than this part of what the best one has is beside the question, and counts so much. */
const BESIDE = 0.35
const BESIDE_WORTH = 0.5
/** How much the whole message counts beside its best pieces. */
const WHOLE = 0.5
