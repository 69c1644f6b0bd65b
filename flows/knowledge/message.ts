import { BANDS, decideByRank } from './decide.ts'
import type { Domain } from './domain.ts'
import { instead, kinship, leansBack, questionOf, spokenOf, wantsOf } from './follow-up.ts'
import { guardBenefit, guardSubject, guardTalk, guardUnanswered } from './guards.ts'
import { prepare, type Script } from './language/tokenise.ts'
import { guardable, pieceOf, piecesOf, type QuestionPart, whatAsks } from './question-parts.ts'
import { type Ranker, rankBy } from './rank.ts'
import type { Sentences } from './sentences.ts'
import type { Answered, Decision, Entry, GuardedProgramme, Subject } from './types.ts'
import { best, byPieces, firstOf, type Scored, together, type WeighedQuestion } from './weigh.ts'

/** All that is needed to answer in one language. */
export type Voice = {
  readonly script: Script
  readonly ranker: Ranker
  readonly domain: Domain
  readonly sentences: () => Sentences
  readonly programme: GuardedProgramme
  readonly subjects: readonly Subject[]
  /** Yes or no, in the person's language. */
  readonly leadOf: (entry: Entry, asked: string) => string | null
}

/**
 * What to do with a message. A question is looked up as it stands; of a longer message the pieces are, alone
 * and with their neighbours, so that a story finds what it asks and each of several questions its answer.
 * `before`: the entry that answered last, for words that lean on it.
 */
export function decideMessage(voice: Voice, asked: string, before: Entry | undefined): Decision {
  const { ranker, script } = voice
  const owner = ranker.ownerOf(prepare(asked, script))
  // A phrasing of our own is one question, whatever marks it has.
  const parts = owner === undefined ? piecesOf(asked, script) : [pieceOf(asked, script)]
  const pieces = parts.map(
    (piece): WeighedQuestion => ({ ...piece, ...ranker.gather(piece.prepared) }),
  )
  const context = before !== undefined && leansBack(asked, script) ? before : undefined
  if (context === undefined && owner !== undefined) return short(voice, asked, pieces, owner)
  const scope = guardable(asked, pieces)
  const guard =
    guardTalk(asked) ??
    guardSubject(scope, voice.programme) ??
    guardBenefit(scope.about, ranker.knows)
  if (context !== undefined) {
    const led = goOn(voice, asked, pieces, context, owner)
    if (led !== undefined && (guard === undefined || owner !== undefined)) return led
    if (owner !== undefined) return short(voice, asked, pieces, owner)
  }
  const found =
    pieces.length === 1 ? short(voice, asked, pieces, undefined) : long(voice, asked, pieces)
  // That the plan is silent is as true of another year, and says more.
  const silent = found.kind === 'not-stated' && guard?.kind === 'other-year'
  if (guard !== undefined && !silent) return { kind: 'guarded', guard }
  if (found.kind !== 'unsure' && found.kind !== 'refused') return found
  const unanswered = guardUnanswered(asked)
  return unanswered ? { kind: 'guarded', guard: unanswered } : found
}

