import { ABUSE, CHEATING, INJECTION, LEGAL, OTHER_BENEFITS, SMALL_TALK } from './guard-tables.ts'
import { normaliseForm } from './language/normalise.ts'
import { normaliseNumbers } from './language/numbers.ts'
import {
  ABOUT_PROGRAMME,
  ABOUT_PROGRAMME_EN,
  AMOUNT,
  BASED,
  BASED_EN,
  CLAIM,
  HAS_LEFT,
  LIFE_EVENT,
  LIFE_EVENT_EN,
  MINE,
  ORIGIN,
  ORIGIN_BEFORE,
  ORIGIN_EN,
  PLACES,
  PLACES_EN,
  PLACES_IN_WORDS,
  WISH,
} from './places.ts'
import type { Guard, GuardedProgramme, SmallTalk } from './types.ts'

/** Orders and insults: never looked up, since either may hide inside a perfectly good question. */
export function guardConduct(question: string): Guard | undefined {
  const text = normaliseForm(question)
  if (INJECTION.some((pattern) => pattern.test(text))) return { kind: 'injection' }
  return ABUSE.some((pattern) => pattern.test(text)) ? { kind: 'abuse' } : undefined
}

/** Messages that ask nothing. A phrasing of our own (7:1:2) never comes here. */
export function guardTalk(question: string): Guard | undefined {
  const text = normaliseForm(question)
  const topic = talkOf(text) ?? talkInParts(text)
  if (topic) return { kind: 'small-talk', topic }
  return isNoise(text) ? { kind: 'noise' } : undefined
}

function talkOf(text: string): SmallTalk | undefined {
  const said = text.replace(TAIL, '')
  return SMALL_TALK.find(([, pattern]) => pattern.test(said) || pattern.test(text))?.[0]
}

/** 好的，谢谢你啊，帮大忙了: of several such words the one that wants an answer counts. */
function talkInParts(text: string): SmallTalk | undefined {
  const topics = text.split(/[,?]/).flatMap((part) => (part === '' ? [] : [talkOf(part)]))
  if (topics.length < 2 || topics.includes(undefined)) return undefined
  return topics.find((topic) => topic !== 'greeting' && topic !== 'filler') ?? topics[0]
}

/** What of a message the guards look at: all of it, what asks, and what a question leans on that names nothing itself. */
export type Guardable = { readonly whole: string; readonly asks: string; readonly about: string }

/** Questions that share our words and are about something else. Nor does a phrasing of our own come here. */
export function guardSubject(
  { whole, asks, about }: Guardable,
  programme: GuardedProgramme,
): Guard | undefined {
  const text = normaliseForm(asks)
  const aboutVoucher = /券|voucher/.test(normaliseForm(whole))
  if (!aboutVoucher && LEGAL.some((pattern) => pattern.test(text))) return { kind: 'legal' }
  const named = normaliseForm(about)
  const benefit = OTHER_BENEFITS.find(([, pattern]) => pattern.test(named))
  if (benefit) return { kind: 'other-benefit', benefit: benefit[0] }
  const isThere = OVER_THERE.test(text)
  const place = otherPlace(isThere ? normaliseForm(whole) : text, programme, isThere)
  if (place) return { kind: 'other-place', place }
  const base = whole === asks ? undefined : basedElsewhere(normaliseForm(whole), programme)
  if (base && MINE.test(text)) return { kind: 'other-place', place: base }
  const year = otherYear(normaliseNumbers(text), programme.years)
  return year ? { kind: 'other-year', year } : undefined
}

/**
 * A benefit by a name that shares nothing with ours (加装电梯补贴): another office's, whichever it is. `knows`: whether any
 * entry has a pair of characters.
 */
export function guardBenefit(
  question: string,
  knows: (pair: string) => boolean,
): Guard | undefined {
  for (const [, name = ''] of normaliseForm(question).matchAll(BENEFIT)) {
    if (TRADE.test(name) || ASKED.test(name)) continue
    const benefit = name.split(LEADS_IN).at(-1) ?? ''
    const pairs = [...benefit].slice(1).map((_, at) => benefit.slice(at, at + 2))
    if (pairs.length >= 2 && !pairs.some(knows)) return { kind: 'other-benefit', benefit }
  }
  return undefined
}

const BENEFIT = /(\p{Script=Han}{3,10}?)的?(?:补贴|津贴|补助|奖励金)/gu
/** A trade may have any name, and is supported like any other. */
const TRADE = /[店厂铺坊馆摊吧社企场园业]|公司|工作室|生意|户|[开办搞做种养喂卖修创]/

const ASKED = /[多几啥哪咋年月给]|什么|怎么|[每一][家户]/
/** What may stand before a name. */
const LEADS_IN = /[的个种要项那这有领我你他她们家国上拿是说搞些]/

