import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { menuFlow } from '../../flows/conversation/menu/flow.ts'
import { commandOf, commandOfNumber } from '../../flows/engine/commands.ts'
import { say, setupFlow } from '../../flows/engine/define.ts'
import { resolveOffered, stamp } from '../../flows/engine/offered.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { Flow } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { policyQuestionFlow } from '../../flows/knowledge/policy-question/flow.ts'
import { settingsFlow } from '../../flows/people/settings/flow.ts'
import { CTX, createPlayer } from '../helpers/play.ts'
import { answer, everyReply, OPENINGS } from './every-reply.ts'
import { formFlow } from './form-flow.ts'
import { inspect } from './inspect.ts'

function createTestStep(all: readonly Flow[]) {
  return createStep({
    flows: all,
    home: 'menu',
    questions: 'policy-question',
    settings: 'settings',
    channelRedirect: 'elsewhere',
    looksLikeQuestion: (text) => /[??吗]$|多少/.test(text),
    isAnswer: isPolicyAnswer,
  })
}
const withForm = [menuFlow, policyQuestionFlow, settingsFlow, formFlow]
const step = createTestStep(withForm)
const play = () => createPlayer(step, { answer })
const openForm = { type: 'choice', value: '!form' } as const

describe('global commands', () => {
  it.each([
    ['菜单', 'menu'],
    ['/menu', 'menu'],
    [' Menu. ', 'menu'],
    ['返回', 'back'],
    ['取消', 'cancel'],
    ['重来', 'restart'],
    ['帮助', 'help'],
    ['?', 'help'],
    ['人工', 'person'],
    ['语言', 'language'],
    ['English', 'language'],
    ['退订', 'stop'],
    ['STOP', 'stop'],
    ['HUMAN!', 'person'],
  ])('%s is %s', (text, name) => {
    expect(commandOf(text)).toMatchObject({ type: 'command', name })
  })

  it.each(['菜单在哪里', '我要人工智能', 'constructor', '', '退伍军人'])('%j is none', (text) => {
    expect(commandOf(text)).toBeNull()
  })

  it('has numbers that no option uses', () => {
    expect(commandOfNumber('0')).toMatchObject({ name: 'menu' })
    expect(commandOfNumber('01')).toMatchObject({ name: 'back' })
    expect(commandOfNumber('１')).toBeNull()
  })

  it('back returns to the question before, with its answer kept until it is given anew', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    expect(player.said({ type: 'command', name: 'back' })).toEqual(['name?'])
    expect(player.said('李四')).toEqual(['李四, how many?'])
  })

  it('leaving a form keeps it and coming back goes on at the same question', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    expect(player.said('取消')[0]).toBe('common.cancelledKept')
    expect(player.said('钱多少')[0]).toBe('每户4.5万元。')
    expect(player.said(openForm)).toEqual(['common.resumed', '张三, how many?'])
  })

  it('help, person and language leave the question open', () => {
    const player = play()
    player.send(openForm)
    expect(player.said('帮助').at(-1)).toBe('name?')
    const asked = player.send('人工')
    expect(asked.handoff).toBe('asked')
    expect(asked.spoken).toHaveLength(1)
    const changed = player.send('English')
    expect(changed.records[0]?.record).toEqual({ kind: 'locale', locale: 'en' })
    expect(changed.spoken.every(({ locale }) => locale === 'en')).toBe(true)
  })

  it('restart asks before it throws anything away, and begins the same flow anew', () => {
    const player = play()
    player.send(openForm)
    expect(player.said('重来')).toEqual(['common.restarted', 'name?'])
    player.send('张三')
    expect(player.said('重来')).toEqual(['common.restartAsk'])
    expect(player.said('不')).toEqual(['张三, how many?'])
    expect(player.said('重来')).toEqual(['common.restartAsk'])
    // A word along the way is no yes to that, and the question is then no more open.
    expect(player.said('嗯')).not.toContain('common.restarted')
    expect(player.said('是')).not.toContain('common.restarted')
    expect(player.said('重来')).toEqual(['common.restartAsk'])
    expect(player.said('3')).toEqual(['plan?'])
    player.send('重来')
    expect(player.said('是')).toEqual(['common.restarted', 'name?'])
  })

  it('back stays at the first step of a form, and help explains the step', () => {
    const player = play()
    player.send(openForm)
    expect(player.said('返回')).toEqual(['talk.firstStep', 'name?'])
    expect(player.state?.stack.at(-1)?.flow).toBe('form')
  })

  it('offers a person and to put it aside after three answers of no use', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    player.send('若干')
    player.send('一群')
    const { spoken } = player.send('数都数不过来')
    const values = spoken.flatMap(({ message }) => message.quickReplies ?? []).map((r) => r.value)
    expect(values).toEqual(expect.arrayContaining(['!person', '!cancel']))
  })
})

describe('a policy question in the middle of a form', () => {
  it('is answered, and the same question is asked again with nothing lost', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    const said = player.said('钱多少')
    expect(said[0]).toBe('每户4.5万元。')
    expect(said.at(-1)).toBe('张三, how many?')
    expect(player.said('3')).toEqual(['plan?'])
  })

  it('is recognised by its form where any text would be an answer', () => {
    const player = play()
    player.send(openForm)
    expect(player.said('补多少钱?').at(-1)).toBe('name?')
    expect(player.said('钱多多')).toEqual(['钱多多, how many?'])
  })

  it('gives a text back to the field when the policy does not know it', () => {
    const player = play()
    player.send(openForm)
    expect(player.said('你吃了吗')).toEqual(['你吃了吗, how many?'])
  })

  it('says what is wrong when it is neither answer nor question', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    expect(player.said('很多')).toEqual(['not a number: 很多', '张三, how many?'])
  })
})