/** A question by all of its words. */
function short(
  voice: Voice,
  asked: string,
  pieces: readonly WeighedQuestion[],
  owner: number | undefined,
): Decision {
  const { script, ranker } = voice
  const all = together(pieces)
  const ranked = rankBy(ranker.entries, all, owner)
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

/** A message of several pieces: several questions, a question with its story, or one with a comma in it. */
function long(voice: Voice, asked: string, pieces: readonly WeighedQuestion[]): Decision {
  const { script, ranker } = voice
  const bar = BARS[script]
  const chance = chanceOf(voice, asked, pieces)
  const whole = short(voice, asked, pieces, undefined)
  const asking = pieces.filter(({ asks }) => asks)
  const each =
    asking.length < 2 ? [] : asking.flatMap((piece) => answerOf(voice, pieces, piece) ?? [])
  const different = firstOfEach(each)
  // Several questions that each fit are ours, however little they say of what they are about.
  const fitting = different.filter(({ score }) => score >= FITTING)
  if (chance < OURS_AT_LENGTH && (fitting.length < 2 || chance < OFF_TOPIC)) {
    return whole.kind === 'not-stated' ? whole : { kind: 'refused', offTopic: chance < OFF_TOPIC }
  }
  if (different.length >= 2) {
    return { kind: 'several', answers: different.slice(0, MOST_ANSWERS) }
  }
  const scored = byPieces(ranker, pieces)
  const [first, second] = scored
  if (first === undefined || first.best < bar.likely) return whole
  const isClear = first.score - (second?.score ?? 0) >= LEAD
  if (first.best >= bar.sure || (isClear && chance >= OURS_CLEARLY)) {
    const isSure = first.best >= bar.sure && isClear
    const doubt = isSure ? [] : scored.slice(1, 3).map(({ entry }) => entry)
    return answered(voice, whatAsks(pieces), first.entry, first.best, scored, doubt)
  }
  if (whole.kind === 'answer' || first.entry.basis === 'not-stated') return whole
  return { kind: 'unsure', candidates: scored.slice(0, 3).map(({ entry }) => entry) }
}

/** How likely a story is ours: by all of it; what tells of anything may still ask of ours, so half by what it asks. */
function chanceOf(voice: Voice, asked: string, pieces: readonly WeighedQuestion[]): number {
  const whole = voice.domain(prepare(asked, voice.script))
  if (whole >= OURS_AT_LENGTH) return whole
  const asking = pieces.filter(({ asks }) => asks)
  const ends = asking.length > 0 ? asking.slice(-MOST_ANSWERS) : pieces.slice(-1)
  const most = Math.max(...ends.map(({ prepared }) => voice.domain(prepared)))
  const both = (whole + most) / 2
  return both >= OURS_BY_BOTH ? Math.max(both, OURS_AT_LENGTH) : both
}

/** What a piece that asks is surely about: by itself, or with what was told just before. */
function answerOf(
  voice: Voice,
  pieces: readonly WeighedQuestion[],
  piece: WeighedQuestion,
): Answered | undefined {
  const { script, ranker } = voice
  const at = pieces.indexOf(piece)
  const told = pieces.slice(0, at).filter(({ asks }) => !asks)
  const scored = best(ranker, [[piece], ...told.slice(-3).map((one) => [one, piece])])
  const [first] = scored
  if (first !== undefined && first.score >= BARS[script].each) {
    return answered(voice, piece.text, first.entry, first.score, scored)
  }
  // A few words may match little of anything and still be sure by themselves.
  if (piece.prepared.length > FEW) return undefined
  const alone = short(voice, piece.text, [piece], ranker.ownerOf(piece.prepared))
  return alone.kind === 'not-stated' || (alone.kind === 'answer' && alone.doubt.length === 0)
    ? alone
    : undefined
}

function answered(
  voice: Voice,
  asked: string,
  entry: Entry,
  score: number,
  ranked: readonly Scored[],
  doubt: readonly Entry[] = [],
): Answered {
  const runnersUp = ranked.slice(1, 4).map((other) => other.entry.id)
  return entry.basis === 'not-stated'
    ? { kind: 'not-stated', entry, score, runnersUp }
    : {
        kind: 'answer',
        entry,
        quote: quoteOf(voice, entry),
        score,
        runnersUp,
        doubt,
        lead: doubt.length > 0 ? null : voice.leadOf(entry, asked),
      }
}

function firstOfEach(answers: readonly Answered[]): Answered[] {
  return [...new Map(answers.toReversed().map((one) => [one.entry.id, one])).values()].toReversed()
}

/** Words that lean on the answer before them: its kin go first, by these words and by both questions together. */
function goOn(
  voice: Voice,
  asked: string,
  pieces: readonly WeighedQuestion[],
  before: Entry,
  owner: number | undefined,
): Decision | undefined {
  const { ranker, script } = voice
  const wants = wantsOf(asked)
  if (wants === 'again') return answered(voice, asked, before, 1, [])
  if (wants === 'more') {
    const related = before.related.flatMap(
      (id) => ranker.entries.find((one) => one.id === id) ?? [],
    )
    return related.length === 0
      ? undefined
      : { kind: 'unsure', candidates: related.slice(0, 3), more: true }
  }
  if (voice.domain(prepare(asked, script)) < OURS_IN_TALK) return undefined
  const own = together(pieces)
  const named = instead(asked, script)
  const past = ranker.gather(questionOf(before, script))
  const subjects = spokenOf(asked, before, voice.subjects, script)
  const scores = new Float64Array(ranker.entries.length)
  for (let id = 0; id < scores.length; id++) {
    const gain = own.gains[id] ?? 0
    const entry = ranker.entries[id]
    if (gain === 0 || entry === undefined) continue
    const joint = (gain + (past.gains[id] ?? 0)) / (own.total + past.total)
    const alone = Math.min(1, gain / own.total) + (id === owner ? VERY_WORDS : 0)
    const kin = entry === before ? AGAIN : kinship(entry, before) * (named === null ? KIN : KIN / 2)
    const isSpokenOf = subjects.some(({ entries }) => entries.includes(entry.id))
    const score = alone + kin + JOINT * joint + (isSpokenOf ? SPOKEN_OF : 0)
    scores[id] = score
  }
  const scored = firstOf(ranker.entries, scores)
  const [first] = scored
  if (first === undefined || named === '') return undefined
  const alone = (own.gains[first.id] ?? 0) / own.total
  if (alone < LEAST_ALONE) return undefined
  return answered(voice, asked, first.entry, first.score, scored)
}

function quoteOf(voice: Voice, entry: Entry | undefined): string | null {
  return entry === undefined ? null : voice.sentences().evidenceOf(entry)
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
/** Characters of a question that is looked up once more as it stands. */
const FEW = 24
/** From this score only what is surely about something else is refused. */
const FITTING = 0.4
/** How surely a message must be about the programme at all. */
const OURS = 0.5
const OURS_AT_LENGTH = 0.72
const OURS_BY_BOTH = 0.63
/** Below this it is surely about something else, and no gap in the answers. */
const OFF_TOPIC = 0.25
/** Of a few words after an answer only what is surely about something else is not ours. */
const OURS_IN_TALK = 0.08
/** A question whose best entry matches less than this, in rarest words, says too little to be sure. */
const THIN: Readonly<Record<Script, number>> = { zh: 1.6, en: 0.4 }

/** Scores of pieces: `sure` answers, `likely` is said as what was probably meant, `each` answers one of several. */
const BARS: Readonly<Record<Script, { sure: number; likely: number; each: number }>> = {
  zh: { sure: 0.2, likely: 0.1, each: 0.22 },
  en: { sure: 0.12, likely: 0.1, each: 0.15 },
}
/** A lead smaller than this is none. */
const LEAD = 0.05
/** So surely a message is about the programme that a weak match is what was meant. */
const OURS_SURELY = 0.88
/** Likewise of a story whose best entry leads clearly. */
const OURS_CLEARLY = 0.75
/** More answers than this are not read. */
const MOST_ANSWERS = 3

const KIN = 0.12
const JOINT = 0.5
const SPOKEN_OF = 0.2
/** Nobody asks the same again, save to make sure. */
const AGAIN = 0.05
const VERY_WORDS = 0.2
const LEAST_ALONE = 0.1
