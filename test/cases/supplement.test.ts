import { describe, expect, it } from 'vitest'
import type {
  Progress,
  RequestedItem,
  ResubmitIntent,
  SupplementAsk,
  SupplementReply,
} from '../../flows/cases/supplement/ask.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { FileProblem, Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import type { AskedField } from '../../flows/programme/form/dialog/asked.ts'
import { asked, NUMBER } from '../flows/case-replies.ts'
import { createPlayer } from '../helpers/play.ts'

const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion: (text) => text.endsWith('？'),
  isAnswer: isPolicyAnswer,
})
const choice = (value: string): Input => ({ type: 'choice', value })
const photo = (mediaId: string, problem?: FileProblem): Input => ({
  type: 'media',
  kind: 'image',
  mediaId,
  ...(problem === undefined ? {} : { problem }),
})

const PURPOSE: AskedField = {
  kind: 'field',
  id: 'purpose',
  answerKind: 'typed',
  text: 'purpose?',
  explain: 'why',
  options: [],
  canSkip: false,
  canBeUnsure: false,
}
const CARD: RequestedItem = { kind: 'document', id: 'card', name: '身份证', why: 'who', files: 0 }
const REVIEW: RequestedItem = {
  kind: 'review',
  lines: [
    { key: 'field:purpose', label: '用途', line: 'x' },
    { key: 'document:card', label: '身份证', line: 'y' },
  ],
}
const nextOf = ({ answers, sent, office }: Progress): RequestedItem =>
  answers.purpose === undefined ? PURPOSE : sent.length + office.length === 0 ? CARD : REVIEW

/** A return that asks for a purpose and a card; `meanwhile` may say otherwise. */
function play(
  meanwhile: (ask: SupplementAsk | ResubmitIntent) => SupplementReply | undefined = () => undefined,
) {
  const asks: (SupplementAsk | ResubmitIntent)[] = []
  const player = createPlayer(step, {
    answer: () => ({ kind: 'refused' }),
    world: (wanted) => {
      if (wanted.kind !== 'supplement' && wanted.kind !== 'case.resubmit') {
        throw new Error(wanted.kind)
      }
      const ask = 'ask' in wanted ? wanted.ask : wanted
      asks.push(ask)
      const supplement = meanwhile(ask) ?? replyTo(ask)
      return {
        reply: { supplement },
        saves: supplement.kind === 'resubmitted' ? [() => []] : [],
      }
    },
  })
  return { player, asks }
}

function replyTo(ask: SupplementAsk | ResubmitIntent): SupplementReply {
  if (ask.kind === 'case.resubmit') {
    return { kind: 'resubmitted', number: NUMBER, next: 'n', office: [] }
  }
  if (ask.kind === 'next-piece') {
    const { editing, progress } = ask
    const answer = typeof progress.answers.purpose === 'string' ? progress.answers.purpose : null
    if (editing === 'field:purpose') return asked({ ...PURPOSE, answer })
    return asked(editing === 'document:card' ? CARD : nextOf(progress))
  }
  const typed = typeof ask.said === 'object' && 'typed' in ask.said ? ask.said.typed : ''
  return typed.length < 4
    ? { kind: 'problem', problem: { text: 'too short' }, typed }
    : { kind: 'heard', answers: { ...ask.progress.answers, purpose: typed }, note: null }
}

