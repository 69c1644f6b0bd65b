import { BANDS, decideByRank } from './decide.ts'
import { prepare, type Script } from './language/tokenise.ts'
import { type QuestionPart, whatAsks } from './question-parts.ts'
import { rankBy } from './rank.ts'
import type { Decision } from './types.ts'
import { quoteOf, speakingOfIt, type Voice } from './voice.ts'
import { together, type WeighedQuestion } from './weigh.ts'

/** A question by all of its words; `owner`: the number of the entry whose very phrasing it is. */
export function short(
  voice: Voice,
  asked: string,
  pieces: readonly WeighedQuestion[],
  owner: number | undefined,
): Decision {
  const { script, ranker } = voice
  const all = together(pieces)
  const found = rankBy(ranker.entries, all, owner)
  const ranked = owner === undefined ? speakingOfIt(voice, whatAsks(pieces), found) : found
  if (ranked === undefined) {
    return { kind: 'refused', offTopic: voice.domain(prepare(asked, script)) < OFF_TOPIC }
  }
  const decision = decideByRank(
    ranked,
    BANDS[script],
    isVague(pieces, script),
    (entry) => voice.leadOf(entry, whatAsks(pieces)),
    () => quoteOf(voice, ranked[0]?.entry),
  )
  const best = ranked[0]
  if (best !== undefined && !best.verbatim) {
    const isThin = best.score * all.total < THIN[script] * ranker.rarest
    const chance = best.score >= PLAIN && !isThin ? 1 : voice.domain(prepare(asked, script))
    if (chance < leastFor(best.score, script, isThin)) {
      return { kind: 'refused', offTopic: chance < OFF_TOPIC }
    }
  }
  if (decision !== undefined && decision.kind !== 'unsure') return decision
  if (script === 'zh') {
    const quotation = voice.sentences().nearest(asked)
    if (quotation && quotation.coverage >= QUOTABLE) {
      const { clause, sentence, score } = quotation
      return { kind: 'clause', clause, sentence, score }
    }
  }
  return decision ?? { kind: 'refused', offTopic: best === undefined }
}

/** How surely a question must be ours: the less, the better it fits. */
function leastFor(score: number, script: Script, isThin: boolean): number {
  if (isThin || score < BANDS[script].sure) return OURS_SURELY
  return score < FITTING ? OURS : OFF_TOPIC
}

/** A word or two (台帐, 廉政) may mean anything in a clause. */
function isVague(pieces: readonly QuestionPart[], script: Script): boolean {
  const said = pieces.map(({ prepared }) => prepared).join(' ')
  return script === 'zh'
    ? (said.match(/[\p{L}\p{N}]/gu) ?? []).length <= 4
    : said.trim().split(/\s+/).length <= 2
}

/** So much of a question must stand in one sentence before we quote it. */
const QUOTABLE = 0.8
/** From this score a question needs no other sign of being ours. */
const PLAIN = 0.6
/** From this score only what is surely about something else is refused. */
export const FITTING = 0.4
/** How surely a message must be about the programme at all. */
const OURS = 0.5
/** Below this it is surely about something else, and no gap in the answers. */
export const OFF_TOPIC = 0.25
/** So surely a message is about the programme that a weak match is what was meant. */
const OURS_SURELY = 0.88
/** A question whose best entry matches less than this, in rarest words, says too little to be sure. */
const THIN: Readonly<Record<Script, number>> = { zh: 1.6, en: 0.4 }
