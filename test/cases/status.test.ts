import { describe, expect, it } from 'vitest'
import type { LookUpAsk, LookUpReply } from '../../flows/cases/case-lookup/ask.ts'
import type { StatusAsk, StatusReply, WithdrawIntent } from '../../flows/cases/status/ask.ts'
import type { TurnContext } from '../../flows/engine/context.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { Flow, Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { STARTS } from '../../flows/starts.ts'
import { NUMBER, VIEW } from '../flows/case-replies.ts'
import { CTX, createPlayer } from '../helpers/play.ts'

const createTestStep = (all: readonly Flow[]) =>
  createStep({
    flows: all,
    home: 'menu',
    questions: 'policy-question',
    settings: 'settings',
    channelRedirect: 'elsewhere',
    starts: STARTS,
    looksLikeQuestion: (text) => text.endsWith('？'),
    isAnswer: isPolicyAnswer,
  })
const step = createTestStep(flows)
const choice = (value: string): Input => ({ type: 'choice', value })

type Asked = StatusAsk | LookUpAsk | WithdrawIntent

function play(answer: (asked: Asked) => StatusReply | LookUpReply, ctx: TurnContext = CTX) {
  const asks: unknown[] = []
  const player = createPlayer(
    step,
    {
      answer: () => ({ kind: 'refused' }),
      world: (asked) => {
        if (asked.kind !== 'lookUp' && asked.kind !== 'status' && asked.kind !== 'case.withdraw') {
          throw new Error(asked.kind)
        }
        const ask = 'ask' in asked ? asked.ask : asked
        asks.push(ask)
        const reply = answer(ask)
        return asked.kind === 'lookUp'
          ? { reply: { lookUp: reply as LookUpReply } }
          : {
              reply: { status: reply as StatusReply },
              saves: reply.kind === 'withdrawn' ? [() => []] : [],
            }
      },
    },
    ctx,
  )
  return { player, asks }
}

describe('words that open a flow', () => {
  it.each(['进度', ' 查进度。', '/status', 'STATUS', 'My application', '我的申请'])(
    '%j',
    (word) => {
      const { player } = play(() => ({ kind: 'none' }))
      expect(player.said(word)).toEqual(['status.none'])
    },
  )

  it.each(['进度条', '我的申请书写好了', 'status quo'])('not %j', (words) => {
    const { player, asks } = play(() => ({ kind: 'none' }))
    player.send(words)
    expect(asks).toEqual([])
  })

  it('are each of one flow', () => {
    const [menu] = flows
    if (menu === undefined) throw new Error('no menu')
    const twin: Flow = { ...menu, id: 'twin', words: ['Status'] }
    expect(() => createTestStep([...flows, twin])).toThrow('both status and twin')
  })

  it('leave the form that was open as it was', () => {
    const { player } = play((ask) =>
      ask.kind === 'number'
        ? { kind: 'number', number: NUMBER }
        : { kind: 'shown', view: VIEW, several: false },
    )
    player.send('凭编号查进度')
    expect(player.said(NUMBER)).toEqual(['status.askLastSix'])
    expect(player.said('进度')[0]).toBe('status.head')
    expect(player.said('返回')).toEqual(['status.askLastSix'])
  })
})

