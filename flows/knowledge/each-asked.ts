import { leansBack } from './follow-up.ts'
import { goOn } from './go-on.ts'
import { englishWords } from './language/english.ts'
import type { Script } from './language/tokenise.ts'
import { short } from './one-question.ts'
import type { Answered, Entry } from './types.ts'
import { answered, type Voice } from './voice.ts'
import { best, type WeighedQuestion } from './weigh.ts'

/** The questions of a message that are answered, each entry once, and the words of those that nothing answers. */
export type EachAsked = { readonly answers: readonly Answered[]; readonly open: readonly string[] }

/**
 * Answers each question of a message by itself, with what was told before it, or as it leans on the question before it
 * (券能干什么，怎么领). Nothing for a message that asks one thing.
 */
export function eachAsked(voice: Voice, pieces: readonly WeighedQuestion[]): EachAsked {
  const asking = pieces.filter(({ asks }) => asks)
  if (asking.length < 2) return { answers: [], open: [] }
  const answers = new Map<string, Answered>()
  const open: string[] = []
  let before: Entry | undefined
  for (const piece of asking) {
    const found = answerOf(voice, pieces, piece, before)
    if (found === undefined) {
      if (isQuestionOfItsOwn(piece, voice.script)) open.push(piece.text.trim())
      continue
    }
    before = found.entry
    if (!answers.has(before.id)) answers.set(before.id, found)
  }
  return { answers: [...answers.values()].slice(0, MOST_ANSWERS), open: open.slice(0, MOST_OPEN) }
}

/** What a piece that asks is surely about. */
function answerOf(
  voice: Voice,
  pieces: readonly WeighedQuestion[],
  piece: WeighedQuestion,
  before: Entry | undefined,
): Answered | undefined {
  const { script, ranker } = voice
  const leaning = before !== undefined && leansBack(piece.text, script) ? before : undefined
  if (leaning !== undefined && POINTS_BACK.test(piece.prepared)) {
    const led = ledBy(voice, piece, leaning)
    if (led !== undefined) return led
  }
  const at = pieces.indexOf(piece)
  const told = pieces.slice(0, at).filter(({ asks }) => !asks)
  const scored = best(ranker, [[piece], ...told.slice(-3).map((one) => [one, piece])])
  const [first] = scored
  if (first !== undefined && first.score >= SURE[script]) {
    return answered(voice, toldBefore(pieces, at) + piece.text, first.entry, first.score, scored)
  }
  // A few words may match little of anything and still be sure by themselves.
  if (piece.prepared.length <= FEW) {
    const alone = short(voice, piece.text, [piece], ranker.ownerOf(piece.prepared))
    if (alone.kind === 'not-stated') return alone
    if (alone.kind === 'answer' && alone.doubt.length === 0) return alone
  }
  return leaning === undefined ? undefined : ledBy(voice, piece, leaning)
}

function ledBy(voice: Voice, piece: WeighedQuestion, before: Entry): Answered | undefined {
  const led = goOn(voice, piece.text, [piece], before, voice.ranker.ownerOf(piece.prepared))
  return led?.kind === 'answer' || led?.kind === 'not-stated' ? led : undefined
}

/** What stands right before a question and is told: yes or no may hang on it. */
function toldBefore(pieces: readonly WeighedQuestion[], at: number): string {
  const before = pieces[at - 1]
  return before === undefined || before.asks ? '' : `${before.text}，`
}

/** Whether words say what they ask about: 那咋办 and 是不是真的 ask about what was told. */
function isQuestionOfItsOwn({ text, prepared }: WeighedQuestion, script: Script): boolean {
  if (/[这那]|\b(?:this|that)\b/.test(prepared)) return false
  return script === 'zh'
    ? prepared.replace(ASKING_WORDS, '').replace(/\P{L}/gu, '').length >= LEAST_NAMED.zh
    : englishWords(text.toLowerCase()).filter((word) => !ASKING_WORDS_EN.has(word)).length >=
        LEAST_NAMED.en
}

/** He, they, it: whoever was spoken of. */
const POINTS_BACK = /^(?:[他她它]们?|那|这)|\b(?:they|them|it|he|she)\b/
const ASKING_WORDS =
  /怎么办|怎么|什么|哪个|哪里|为什么|多少|多久|还有|没有|不晓得|知道|请问|真的|假的|一下|应该|可以|[我你您咱们的了吗呢啊吧嘛不没有是能会要行该办搞弄整去到来说讲问想就都也还又再人家个些点在得着过啥哪样么]/g
const ASKING_WORDS_EN = new Set('what how when where who why which do get go know true ok way thing'.split(' '))
/** So many letters or words beside those that ask. */
const LEAST_NAMED: Readonly<Record<Script, number>> = { zh: 2, en: 2 }

/** From this score a piece of a message is answered by itself. */
const SURE: Readonly<Record<Script, number>> = { zh: 0.22, en: 0.15 }
/** Characters of a question that is looked up once more as it stands. */
const FEW = 24
/** More answers than this are not read. */
export const MOST_ANSWERS = 4
const MOST_OPEN = 2
