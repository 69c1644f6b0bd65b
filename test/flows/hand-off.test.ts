import { describe, expect, it } from 'vitest'
import type { TurnContext } from '../../flows/engine/context.ts'
import type { Intent, Query } from '../../flows/engine/queries.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { Effect, Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'
import { CTX, createPlayer } from '../helpers/play.ts'
import { worldReplies } from './world-replies.ts'

const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion,
  isAnswer: isPolicyAnswer,
})
/** Knows nothing but who greets. */
const policy = {
  answer: (query: { kind: string; question?: string }) =>
    query.question === '你好'
      ? ({ kind: 'guarded', guard: 'greeting', name: '' } as const)
      : ({ kind: 'refused' } as const),
  world: (asked: Query | Intent) => ({ reply: worldReplies(asked)[0] ?? {} }),
}
const OPEN = {
  open: true,
  opens: { day: 'today', time: '14:00', holidaysKnown: true },
  waitMinutes: null,
} as const

function play(change: Partial<TurnContext> = {}) {
  return createPlayer(step, policy, { ...CTX, ...change })
}

/** Goes on with the state of a player, while staff have the conversation. */
function waiting(
  before: ReturnType<typeof createPlayer>,
  change: Partial<TurnContext> = {},
  tell = false,
) {
  const player = play({ handoff: { tell, over: null }, ...change })
  player.set(before.state)
  return player
}

/** Half-way through an application. */
function inForm(change: Partial<TurnContext> = {}) {
  const player = play(change)
  player.send({ type: 'choice', value: '!apply' })
  player.send({ type: 'choice', value: 'agree' })
  expect(player.state?.stack.at(-1)).toMatchObject({ flow: 'apply', step: 'asking' })
  return player
}

const inLocale = (locale: Locale) => ({ locale })

describe('a hand-off', () => {
  it.each(LOCALES)('opens by a word, a button or a command, and says when (%s)', (locale) => {
    const ways: (Input | string)[] = [
      locale === 'en' ? 'person' : '人工',
      { type: 'choice', value: '!person' },
      { type: 'command', name: 'person' },
    ]
    for (const way of ways) {
      const outcome = play({ ...inLocale(locale), office: () => OPEN }).send(way)
      expect(outcome.handoff).toBe('asked')
      const [said] = outcome.spoken
      expect(said?.message.text).toEqual([
        { key: 'common.person' },
        { key: 'handoff.open' },
        { key: 'handoff.silent' },
      ])
      expect(said?.message.quickReplies?.map(({ value }) => value)).toEqual(['!bot'])
      expect(said?.message.numbered).toBe(false)
      expect(outcome.spoken).toHaveLength(1)
    }
  })

  it('says when the office opens, and how long others waited where that is known', () => {
    const closed = { open: false, opens: { day: 1, time: '9:00', holidaysKnown: true } } as const
    expect(
      play({ office: () => ({ ...closed, waitMinutes: 20 }) })
        .said('人工')
        .slice(1, 3),
    ).toEqual(['handoff.opens-1', 'handoff.waitMinutes'])
    expect(play({ office: () => ({ ...closed, waitMinutes: 200 }) }).said('人工')[2]).toBe(
      'handoff.waitHours',
    )
    expect(play().said('人工')).toEqual(['common.person', 'handoff.silent'])
  })

  it('opens where two policy questions in a row have no answer, and not before', () => {
    const player = play()
    expect(player.send('珠峰多高').handoff).toBeNull()
    const second = player.send('太阳多远')
    expect(second.handoff).toBe('not-answered')
    expect(second.spoken.map(({ message }) => message.text)).toEqual([
      [{ key: 'handoff.refusedTwice' }, { key: 'handoff.silent' }],
    ])
    expect(second.records.map(({ record }) => record.kind)).toEqual(['unanswered-question'])
    // Counted anew once the bot is back.
    expect(player.send('月亮多远').handoff).toBeNull()
  })

  it('does not where something else was said in between', () => {
    for (const between of ['菜单', '你好', '帮助']) {
      const player = play()
      player.send('珠峰多高')
      player.send(between)
      expect(player.send('太阳多远').handoff, between).toBeNull()
    }
  })
})

