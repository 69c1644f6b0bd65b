import { withNumberedOptions } from '../../../bots/fit.ts'
import { normaliseLine, readings } from '../../../flows/engine/hearing.ts'
import { GLOBAL } from '../../../flows/engine/offered.ts'
import type { Intent, Query } from '../../../flows/engine/queries.ts'
import type { FlowState, TurnResult } from '../../../flows/engine/state.ts'
import { COMMANDS, type Wants } from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import { BUTTON_LABELS } from '../../../flows/services/labels.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import type { Policy } from '../../../src/kernel/policy.ts'
import type { World } from '../../../src/kernel/requester.ts'
import { everyReply, OPENINGS } from '../../flows/every-reply.ts'
import { walkFlows } from '../../flows/inspect.ts'
import type { TestWorld } from '../../helpers/app.ts'
import { CTX } from '../../helpers/play.ts'
import { createDryTalker, type Heard, type Moment, offeredBy } from './dry-talker.ts'
import { formMoments } from './moments.ts'
import { isOfTheStep, isSame, note, type Score } from './score-talk.ts'

type Product = Pick<TestWorld, 'deps'>
type Talk = ReturnType<typeof createDryTalker>

/** A step of a flow with what a person sees there, and how to talk to it. */
export type Stand = { name: string; moment: Moment; talk: Talk; wants: Wants | undefined }

/** Words and codes that count everywhere, with the command that each of them is. */
const GLOBALS: Readonly<Record<string, readonly string[]>> = {
  '!menu': ['00', '菜单', 'menu'],
  '!back': ['01', '返回', 'back'],
  '!person': ['02', '人工', 'person'],
  '!help': ['03', '帮助', 'help'],
  '!language': ['04', '语言', 'language'],
  '!cancel': ['取消', 'cancel'],
  '!restart': ['重来', 'restart'],
  '!stop': ['退订', 'stop'],
}

/**
 * Every step of every flow as the engine knows them, each once for each kind of question it asks: a new flow or step is
 * walked without a word here. The world gives each kind of answer it may give (`everyReply`). Then the application and the
 * pre-screen item by item, as they are.
 */
export async function everyStand(
  world: Product,
  policy: Policy,
  locale: Locale,
  buttons: boolean,
): Promise<Stand[]> {
  const stands = new Map<string, Stand>()
  const { states } = walkFlows({
    step: world.deps.step,
    flows,
    ctx: { ...CTX, locale },
    answersTo: everyReply,
    openings: OPENINGS,
  })
  const first = createDryTalker(world, policy, { buttons, world: firstWorld(policy) })
  for (const { state, effects } of states) {
    const last = effects.findLast((effect) => effect.type === 'send')?.message
    const name = standName(state, last)
    if (stands.has(name)) continue
    const spoken = effects.flatMap((effect) =>
      effect.type === 'send' ? [{ message: effect.message, locale }] : [],
    )
    const moment = { state, offered: offeredBy(world.deps, spoken, buttons), locale }
    stands.set(name, { name, moment, talk: first, wants: last?.wants })
  }
  const talk = createDryTalker(world, policy, { buttons })
  for (const [name, moment] of await formMoments(talk, locale)) {
    const wants = (await talk(moment, ASK_AGAIN)).outcome.spoken.at(-1)?.message.wants
    stands.set(name, { name, moment, talk, wants })
  }
  return [...stands.values()]
}

type Sent = Extract<TurnResult['effects'][number], { type: 'send' }>['message']

/** Flow and step, with what kind of question it is: by what it takes, its own buttons, whether 0 is an answer. */
function standName({ stack }: FlowState, message: Sent | undefined): string {
  const run = stack.at(-1)
  if (run === undefined || message === undefined) return 'home'
  const { wants = '', zero = false, quickReplies = [] } = message
  const own = quickReplies.filter(({ value }) => !value.startsWith(GLOBAL)).length
  return [`${run.flow}.${run.step}`, wants, zero ? 'zero' : '', Math.min(own, 3)].join(' ')
}

/** The world that answers with the first thing that it may, and the policy as it is. */
function firstWorld(policy: Policy): World {
  const first = (asked: Query | Intent) => everyReply(asked)[0] ?? {}
  return {
    answer: (query, locale) =>
      query.kind === 'policy-answer' ? { policy: policy.desk.answer(query, locale) } : first(query),
    plan: async (intent) => ({ reply: first(intent) }),
  }
}

/** Asks the open question again. */
const ASK_AGAIN = { type: 'choice', value: '!restart:keep' } as const

/**
 * Words and codes that count everywhere, labels of the step's own buttons and their numbers, and labels of the buttons
 * that work at any time, typed at every step: each does what its button does, no form is lost, and where options are
 * numbers there is one list of them. 0 is an answer where a sum or a count is asked for, and else the menu.
 */