describe('quick replies', () => {
  const offered = {
    turn: 7,
    numbered: true,
    replies: [
      { value: stamp('tea', 7), label: '茶叶' },
      { value: '!menu', label: '菜单' },
    ],
  }

  it.each([
    ['1', { type: 'choice', value: 'tea', stale: false }],
    ['１', { type: 'choice', value: 'tea', stale: false }],
    ['1、', { type: 'choice', value: 'tea', stale: false }],
    ['茶叶', { type: 'choice', value: 'tea', stale: false }],
    ['2', { type: 'choice', value: '!menu' }],
    ['01', { type: 'command', name: 'back' }],
    ['3', { type: 'text', text: '3' }],
    ['茶', { type: 'text', text: '茶' }],
  ])('typed %s', (text, input) => {
    expect(resolveOffered({ type: 'text', text }, offered)).toEqual(input)
  })

  it('a number is itself where the question asks for one', () => {
    expect(resolveOffered({ type: 'text', text: '1' }, { ...offered, numbered: false })).toEqual({
      type: 'text',
      text: '1',
    })
  })

  it('an old button is known as old, a global one never ages', () => {
    const old = resolveOffered({ type: 'choice', value: stamp('tea', 3) }, offered)
    expect(old).toEqual({ type: 'choice', value: 'tea', stale: true })
    const global = resolveOffered({ type: 'choice', value: '!form' }, offered)
    expect(global).toEqual({ type: 'choice', value: '!form' })
    const player = play()
    player.send(openForm)
    expect(player.said(old)).toEqual(['common.oldButton', 'name?'])
  })
})

describe('versions', () => {
  it('carries a run of version 1 into version 2 and to the end', () => {
    const player = play()
    player.set({
      status: 'waiting',
      stack: [
        { flow: 'menu', version: 1, step: 'home', data: {}, trail: [] },
        {
          flow: 'form',
          version: 1,
          step: 'askHeadcount',
          data: { name: '王五' },
          trail: ['askName'],
        },
      ],
      parked: {},
    })
    expect(player.said('4')).toEqual(['plan?'])
    expect(
      player.send({ type: 'choice', value: 'tea' }).state.stack.map(({ flow }) => flow),
    ).toEqual(['menu'])
  })

  it('throws for a version it cannot read, so that nobody is reset in silence', () => {
    const player = play()
    player.set({
      status: 'waiting',
      stack: [{ flow: 'form', version: 9, step: 'askName', data: {}, trail: [] }],
      parked: {},
    })
    expect(() => player.send('张三')).toThrow('newer')
  })

  it('begins at home after a failure and keeps the half-filled form', () => {
    const player = play()
    player.send(openForm)
    player.send('张三')
    const state = player.state
    if (state === null) throw new Error('no state')
    player.set({ ...state, status: 'failed' })
    expect(player.said('菜单')).toEqual(['menu.greeting'])
    expect(player.said(openForm)).toEqual(['common.resumed', '张三, how many?'])
  })
})

describe('loops', () => {
  it('stops a flow that walks in a circle', () => {
    const { defineFlow } = setupFlow<object, 'a'>()
    const circle = defineFlow({
      id: 'circle',
      version: 1,
      data: z.object({}),
      initial: {},
      start: 'a',
      help: { key: 'menu.help' },
      steps: {
        a: {
          enter: () => [say({ text: 'a' })],
          receive: () => ({ call: 'circle', resumeAt: 'a' }),
          samples: () => [],
        },
      },
      open: () => ({ call: 'circle2', resumeAt: 'a' }),
      migrations: {},
    })
    const other = { ...circle, id: 'circle2', open: () => ({ call: 'circle3', resumeAt: 'a' }) }
    const third = { ...circle, id: 'circle3', open: () => ({ go: 'a' }) }
    const looping = createTestStep([...withForm, circle, other, third])
    const result = looping(null, { type: 'choice', value: '!circle' }, CTX)
    expect(result.path).toEqual(['circle3.a'])
  })
})

describe('inspect', () => {
  it('finds an exit, a help, a back and a person in every state of our flows', () => {
    const all = createTestStep(flows)
    expect(
      inspect({ step: all, flows, ctx: CTX, answersTo: everyReply, openings: OPENINGS }),
    ).toEqual([])
    expect(inspect({ step, flows: withForm, ctx: CTX, answersTo: everyReply })).toEqual([])
  }, 120_000)

  it('finds a dead end, a silent step and one that is never reached', () => {
    const broken: Flow = {
      ...formFlow,
      steps: {
        ...formFlow.steps,
        askPeople: { ...formFlow.steps.askPeople, receive: () => ({ wait: true }) },
      },
    }
    const all = [menuFlow, policyQuestionFlow, settingsFlow, broken]
    const problems = inspect({
      step: createTestStep(all),
      flows: all,
      ctx: CTX,
      answersTo: everyReply,
    })
    const named = new Set(problems.map((found) => `${found.step}: ${found.problem}`))
    expect(named).toContain('askPeople: a dead end')
    expect(named).toContain('askPlan: never reached')
    expect([...named].some((problem) => problem.startsWith('askPeople: silent'))).toBe(true)
  })
})
