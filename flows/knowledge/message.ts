import { beforeGuarded, eachAsked, MOST_ANSWERS } from './each-asked.ts'
import { leansBack } from './follow-up.ts'
import { goOn } from './go-on.ts'
import { type Guardable, guardBenefit, guardSubject, guardTalk, guardUnanswered } from './guards.ts'
import { prepare, type Script } from './language/tokenise.ts'
import { FITTING, OFF_TOPIC, short } from './one-question.ts'
import { guardable, pieceOf, piecesOf, whatAsks } from './question-parts.ts'
import type { Decision, Entry } from './types.ts'
import { answered, speakingOfIt, type Voice } from './voice.ts'
import { byPieces, type WeighedQuestion } from './weigh.ts'

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
  const subjectOf = (part: Guardable) =>
    guardSubject(part, voice.programme) ?? guardBenefit(part.about, ranker.knows)
  const guard = guardTalk(asked) ?? subjectOf(scope)
  if (context !== undefined) {
    const led = goOn(voice, asked, pieces, context, owner)
    if (led !== undefined && (guard === undefined || owner !== undefined)) return led
    if (owner !== undefined) return short(voice, asked, pieces, owner)
  }
  if (guard !== undefined && guard.kind !== 'small-talk' && guard.kind !== 'noise') {
    const ours = beforeGuarded(voice, pieces, ({ text }) => {
      return subjectOf({ whole: asked, asks: text, about: text }) !== undefined
    })
    if (ours !== undefined) return { kind: 'several', ...ours }
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

/** A message of several pieces: several questions, a question with its story, or one with a comma in it. */
function long(voice: Voice, asked: string, pieces: readonly WeighedQuestion[]): Decision {
  const { script, ranker } = voice
  const bar = BARS[script]
  const byAll = voice.domain(prepare(asked, script))
  const chance = chanceOf(voice, byAll, pieces)
  const whole = short(voice, asked, pieces, undefined)
  const { answers: different, open } = eachAsked(voice, pieces)
  // Several questions that each fit are ours, however little they say of what they are about.
  const fitting = different.filter(({ score }) => score >= FITTING)
  const ours =
    fitting.length >= 2 && (chance >= OFF_TOPIC || fitting.every(({ score }) => score >= 1))
  const scored = speakingOfIt(voice, whatAsks(pieces), byPieces(ranker, pieces)) ?? []
  const [first, second] = scored
  const { chance: enough, best } = EVIDENT[script]
  const isEvident = byAll >= enough && (first?.best ?? 0) >= best
  if (chance < OURS_AT_LENGTH && !ours && !isEvident) {
    return whole.kind === 'not-stated' ? whole : { kind: 'refused', offTopic: chance < OFF_TOPIC }
  }
  if (different.length >= 2 || (open.length > 0 && fitting.length > 0)) {
    return { kind: 'several', answers: different, open }
  }
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
function chanceOf(voice: Voice, whole: number, pieces: readonly WeighedQuestion[]): number {
  if (whole >= OURS_AT_LENGTH) return whole
  const asking = pieces.filter(({ asks }) => asks)
  const ends = asking.length > 0 ? asking.slice(-MOST_ANSWERS) : pieces.slice(-1)
  const most = Math.max(...ends.map(({ prepared }) => voice.domain(prepared)))
  const both = (whole + most) / 2
  return both >= OURS_BY_BOTH ? Math.max(both, OURS_AT_LENGTH) : both
}

/** How surely a message must be about the programme at all. */
const OURS_AT_LENGTH = 0.72
const OURS_BY_BOTH = 0.63
/** Less sure it may be where an entry fits so well. */
const EVIDENT: Readonly<Record<Script, { chance: number; best: number }>> = {
  zh: { chance: 0.58, best: 0.3 },
  en: { chance: 0.5, best: 0.12 },
}
/** So surely a story is about the programme that a weak match which leads clearly is what was meant. */
const OURS_CLEARLY = 0.75
/** Scores of pieces: `sure` answers, `likely` is said as what was probably meant. */
const BARS: Readonly<Record<Script, { sure: number; likely: number }>> = {
  zh: { sure: 0.2, likely: 0.1 },
  en: { sure: 0.12, likely: 0.1 },
}
/** A lead smaller than this is none. */
const LEAD = 0.05