describe('while staff have the conversation', () => {
  it('is silent whatever is said, and touches nothing', () => {
    const before = inForm()
    before.send('人工')
    const kept = before.state
    const player = waiting(before)
    const inputs: (Input | string)[] = [
      '我的身份证丢了',
      '1',
      '520113196001010005',
      { type: 'media', kind: 'image', mediaId: 'm' },
      { type: 'media', kind: 'voice', mediaId: 'm' },
      { type: 'contact', phone: '13900000001', own: true },
      { type: 'location', lat: 1, lon: 1 },
      { type: 'unsupported', what: 'edit' },
    ]
    for (const input of inputs) {
      const { spoken, records, handoff, handedBack, path } = player.send(input)
      expect({ spoken, records, handoff, handedBack, path }).toEqual({
        spoken: [],
        records: [],
        handoff: null,
        handedBack: false,
        path: [],
      })
      expect(player.state).toEqual(kept)
    }
  })

  it('says once in a while why nobody speaks', () => {
    expect(waiting(inForm(), {}, true).said('还在吗')).toEqual(['handoff.still', 'handoff.silent'])
  })

  it('answers what is meant for the bot: commands and buttons, in one line', () => {
    const player = waiting(inForm())
    for (const input of [
      '菜单',
      '取消',
      { type: 'choice', value: '!apply' },
      { type: 'choice', value: 'nanming' },
      { type: 'command', name: 'start', payload: 'apply' },
    ] as const) {
      expect(player.said(input)).toEqual(['handoff.paused'])
    }
    expect(player.said('人工')).toEqual(['handoff.already', 'handoff.silent'])
    expect(player.send('人工').handoff).toBeNull()
  })

  it('says what to do with a file that was not kept', () => {
    const input = { type: 'media', kind: 'image', mediaId: 'm', problem: 'too-large' } as const
    expect(waiting(inForm()).said(input)).toEqual(['file.too-large'])
  })

  it('lets go of notices, and changes the language', () => {
    const player = waiting(inForm())
    expect(player.send('退订').records.map(({ record }) => record.kind)).toEqual(['opt-out'])
    const changed = player.send('English')
    expect(changed.records.map(({ record }) => record)).toEqual([{ kind: 'locale', locale: 'en' }])
    expect(changed.spoken[0]?.locale).toBe('en')
  })
})

describe('the way back', () => {
  it.each([
    ['zh-Hans', '返回机器人'],
    ['zh-Hans', '/bot'],
    ['en', 'Back to the bot'],
    ['en', 'back to bot.'],
  ] as const)('leads to the very step with the draft intact (%s, %s)', (locale, word) => {
    const before = inForm(inLocale(locale))
    const kept = before.state
    before.send({ type: 'command', name: 'person' })
    const player = waiting(before, inLocale(locale))
    player.send('anything at all')
    const back = player.send(word)
    expect(back.handedBack).toBe(true)
    const said = back.spoken.flatMap(({ message }) => [message.text].flat())
    expect(said[0]).toEqual({ key: 'handoff.back' })
    expect(JSON.stringify(said)).toContain('name?')
    expect(player.state).toEqual(kept)
  })

  it('says whose doing it is', () => {
    const before = play()
    before.send('人工')
    for (const [over, key] of [
      ['staff', 'handoff.closed'],
      ['time', 'handoff.timedOut'],
    ] as const) {
      const player = waiting(before, { handoff: { tell: false, over } })
      expect(player.said({ type: 'command', name: 'bot' })).toEqual([key, 'handoff.ask'])
    }
  })

  it('after a bug begins at home, with what was half-filled set aside', () => {
    const before = inForm()
    before.set({ ...(before.state as NonNullable<typeof before.state>), status: 'failed' })
    const player = waiting(before)
    player.send('还在吗')
    expect(player.state?.status).toBe('failed')
    expect(player.said('返回机器人')).toEqual(['handoff.back', 'handoff.ask'])
    expect(player.state?.status).toBe('waiting')
    expect(Object.keys(player.state?.parked ?? {})).toEqual(['apply'])
  })

  it('is nothing new where nobody waits', () => {
    const outcome = play().send('返回机器人')
    expect(outcome.handedBack).toBe(false)
    expect(outcome.spoken[0]?.message.text).toEqual({ key: 'handoff.here' })
  })
})

describe("a flow's wish", () => {
  it('opens one too, and asks nothing more', () => {
    const wish: Effect = { type: 'handoff', reason: 'asked' }
    const menu = flows.find(({ id }) => id === 'menu')
    if (menu === undefined) throw new Error('no menu')
    const wishing = {
      ...menu,
      id: 'wishing',
      words: ['许愿'],
      open: () => ({ end: true, effects: [wish, wish] }) as const,
    }
    const own = createStep({
      flows: [...flows, wishing],
      home: 'menu',
      questions: 'policy-question',
      settings: 'settings',
      channelRedirect: 'elsewhere',
      looksLikeQuestion,
      isAnswer: isPolicyAnswer,
    })
    const outcome = createPlayer(own, policy, CTX).send('许愿')
    expect(outcome.handoff).toBe('asked')
    expect(outcome.spoken).toHaveLength(1)
  })
})
