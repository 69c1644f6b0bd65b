import { BUTTON_LABELS } from '../../../flows/services/labels.ts'
import { SERVICES, type ServiceId } from '../../../flows/services/table.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import type { TestWorld } from '../../helpers/app.ts'
import { beginning, type createDryTalker, type Heard, type Moment } from './dry-talker.ts'
import { formMoments, nameOf } from './moments.ts'

type Talk = ReturnType<typeof createDryTalker>

/** How one grid went; each miss in words. */
export type Score = { name: string; right: number; of: number; misses: string[] }

/** An answer from the plan, by the words that only such an answer has. */
const CLAUSE =
  /依据：|原文：|方案里最接近|方案里是这样|方案没有写|Source: |plan's own words|Nearest part|The plan says|plan does not/

/** Fixed words in every dress: what the bare word does, at home and in a form. */
export async function scoreCommands(
  talk: Talk,
  { words, decorations }: { words: readonly string[]; decorations: readonly string[] },
  moments: readonly Moment[],
): Promise<Score> {
  const score: Score = { name: 'commands', right: 0, of: 0, misses: [] }
  for (const moment of moments) {
    for (const word of words) {
      const wanted = await talk(moment, word)
      for (const dress of decorations) {
        const said = dress.replaceAll('{}', word)
        const heard = await talk(moment, said)
        note(score, heard.text === wanted.text, `${nameOf(moment) ?? 'home'}: ${said}`)
      }
    }
  }
  return score
}

/** Short replies at every step of a form: never a clause, a miss, or another flow. */
export async function scoreReplies(
  talk: Talk,
  replies: readonly string[],
  locale: Locale,
  every = 1,
): Promise<Score> {
  const score: Score = { name: `short replies, ${locale}`, right: 0, of: 0, misses: [] }
  const moments = [...(await formMoments(talk, locale))].filter((_, at) => at % every === 0)
  for (const [name, moment] of moments) {
    for (const said of replies) {
      const heard = await talk(moment, said)
      note(score, isOfTheStep(heard, moment), `${name}: ${said} -> ${heard.text.slice(0, 60)}`)
    }
  }
  return score
}

/** It stays with the step: no clause, no question noted for staff, no offer of something else. */
export function isOfTheStep({ text, outcome, values }: Heard, before: Moment): boolean {
  const noted = outcome.records.some(({ record }) => record.kind === 'unanswered-question')
  const flow = before.state?.stack.at(-1)?.flow
  const isThere = [flow, 'menu'].includes(outcome.state.stack.at(-1)?.flow)
  const offers = values.some((value) => value.startsWith('!policy-question'))
  return !CLAUSE.test(text.replaceAll('2018年方案没有写', '')) && !noted && isThere && !offers
}

/** The labels of buttons that work at any time, typed where they are not on the screen: what the button does. */
export async function scoreLabels(
  talk: Talk,
  { deps }: Pick<TestWorld, 'deps'>,
  moments: readonly Moment[],
): Promise<Score> {
  const score: Score = { name: 'labels', right: 0, of: 0, misses: [] }
  for (const moment of moments) {
    for (const locale of LOCALES) {
      for (const [key, value] of BUTTON_LABELS) {
        const label = deps.translate(locale, key)
        const wanted = await talk(moment, { type: 'choice', value })
        const heard = await talk({ ...moment, offered: { ...moment.offered, replies: [] } }, label)
        note(score, isSame(heard, wanted), `${nameOf(moment) ?? 'home'}: ${label}`)
      }
    }
  }
  return score
}

/** Words for what the product does: done, or its button is offered; what must be heard is heard. */
export async function scoreServices(
  talk: Talk,
  rows: readonly { say: string; reach: string }[],
): Promise<Score> {
  const score: Score = { name: 'services', right: 0, of: 0, misses: [] }
  for (const { say, reach } of rows) {
    const moment = beginning(/\p{Script=Han}/u.test(say) ? 'zh-Hans' : 'en')
    const heard = await talk((await talk(moment, '/start')).moment, say)
    note(
      score,
      await reaches(talk, moment, heard, reach),
      `${say} [${reach}] -> ${heard.text.slice(0, 70)} ${heard.values.slice(0, 3)}`,
    )
  }
  return score
}

/** A dialogue: what is said, each with a pattern of the answer it must get; none for one that only begins. */
type Dialogue = readonly (readonly [said: string, pattern?: string])[]

/** Few words after an answer, in the conversation itself: what the turn before was about is the engine's to know. */
export async function scoreFollowUps(talk: Talk, dialogues: readonly Dialogue[]): Promise<Score> {
  const score: Score = { name: 'follow-ups', right: 0, of: 0, misses: [] }
  for (const dialogue of dialogues) {
    const locale = /\p{Script=Han}/u.test(dialogue[0]?.[0] ?? '') ? 'zh-Hans' : 'en'
    let moment = (await talk(beginning(locale), '/start')).moment
    for (const [said, pattern] of dialogue) {
      const heard = await talk(moment, said)
      moment = heard.moment
      if (pattern === undefined) continue
      const isRight = pattern.split('|').some((one) => heard.text.includes(one))
      note(score, isRight, `${said} [${pattern}] -> ${heard.text.slice(0, 70)}`)
    }
  }
  return score
}

async function reaches(talk: Talk, moment: Moment, heard: Heard, reach: string): Promise<boolean> {
  const opens = reach in SERVICES ? SERVICES[reach as ServiceId].opens : `!service:${reach}`
  if (heard.values.slice(0, 2).includes(opens)) return true
  if (reach === 'nod') return !CLAUSE.test(heard.text) && heard.text.length < 60
  const done = await talk((await talk(moment, '/start')).moment, { type: 'choice', value: opens })
  return isSame(heard, done) || (URGENT.has(reach) && heard.text.startsWith(done.text))
}

/** Below these staff are named. */
const URGENT: ReadonlySet<string> = new Set(['distress', 'threat'])

/** The same words, but for what is made anew each time: codes, links, receipts. */
export function isSame(one: Heard, other: Heard): boolean {
  const plain = ({ text }: Heard) =>
    text.replace(/(?:回执编号|receipt)[^\n]*|https?:\S+|id\d+|\d[\d ]{3,}|[A-Z0-9]{8,}/gi, '')
  return plain(one) === plain(other)
}

export function note(score: Score, isRight: boolean, what: string): void {
  score.of++
  if (isRight) score.right++
  else score.misses.push(what)
}
