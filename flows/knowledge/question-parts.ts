import type { Guardable } from './guards.ts'
import { isOpening, normaliseForm } from './language/normalise.ts'
import { prepare, type Script } from './language/tokenise.ts'
import { looksLikeQuestion } from './looks-like-question.ts'

/** A part of a message between two marks, or between two questions that were asked in one breath. */
export type QuestionPart = {
  readonly text: string
  /** As it is compared and cut into terms. */
  readonly prepared: string
  /** Which sentence of the message it belongs to. */
  readonly sentence: number
  /** Whether it asks something; what only tells is looked at for what it is about. */
  readonly asks: boolean
}

/** The pieces of a message, in their order; at least one, and at most `MOST`, the last ones of a longer message. */
export function piecesOf(message: string, script: Script): readonly QuestionPart[] {
  const pieces = sentencesOf(message, script).flatMap((sentence, at) => {
    const isAsked = /[?？]\s*$/.test(sentence)
    const parts = partsOf(sentence, script)
    return parts.map((text, i): QuestionPart => {
      const asks = (isAsked && i === parts.length - 1) || asksSomething(text, script)
      return { text, prepared: prepare(text, script), sentence: at, asks }
    })
  })
  const told = pieces.filter(
    ({ text, prepared }) => /[\p{L}\p{N}]/u.test(prepared) && !isOpening(text),
  )
  return told.length > 0 ? told.slice(-MOST) : pieces.slice(0, 1)
}

/** A question as it stands. */
export const pieceOf = (text: string, script: Script): QuestionPart => ({
  text,
  prepared: prepare(text, script),
  sentence: 0,
  asks: true,
})

/** More pieces than this are a letter; what is asked stands at its end. */
const MOST = 24

function sentencesOf(message: string, script: Script): string[] {
  const end = script === 'zh' ? SENTENCE_ZH : SENTENCE_EN
  return message
    .replace(LISTED, '\n')
    .split(end)
    .filter((text) => text.trim() !== '')
}

const SENTENCE_ZH = /(?<=[。？！?!；;\n])/u
const SENTENCE_EN = /(?<=[?!;\n])|(?<=[a-z)]\.)\s+/u

/** `1.`, `2、`, ①, (1), 一是, 第二: the items of a list of questions. */
const LISTED =
  /(?:^|(?<=[\s,，。;；:：？?]))(?:\d{1,2}[.、)）](?!\d)|[①-⑨]|[（(][\d一二三四五][)）]|[一二三四]是|[一二三四]、)\s*/gu

function partsOf(sentence: string, script: Script): string[] {
  const between = script === 'zh' ? BETWEEN_ZH : BETWEEN_EN
  return sentence
    .split(between)
    .flatMap((text) => spacedOf(text, script))
    .flatMap((text) => eachOf(text, script))
    .map((text) => text.replace(TIED_ZH, ''))
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
}

/** Where a line is long, or each part of it asks something, a space stands for a comma; where each asks, 、 too. */
function spacedOf(text: string, script: Script): string[] {
  const listed = text.split('、')
  if (listed.length > 1 && listed.every((part) => asksSomething(part, script))) return listed
  const parts = text.split(SPACED)
  const isOne = text.length < RUN_ON && !parts.every((part) => asksSomething(part, script))
  return isOne ? [text] : parts
}

/** 然后就是补好多, 还有示范基地要谁评定, 给的话是多少: what only ties a question to the one before it. */
const TIED_ZH =
  /^\s*(?:(?:然后|还有|另外|再有|再就是|顺便|以及|再|那么?(?![边头儿里个些种笔样]))(?:呢|啊|哈)?[,，]?(?:就是说?|再|想)?(?:请?问一?[下哈]?|说一?[下哈]?)?|(?:还|再)?想?请?问一?[下哈]|\p{Script=Han}{1,3}的话)(?=.{3})/u
const RUN_ON = 14
const SPACED = /(?<=\p{Script=Han}{2})\s+(?=\p{Script=Han}{2})/u

/** 残疾人和大学生优先吗: what is asked of two things at once is asked of each. */
function eachOf(text: string, script: Script): string[] {
  const joined = (script === 'zh' ? OF_BOTH_ZH : OF_BOTH_EN).exec(text.trim())?.groups
  if (joined === undefined) return [text]
  const { before = '', one = '', other = '', asked = '' } = joined
  return [`${before}${one}${asked}`, `${before}${other}${asked}`]
}

const OF_BOTH_ZH =
  /^(?<before>)(?<one>\p{Script=Han}{2,9})(?:和|跟|与|、|以及|还有)(?<other>\p{Script=Han}{2,9}?)(?<asked>(?:都|是不是|能不能|可不可以|有没有|算不算|是否|能|会|应该|哪一?个|谁){0,3}(?:优先|照顾|倾斜|扶持|支持|算|扶|照顾|在不在|归|由|给).{0,8}(?:吗|不|么|没有|没得|支持|哪个|谁)?[?？]?)$/u
