import * as z from 'zod'
import type { TurnContext } from '../engine/context.ts'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import type { Effect, Input, Transition } from '../engine/types.ts'
import type { EventIntent, EventsAsk, EventsReply } from './ask.ts'
import {
  sayArrived,
  sayDistricts,
  sayEvent,
  sayJoined,
  sayLeft,
  sayList,
  sayMine,
  sayPlain,
  sayRate,
  sayWalkIn,
} from './words.ts'

/** Feedback longer than this is a letter. */
const MAX_WORDS = 500

type Step = 'showing' | 'words'
const Data = z.object({
  /** What is looked at. `leave` and `in` become something else as soon as they are done. */
  view: z.enum(['home', 'districts', 'one', 'mine', 'leave', 'in', 'walk-in', 'rate']),
  /** The event that is looked at. */
  id: z.string().nullable(),
  /** The code of a poster. */
  key: z.string().nullable(),
  stars: z.number().nullable(),
  listed: z.array(z.string()),
  districts: z.array(z.string()),
  mine: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const HOME: Data = {
  view: 'home',
  id: null,
  key: null,
  stars: null,
  listed: [],
  districts: [],
  mine: false,
}

/** What a button of ours or a poster opens: an event, leaving it, checking in, or saying how it was. */
const OPENING = /^(one|leave|in|rate)-([\w-]{1,64})$/

/**
 * Events where the policy is made known: what comes in a district, signing up and leaving, the check-in by
 * the poster on the spot, and how it was. Nothing personal is asked: who comes is a number on the list.
 *
 * @example the value of a quick reply `!events:leave-Xw3…`; the start payload of a poster `events-in-Kd8…`
 */
export const eventsFlow = defineFlow({
  id: 'events',
  version: 1,
  data: Data,
  initial: HOME,
  start: 'showing',
  help: { key: 'events.help' },
  words: [
    '活动',
    '宣讲',
    '宣讲会',
    '宣传活动',
    '我的活动',
    '我的报名',
    'events',
    'event',
    'my events',
  ],
  typed: typedWish,
  shows: ['showing'],
  open: (input) => {
    if (input.type === 'choice' && input.value === 'mine') {
      return { go: 'showing', data: { ...HOME, view: 'mine' } }
    }
    const [, verb, of] = OPENING.exec(input.type === 'choice' ? input.value : '') ?? []
    if (verb === undefined || of === undefined) return null
    const view = z.enum(['one', 'leave', 'in', 'rate']).parse(verb)
    return {
      go: 'showing',
      data: view === 'in' ? { ...HOME, view, key: of } : { ...HOME, view, id: of },
    }
  },
  steps: {
    showing: {
      enter: (data) => [wishOf(data)],
      undo: ({ view }) => (view === 'home' || view === 'districts' ? null : HOME),
      receive: (data, input, ctx) => {
        const reply = replyIn(input).events
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        if (input.type === 'choice') return receiveChoice(data, input.value)
        if (input.type !== 'text') return { otherwise: { key: 'events.unclear' } }
        const typed = input.text.normalize('NFKC').trim()
        if (data.view === 'districts' && typed !== '') {
          return intend({ kind: 'event.place', typed })
        }
        if (data.view === 'rate' && /^[1-5]\s*[分星]?$/.test(typed)) {
          return receiveChoice(data, `s:${typed[0]}`)
        }
        return { otherwise: { key: data.view === 'rate' ? 'events.rateHow' : 'events.unclear' } }
      },
      samples: (data) => samplesOf(data),
    },
    words: {
      freeText: true,
      enter: () => [
        say(
          { key: 'events.rated' },
          {
            quickReplies: [
              { value: 'skip', label: { key: 'events.nothingToAdd' } },
              { value: '!menu', label: { key: 'policy.menu' } },
            ],
            numbered: false,
          },
        ),
      ],
      receive: ({ id, stars }, input) => {
        const reply = replyIn(input).events
        if (reply !== undefined) {
          return { end: true, effects: [say({ key: 'events.thanks' }, LEAVE)] }
        }
        if (input.type === 'choice' && input.value === 'skip') {
          return { end: true, effects: [say({ key: 'events.thanks' }, LEAVE)] }
        }
        const words = input.type === 'text' ? input.text.trim() : ''
        if (words === '' || words.length > MAX_WORDS || id === null || stars === null) {
          return { otherwise: { key: 'events.wordsHow', params: { max: MAX_WORDS } } }
        }
        return intend({ kind: 'event.rate', id, stars, words })
      },
      samples: () => [
        { type: 'choice', value: 'skip' },
        { type: 'text', text: '讲得很清楚' },
      ],
    },
  },
  migrations: {},
})

/** Buttons of a notice, typed where a network has none; a bare number may answer something else. */
const TYPED: readonly [wish: string, words: RegExp][] = [
  [
    'mine',
    /^(我的报名|我的活动|来不了|来不了，取消|活动详情|my sign-ups|my events|i cannot come(: cancel)?)$/,
  ],
  ['rate-latest', /^(打个分|打分|评价活动|rate it)$/],
]

/** What a typed line asks of the flow: a button's words, or the code on a poster (`签到 Kd8…`). */
function typedWish(text: string): string | null {
  const line = text.normalize('NFKC').trim()
  const [, key] = /^(?:签到|check in)\s*([\w-]{6,40})$/i.exec(line) ?? []
  if (key !== undefined) return `in-${key}`
  const word = line.toLowerCase().replace(',', '，')
  return TYPED.find(([, words]) => words.test(word))?.[0] ?? null
}

const LEAVE = { quickReplies: [{ value: '!menu', label: { key: 'policy.menu' } }] } as const

function wishOf({ view, id, key }: Data): Effect {
  if (view === 'districts' || view === 'mine') return requestData({ kind: view })
  if (view === 'in' || view === 'walk-in') {
    if (key !== null) return { type: 'intend', intent: { kind: 'event.arrive', key } }
  } else if (id !== null) {
    if (view === 'leave') return { type: 'intend', intent: { kind: 'event.leave', id } }
    if (view !== 'home') return requestData({ kind: view === 'one' ? 'one' : 'rate-ask', id })
  }
  return requestData({ kind: 'home' })
}

function samplesOf({ view, listed, districts, mine }: Data): Input[] {
  const choice = (value: string): Input => ({ type: 'choice', value })
  switch (view) {
    case 'districts':
      return [...districts.map((one) => choice(`d:${one}`)), { type: 'text', text: '这里' }]
    case 'one':
      return [choice('join'), choice('leave'), choice('home')]
    case 'mine':
      return [
        ...listed.map((one) => choice(`e:${one}`)),
        choice('home'),
        { type: 'text', text: '打个分' },
      ]
    case 'walk-in':
      return [choice('walk-in'), choice('home')]
    case 'rate':
      return [choice('s:5'), { type: 'text', text: '3' }]
    default:
      return [
        ...listed.map((one) => choice(`e:${one}`)),
        ...(mine ? [choice('mine')] : []),
        choice('districts'),
      ]
  }
}

function receiveChoice(data: Data, value: string): Transition<Data, Step> {
  const { id, key, view } = data
  const [, verb, of = ''] = /^([des]):(.+)$/.exec(value) ?? []
  if (value === 'home' || value === 'mine' || value === 'districts') {
    return look({ ...HOME, view: value })
  }
  if (verb === 'e') return look({ ...HOME, view: 'one', id: of })
  if (verb === 'd') {
    return intend({ kind: 'event.district', district: of }, HOME)
  }
  if (verb === 's' && view === 'rate' && id !== null && /^[1-5]$/.test(of)) {
    const stars = Number(of)
    return intend({ kind: 'event.rate', id, stars, words: null }, { ...data, stars })
  }
  if ((value === 'join' || value === 'leave') && id !== null) {
    return intend({ kind: `event.${value}`, id })
  }
  if (value === 'walk-in' && key !== null) {
    return intend({ kind: 'event.walk-in', key })
  }
  return { otherwise: { key: 'events.unclear' } }
}

function receiveReply(data: Data, reply: EventsReply, ctx: TurnContext): Transition<Data, Step> {
  const show = (next: Partial<Data>, ...effects: Effect[]): Transition<Data, Step> => ({
    wait: true,
    data: { ...HOME, ...next },
    effects,
  })
  switch (reply.kind) {
    case 'no-programme':
      return { end: true, effects: [say({ key: 'events.noProgramme' }, LEAVE)] }
    case 'districts': {
      const districts = reply.districts.map(({ id }) => id)
      return show({ view: 'districts', districts }, sayDistricts(reply))
    }
    case 'list': {
      const listed = reply.events.map(({ id }) => id)
      return show({ listed, mine: reply.mine > 0 }, sayList(reply))
    }
    case 'mine':
      return show({ view: 'mine', listed: reply.events.map(({ id }) => id) }, sayMine(reply))
    case 'one':
      return show({ view: 'one', id: reply.view.id }, sayEvent(reply.view, ctx))
    case 'gone':
      return show({}, sayPlain({ key: `events.gone-${reply.why}` }))
    case 'joined':
      return show({ view: 'one', id: reply.view.id }, sayJoined(reply.view, reply.again, ctx))
    case 'left':
      return show({ view: 'one', id: reply.id }, sayLeft(reply))
    case 'arrived':
      return show({ view: 'one', id: reply.id }, sayArrived(reply))
    case 'early': {
      const { id, title, from } = reply
      return show({ view: 'one', id }, sayPlain({ key: 'events.early', params: { title, from } }))
    }
    case 'over':
      return show({}, sayPlain({ key: 'events.over', params: { title: reply.title } }))
    case 'walk-in':
      return show({ view: 'walk-in', id: reply.id, key: data.key }, sayWalkIn(reply))
    case 'full': {
      const { id, title, number } = reply
      return show({ view: 'one', id }, sayPlain({ key: 'events.full', params: { title, number } }))
    }
    case 'rate':
      return show({ view: 'rate', id: reply.id }, sayRate(reply.title))
    case 'not-there':
      return show({}, sayPlain({ key: 'events.notThere', params: { title: reply.title } }))
    case 'rated':
      return { go: 'words', data }
  }
}

function intend(intent: EventIntent, data?: Data): Transition<Data, Step> {
  return {
    wait: true,
    effects: [{ type: 'intend', intent }],
    ...(data === undefined ? {} : { data }),
  }
}

function look(data: Data): Transition<Data, Step> {
  return { wait: true, again: true, data }
}

function requestData(ask: EventsAsk): Effect {
  return { type: 'request', requestId: ask.kind, query: { kind: 'events', ask } }
}