/** For a question that found no sure answer: it may be about cheating, where silence would be odd. */
export function guardUnanswered(question: string): Guard | undefined {
  const text = normaliseForm(question)
  return CHEATING.some((pattern) => pattern.test(text)) ? { kind: 'legal' } : undefined
}

const TAIL = /[\s,?:'吗啊呀哦哈哟噻嘛吧呢]+$/

/** Nothing but digits and marks, one thing over and over, or keys hit at random. */
function isNoise(text: string): boolean {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, '')
  if (!/\p{L}/u.test(letters) || ARITHMETIC.test(text)) return true
  if (/^(.{1,2}?)\1{2,}$/u.test(letters)) return true
  return /^[a-z0-9]{5,}$/.test(text) && !/[aeiouy]/.test(text)
}

const ARITHMETIC = /^\d+(?:[+\-*/x÷加减乘除]\d+)+(?:=|等于|是|得)?(?:几|多少)?\??$/

/** Where somebody says that they are now (我在重庆有个小厂), without a word of having left it. */
function basedElsewhere(text: string, programme: GuardedProgramme): string | undefined {
  if (HAS_LEFT.test(text)) return undefined
  const rest = withoutOurs(text, programme)
  for (const pattern of findersOf(programme)) {
    for (const match of rest.matchAll(pattern)) {
      const before = rest.slice(0, match.index)
      const after = rest.slice(match.index + match[0].length)
      if ((/在$/.test(before) && BASED.test(after)) || BASED_EN.test(before)) return match[0]
    }
  }
  return undefined
}

/** 四川老家办的执照，那边补多少: where somebody comes from is what is asked about. */
const OVER_THERE = /[那老](?:边|头|儿|里)(?!的?人)|\bover there\b/

function otherPlace(
  text: string,
  programme: GuardedProgramme,
  isThere: boolean,
): string | undefined {
  const rest = withoutOurs(text, programme)
  for (const pattern of findersOf(programme)) {
    for (const match of rest.matchAll(pattern)) {
      const before = rest.slice(0, match.index)
      const after = rest.slice(match.index + match[0].length)
      const origin = ORIGIN.test(after) || ORIGIN_BEFORE.test(before) || ORIGIN_EN.test(before)
      if (isThere || !origin) return match[0]
    }
  }
  return undefined
}

/** Our own places go first: a district may share its name with another city's. */
const withoutOurs = (text: string, { places }: GuardedProgramme) =>
  places.reduce((left, place) => left.replaceAll(normaliseForm(place), '本地'), text)

function otherYear(text: string, own: readonly string[]): string | undefined {
  for (const match of text.matchAll(YEAR)) {
    const [found] = match
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + found.length)
    const ownLife = LIFE_EVENT.test(after) || LIFE_EVENT_EN.test(before)
    if (own.includes(found) || ownLife) continue
    if (found === '今年' || found === 'this year') {
      const clause = `${before.slice(before.lastIndexOf(',') + 1)}${found}${after.split(/[,?]/)[0]}`
      if (WISH.test(clause) && !AMOUNT.test(clause)) return found
      if (CLAIM.test(text) && !AMOUNT.test(text)) return found
    } else if (/\d/.test(found) || isOfProgramme(found, before, after)) return found
  }
  return undefined
}

/** 去年下岗了 tells of a life; 去年的补助 asks of another year. */
const isOfProgramme = (year: string, before: string, after: string) =>
  /[a-z]/.test(year)
    ? ABOUT_PROGRAMME_EN.test(before) || ABOUT_PROGRAMME_EN.test(after)
    : ABOUT_PROGRAMME.test(after) || /(?:补助|政策|标准|方案).{0,4}$/.test(before)

/** A year by number, not an amount (2000元, 2000户), or a year seen from today. */
const YEAR =
  /(?<![\d.])(?!2000(?!年))(?:19[89]\d|20[0-4]\d)(?![\d.]|[元块万千户个人名家平多])|今年|去年|前年|明年|后年|\b(?:this|last|next) year\b/g

const longestFirst = (names: readonly string[]) => [...names].sort((a, b) => b.length - a.length)

/** What finds another place than the programme's; made once a programme. */
const FINDERS = new WeakMap<GuardedProgramme, readonly RegExp[]>()

function findersOf(programme: GuardedProgramme): readonly RegExp[] {
  const known = FINDERS.get(programme)
  if (known !== undefined) return known
  const { near } = programme
  const anywhere = longestFirst([...near['zh-Hans'], ...PLACES])
  const inEnglish = longestFirst([...near.en, ...PLACES_EN])
  const made = [
    new RegExp(anywhere.join('|'), 'g'),
    new RegExp(`\\b(?:${inEnglish.join('|')})\\b`, 'g'),
    ...PLACES_IN_WORDS.map((pattern) => new RegExp(pattern.source, 'g')),
  ]
  FINDERS.set(programme, made)
  return made
}