const OF_BOTH_EN =
  /^(?<before>(?:do|does|are|is|can|will|did)\s+)(?<one>[\w' -]{3,30}?)\s+(?:and|or)\s+(?<other>[\w' -]{3,30}?)(?<asked>\s+(?:get|have|go|come|receive|count|belong|qualify|supported|favou?red|given|preferred|priorit|eligible|ok|allowed)\b.{0,40})$/iu

/** At commas, save those within a figure, and where a second question is tied to the first. */
const BETWEEN_ZH =
  /[,，](?!\d{3})|(?<=[吗呢么嘛不]|多少|什么|[个里几成])(?=还有|另外|再就是|顺便|以及|又(?!一)|然后)|(?<=[吗呢么嘛]|多少|什么|哪里|[几成])(?:[和跟与及]|还有)(?=.{2})|(?<=多少钱?|[吗呢嘛])(?=谁|哪[个些]|什么时候|啥时候|几时|怎么|咋|要不要|有没有|能不能)/u
const BETWEEN_EN =
  /,\s+(?:and\s+|also\s+|but\s+)?|\s+(?:and|also|but|plus)\s+(?:(?:by|until|from|in|at|for|to)\s+(?=wh))?(?=(?:who|how|what|where|when|which|why|whom|do|does|did|is|are|can|will|must|should|am)\b)/iu

function asksSomething(text: string, script: Script): boolean {
  if (ANNOUNCES.test(normaliseForm(text))) return false
  if (looksLikeQuestion(text)) return true
  return script === 'zh' ? ASKS.test(normaliseForm(text)) : ASKS_EN.test(normaliseForm(text))
}

/** 我想问两个事, I have two questions: that something will be asked. */
const ANNOUNCES =
  /^(?:您?好|请问|那?我?(?:还|就)?想?(?:请教|打听|问|咨询|了解)(?:一下|下|您|你|哈)?.{0,3}(?:事情?|问题|下|一下|哈)?|(?:i have|i've got) .{0,20}questions?|i want(?:ed)? to ask(?: you)?(?: something)?)[:：,]*$/

/** What asks without a question word: 准不准, 不晓得…, 听说…, …呢, 想核实一下. */
const ASKS =
  /(\p{Script=Han}{1,2})[不没]\1|不(?:知道|晓得|清楚|明白|懂)(?=\p{L})|搞不懂|想(?:问|知道|核实|打听|了解|咨询|请教)|真的?假的?|有没(?!有)|[了过得]没有?[?]?$|呢$|多大|几[成月号点多]|好多|哪|谁(?![都也])|[怎咋啥]|(?<![我你他她们可但就都])还是\p{Script=Han}{1,7}[?]?$|\p{Script=Han}{2}(?<![我也都就还可])(?:不|吗|么|没得)[,.?]*$/u
const ASKS_EN =
  /^(?:and |so |but |then |or )*(?:(?:what|who|how|where|when|why)(?:'?s|'?re)\b|(?:what|who|how|where|when|why)$)|\b(?:is it true|is that|i wonder|wondering|not sure|don't know|like to know|whether|what about|how about)\b/

/** The words that ask: a year, a place or another office's matter in what is only told is no question about it. */
export function whatAsks(pieces: readonly QuestionPart[]): string {
  const asking = pieces.filter(({ asks }) => asks)
  const last = pieces.at(-1)?.sentence
  const scope = asking.length > 0 ? asking : pieces.filter(({ sentence }) => sentence === last)
  return scope.map(({ text }) => text).join('，')
}

/** What of a message's pieces the guards look at. */
export function guardable(whole: string, pieces: readonly QuestionPart[]): Guardable {
  const asks = whatAsks(pieces)
  const leantOn = pieces.filter(({ asks, prepared }, at) => {
    const next = pieces[at + 1]
    const isNamed = !asks && TOLD_TO_ASK.test(prepared) && !HAS_ALREADY.test(prepared)
    return isNamed && next?.asks === true && next.prepared.length <= NAMES_NOTHING
  })
  return { whole, asks, about: [...leantOn.map(({ text }) => text), asks].join('，') }
}

/** 听说有高龄补贴，一个月多少钱: what is asked about stands before the question. */
const TOLD_TO_ASK = /听|说|讲|申请|想|要|办/
/** 我在领失业金，能补多少: what somebody has already is not what is asked about. */
const HAS_ALREADY = /[领拿交买缴享](?:着|了|过|到|有)|[在正]领/
/** So few letters ask of what stands before them. */
const NAMES_NOTHING = 10
