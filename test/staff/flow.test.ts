import { describe, expect, it } from 'vitest'
import { menuFlow } from '../../flows/conversation/menu/flow.ts'
import type { Intent, Query, QueryReply } from '../../flows/engine/queries.ts'
import { createStep } from '../../flows/engine/step.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { policyQuestionFlow } from '../../flows/knowledge/policy-question/flow.ts'
import { settingsFlow } from '../../flows/people/settings/flow.ts'
import type { StaffQuery, StaffReply } from '../../flows/staff/ask.ts'
import { staffFlow } from '../../flows/staff/flow.ts'
import { inspect } from '../flows/inspect.ts'
import { staffReplies } from '../flows/staff-replies.ts'
import { CTX, createPlayer } from '../helpers/play.ts'

const flows = [menuFlow, policyQuestionFlow, settingsFlow, staffFlow]
const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion: (text) => /[?？吗]$/.test(text),
  isAnswer: isPolicyAnswer,
})
/** The last kind of answer that the world may give, which is the one that goes on. */
const play = (
  staffReply: (ask: StaffQuery) => StaffReply | undefined = (ask) => staffReplies(ask).at(-1),
) =>
  createPlayer(step, {
    answer: () => ({ kind: 'refused' }),
    world: (asked) => {
      const staff = asked.kind === 'staff' ? staffReply(asked.ask) : undefined
      return { reply: staff === undefined ? {} : { staff } }
    },
  })

it('has an exit, a help, a back and a person in every state', () => {
  const OPENINGS = ['yes', 'no'].map(
    (answer) => ({ type: 'choice', value: `!staff:access ${answer} a1` }) as const,
  )
  const answersTo = (asked: Query | Intent): readonly QueryReply[] =>
    asked.kind === 'staff'
      ? staffReplies(asked.ask).map((staff) => ({ staff }))
      : [{ policy: { kind: 'refused' } }]
  expect(inspect({ step, flows, ctx: CTX, answersTo, openings: OPENINGS })).toEqual([])
}, 30_000)

describe('a typed line', () => {
  it.each([
    ['/queue', 'queue'],
    ['/QUEUE@our_bot', 'queue'],
    ['/case gy18-01-000018', 'case gy18-01-000018'],
    ['/staff K7MP-3WXQ', 'code K7MP-3WXQ'],
    ['工作人员 K7MP3WXQ', 'code K7MP3WXQ'],
    ['／staff K7MP3WXQ', 'code K7MP3WXQ'],
    ['工作人员', 'staff'],
  ])('%s', (text, value) => {
    expect(staffFlow.typed?.(text)).toBe(value)
  })

  it.each(['queue', '/queue now', '/menu', '工作人员几点上班', 'case 1', ''])(
    '%j is none of ours',
    (text) => {
      expect(staffFlow.typed?.(text)).toBeNull()
    },
  )
})

it('tells a stranger nothing but that the chat is not linked', () => {
  const player = play(() => ({ kind: 'stranger' }))
  for (const line of [
    '/queue',
    '/case GY18-01-000018',
    '/broadcast',
    '/approve',
    '/inbox',
    '/staff',
  ]) {
    expect(player.said(line)).toEqual(['staff.stranger'])
  }
})

it('takes words with a question mark as words of a broadcast', () => {
  const player = play()
  expect(player.said('/broadcast')).toEqual(['staff.askTitle'])
  expect(player.said('三月宣传月')).toEqual(['staff.askZh'])
  expect(player.said('您想开一家小店吗？')).toEqual(['staff.askEn'])
})

it('asks for reasons, pieces and words before it asks whether it is meant', () => {
  const player = play()
  player.send('/case X1')
  expect(player.said({ type: 'choice', value: 'm-return' })[0]).toBe('staff.reasons')
  expect(player.said('1')[0]).toBe('staff.missing')
  expect(player.said('9')).toContain('staff.pickUnclear')
  expect(player.said('1')).toEqual(['staff.note'])
  expect(player.said('请重新拍清楚')).toEqual(['no', 'staff.case', 'line', 'staff.caseMoves'])
})