describe('status', () => {
  it('asks for all only where the channel may carry it', () => {
    const world = () => ({ kind: 'none' }) as const
    const on = play(world)
    on.player.send('进度')
    expect(on.asks).toEqual([{ kind: 'cases', number: null, personal: true }])
    const off = play(world, { ...CTX, personalData: false })
    off.player.send('进度')
    expect(off.asks).toEqual([{ kind: 'cases', number: null, personal: false }])
  })

  it('offers only what can be done', () => {
    const { player } = play(() => ({
      kind: 'shown',
      view: { ...VIEW, canWithdraw: false, canSupplement: false, canGiveAccount: false },
      several: false,
    }))
    const [said] = player.send('进度').spoken
    const values = said?.message.quickReplies?.map(({ value }) => value)
    expect(values).toEqual(['!case-lookup', '!menu'])
    expect(player.said('撤回')).toEqual(['status.unclear', 'status.head', VIEW.progress, ...REST])
  })

  it.each([
    ['an old case of theirs', `GY18 02 000012`],
    ['full width', 'ｇｙ18-02-000012'],
  ])('looks at a number as it is typed: %s', (_, typed) => {
    const { player, asks } = play(() => ({ kind: 'not-theirs' }))
    player.send('进度')
    expect(player.said(typed)).toEqual(['status.notTheirs'])
    expect(asks.at(-1)).toMatchObject({ number: typed.normalize('NFKC') })
  })

  it('opens at a number', () => {
    const { player, asks } = play(() => ({ kind: 'shown', view: VIEW, several: true }))
    player.send({ type: 'command', name: 'start', payload: `status-${NUMBER}` })
    expect(asks).toEqual([{ kind: 'cases', number: NUMBER, personal: true }])
  })

  it.each<[string, Input]>([
    ['a photo', { type: 'media', kind: 'image', mediaId: 'x' }],
    ['a place', { type: 'location', lat: 26.6, lon: 106.6 }],
    ['an unknown option', choice('nonsense')],
    ['nonsense', { type: 'text', text: '啊啊啊' }],
    ['nothing', { type: 'text', text: '' }],
  ])('says what to do about %s, and shows the case again', (_, input) => {
    const { player } = play(() => ({ kind: 'shown', view: VIEW, several: false }))
    player.send('进度')
    const said = player.said(input)
    expect(said[0]).toBe('status.unclear')
    expect(said[1]).toBe('status.head')
  })

  it('stores the move of a withdrawal, in its own turn', () => {
    const { player, asks } = play((ask) =>
      ask.kind === 'case.withdraw'
        ? { kind: 'withdrawn', number: NUMBER }
        : { kind: 'shown', view: VIEW, several: false },
    )
    player.send('进度')
    expect(player.said(choice('withdraw'))).toEqual(['status.confirm'])
    const { records, spoken } = player.send('是')
    expect(asks.at(-1)).toEqual({ kind: 'case.withdraw', number: NUMBER })
    expect(records.map(({ record }) => record.kind)).toEqual(['planned'])
    expect(spoken[0]?.message.text).toMatchObject({ key: 'status.withdrawn' })
    expect(player.state?.stack.map(({ flow }) => flow)).toEqual(['menu'])
  })
})

describe('look-up', () => {
  const world =
    (last: LookUpReply) =>
    (ask: Asked): LookUpReply =>
      ask.kind === 'number' ? { kind: 'number', number: NUMBER } : last

  it('goes back by one question, and keeps what was said', () => {
    const { player } = play(world({ kind: 'found', view: VIEW }))
    player.send(choice('!case-lookup'))
    player.send(NUMBER)
    expect(player.said('01002x')).toEqual(['status.askName'])
    expect(player.said('返回')).toEqual(['status.askLastSix'])
    player.send('520102190001010009')
    expect(player.said('张三')[0]).toBe('status.head')
  })

  it.each(['', '12345', '1234567', '二一〇〇〇九', 'ABCDEF'])('last six: %j is none', (typed) => {
    const { player, asks } = play(world({ kind: 'not-found' }))
    player.send(choice('!case-lookup'))
    player.send(NUMBER)
    expect(player.said(typed)).toEqual(['status.lastSixUnclear', 'status.askLastSix'])
    expect(asks).toHaveLength(1)
  })

  it.each(['', '  ', '13900139000', '张3', '名'.repeat(61)])('name: %j is none', (typed) => {
    const { player, asks } = play(world({ kind: 'not-found' }))
    player.send(choice('!case-lookup'))
    player.send(NUMBER)
    player.send('010009')
    expect(player.said(typed)).toEqual(['status.nameUnclear', 'status.askName'])
    expect(asks).toHaveLength(1)
  })

  it('begins anew after a proof that does not fit, and ends after too many', () => {
    const { player } = play(world({ kind: 'not-found' }))
    player.send(choice('!case-lookup'))
    player.send(NUMBER)
    player.send('010009')
    expect(player.said('张三')).toEqual(['status.notFound', 'status.askNumber'])
    expect(player.state?.stack.at(-1)?.data).toEqual({ number: '', lastSix: '' })
    const blocked = play(world({ kind: 'too-many' })).player
    blocked.send(choice('!case-lookup'))
    blocked.send(NUMBER)
    blocked.send('010009')
    expect(blocked.said('张三')).toEqual(['status.tooMany'])
    expect(JSON.stringify(blocked.state)).not.toContain('010009')
  })
})

const REST = [
  'status.missing',
  'status.reasons',
  'status.words',
  'status.decides',
  'not paid yet',
  ...VIEW.notes,
]