export async function scoreEveryStep(
  { deps }: Product,
  stands: readonly Stand[],
  buttons: boolean,
): Promise<Score> {
  const score: Score = { name: 'every step', right: 0, of: 0, misses: [] }
  const labels = new Map(
    LOCALES.flatMap((one) =>
      BUTTON_LABELS.map(([key, value]) => [deps.translate(one, key), value] as const),
    ),
  )
  for (const { name, moment, talk, wants } of stands) {
    const { replies, numbered, zero } = moment.offered
    const shown = new Set(replies.map(({ label }) => label))
    // A world that answers with the first thing it may ends some runs by itself.
    const staying = kept(await talk(moment, ASK_AGAIN))
    const forms = formsIn(moment).filter((flow) => staying.includes(flow))
    const done = new Map<string, Heard>()
    const expect = async (said: string, value: string) => {
      const heard = await talk(moment, said)
      const wanted = done.get(value) ?? (await talk(moment, { type: 'choice', value }))
      done.set(value, wanted)
      const isRight = isSame(heard, wanted) || (keepsApart(value, moment) && stays(heard, moment))
      note(score, isRight, `${name}: ${said} [${value}] -> ${heard.text.slice(0, 80)}`)
      const isLeft = value.startsWith(GLOBAL) && value !== '!back'
      const lost = isLeft ? forms.filter((flow) => !kept(heard).includes(flow)) : []
      note(score, lost.length === 0, `${name}: ${said}: ${lost} is lost`)
      const fault = faultOf(heard, buttons)
      note(score, fault === null, `${name}: ${said}: ${fault}`)
    }
    for (const [value, words] of Object.entries(GLOBALS)) {
      for (const word of words) if (!shown.has(word)) await expect(word, value)
    }
    for (const [at, { label, value }] of replies.entries()) {
      await expect(label, value)
      if (numbered) await expect(String(at + 1), value)
    }
    // 我要申请 is a yes to a button 申请 that stands there.
    const own = new Set([...shown].map(normaliseLine))
    for (const [label, value] of labels) {
      if (!readings(label).some((line) => own.has(line))) await expect(label, value)
    }
    if (wants === 'money' || wants === 'count' || zero === true) {
      const heard = await talk(moment, '0')
      note(score, stays(heard, moment), `${name}: 0 -> ${heard.text.slice(0, 80)}`)
    } else await expect('0', '!menu')
  }
  return score
}

/** Short replies at every step: the step's own matter, whatever it is; what a flow's own words cite is no misfire. */
export async function scoreEveryReply(
  stands: readonly Stand[],
  replies: readonly string[],
): Promise<Score> {
  const score: Score = { name: 'short replies, every step', right: 0, of: 0, misses: [] }
  const own = new Set<string>()
  const staying: Stand[] = []
  for (const stand of stands) {
    const heard = await stand.talk(stand.moment, ASK_AGAIN)
    for (const line of heard.text.split('\n')) own.add(line)
    if (stays(heard, stand.moment)) staying.push(stand)
  }
  for (const { name, moment, talk } of staying) {
    for (const said of replies) {
      const heard = await talk(moment, said)
      const text = heard.text
        .split('\n')
        .filter((line) => !own.has(line))
        .join('\n')
      const isRight = isOfTheStep({ ...heard, text }, moment)
      note(score, isRight, `${name}: ${said} -> ${heard.text.slice(0, 60)}`)
    }
  }
  return score
}

/** What must never happen, whatever was said; null: nothing of it. */
function faultOf({ text, outcome, messages }: Heard, buttons: boolean): string | null {
  if (text.trim() === '' && outcome.handoff === null) return 'nothing is said'
  if (buttons) return null
  const whole = messages.map((message) => withNumberedOptions(message).text).join('\n')
  const lists = whole.match(/^1[.、．)）]\s?\S/gmu)?.length ?? 0
  return lists > 1 ? `${lists} lists: ${whole}` : null
}

/** What is told apart takes all words but commands as they are. */
function keepsApart(value: string, { state }: Moment): boolean {
  const isApart = flows.some(({ id, apart }) => id === flowOf(state) && apart !== undefined)
  return isApart && !COMMANDS.some((name) => value.slice(GLOBAL.length).split(':')[0] === name)
}

const flowOf = (state: FlowState | null) => state?.stack.at(-1)?.flow
const stays = ({ outcome }: Heard, { state }: Moment) =>
  outcome.state.stack.some(({ flow }) => flow === flowOf(state))
const formsIn = ({ state }: Moment) =>
  (state?.stack ?? []).map(({ flow }) => flow).filter((flow) => RESUMABLE.has(flow))
const RESUMABLE = new Set(flows.filter(({ resumable }) => resumable === true).map(({ id }) => id))
const kept = ({ outcome: { state } }: Heard) => [
  ...state.stack.map(({ flow }) => flow),
  ...Object.keys(state.parked),
]