describe('supplement', () => {
  it.each(['补材料', '补正。', 'Supplement'])('%s opens it at the first piece', (word) => {
    expect(play().player.said(word)).toEqual(['supplement.field'])
  })

  it('takes an answer, a file, and hands in with one tap', () => {
    const { player, asks } = play()
    player.send('补材料')
    expect(player.said('买一台炒茶机')).toEqual(['supplement.document'])
    const sent = player.send(photo('f1'))
    expect(sent.records.map(({ record }) => record)).toEqual([
      { kind: 'attachment', attachmentId: 'f1', document: 'card', caseId: 'case-1' },
    ])
    player.send(photo('f2'))
    expect(player.said('下一样')).toContain('supplement.review')
    const done = player.send(choice('submit'))
    expect(asks.at(-1)?.kind).toBe('case.resubmit')
    expect(done.records.map(({ record }) => record.kind)).toEqual(['planned'])
    expect(player.state?.stack.map(({ flow }) => flow)).toEqual(['menu'])
    expect(player.state?.parked).toEqual({})
  })

  it.each(['', '短', '1', '   '])('keeps asking after %j, with what is wrong', (typed) => {
    const { player } = play()
    player.send('补材料')
    expect(player.said(typed)).toEqual(['too short', 'supplement.field'])
  })

  it('answers a face in kind and asks again', () => {
    const { player } = play()
    player.send('补材料')
    expect(player.said('🙂')).toEqual(['talk.nod', 'supplement.field'])
  })

  it.each<FileProblem>(['too-large', 'wrong-kind', 'empty', 'unavailable', 'too-many', 'not-here'])(
    'says of a file that is %s what to do, and takes nothing',
    (problem) => {
      const { player } = play()
      player.send('补材料')
      player.send('买一台炒茶机')
      const said = player.send(photo('f1', problem))
      expect(said.records).toEqual([])
      expect(said.spoken[0]?.message.text).toEqual({ key: `file.${problem}` })
      expect(said.spoken[1]?.message.text).toMatchObject({ key: 'supplement.document' })
    },
  )

  it('asks for words where a photo comes instead, and for a file before the next', () => {
    const { player } = play()
    player.send('补材料')
    expect(player.said(photo('f1'))).toEqual(['supplement.wordsFirst', 'supplement.field'])
    player.send('买一台炒茶机')
    expect(player.said('好了')).toEqual(['supplement.noFileYet', 'supplement.document'])
    expect(player.said('啊啊啊')).toEqual(['supplement.documentUnclear', 'supplement.document'])
    expect(player.said({ type: 'location', lat: 1, lon: 1 })[0]).toBe('supplement.documentUnclear')
  })

  it('goes back piece by piece, and by number from the review', () => {
    const { player, asks } = play()
    player.send('补材料')
    player.send('买一台炒茶机')
    expect(player.said(choice('office'))).toContain('supplement.review')
    expect(player.said('9')[0]).toBe('supplement.reviewUnclear')
    expect(player.said('改1')).toEqual(['apply.askedAgain'])
    expect(player.said('返回')).toContain('supplement.review')
    player.send('改1')
    expect(player.said('买一台烘干机')).toContain('supplement.review')
    expect(player.said('返回')).toEqual(['supplement.document'])
    expect(player.said('返回')).toEqual(['apply.askedAgain'])
    expect(player.said('返回')).toEqual(['talk.firstStep', 'apply.askedAgain'])
    expect(player.said('不改')).toContain('supplement.review')
    expect(asks.at(-1)).toMatchObject({ progress: { answers: { purpose: '买一台烘干机' } } })
  })

  it('is kept when it is left, and goes on where it was', () => {
    const { player, asks } = play()
    player.send('补材料')
    player.send('买一台炒茶机')
    expect(player.said('取消')[0]).toBe('common.cancelledKept')
    expect(player.said('补材料')).toEqual(['common.resumed', 'supplement.document'])
    expect(asks.at(-1)?.progress.answers).toEqual({ purpose: '买一台炒茶机' })
  })

  it('goes by the new list where staff have moved the case', () => {
    const { player, asks } = play((ask) =>
      ask.kind === 'case.resubmit' ? asked(CARD, { changed: true, version: 4 }) : undefined,
    )
    player.send('补材料')
    player.send('买一台炒茶机')
    player.send('我带到微企办')
    expect(player.said('提交')).toEqual(['supplement.changed', 'supplement.document'])
    player.send('我带到微企办')
    expect(asks.at(-1)?.progress).toMatchObject({ version: 4, office: ['card'] })
  })

  it('ends kindly where the case is with somebody else', () => {
    const { player } = play((ask) =>
      ask.kind === 'case.resubmit'
        ? { kind: 'nothing', case: { number: NUMBER, stage: '已提交' } }
        : undefined,
    )
    player.send('补材料')
    player.send('买一台炒茶机')
    player.send(choice('office'))
    expect(player.said('提交')).toEqual(['supplement.nothing'])
    expect(player.state?.stack.map(({ flow }) => flow)).toEqual(['menu'])
  })
})
