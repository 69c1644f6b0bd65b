import * as z from 'zod'
import type { TurnContext } from '../../engine/context.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Transition } from '../../engine/types.ts'
import { ConfirmAnswer } from '../../programme/consent.ts'
import type { StatusAsk, StatusReply } from './ask.ts'
import { sayCase, sayConfirm, sayList, sayNone, sayNotTheirs } from './words.ts'

type Step = 'showing'
const Data = z.object({
  /** The case that is looked at; null where there are several and none was picked. */
  number: z.string().nullable(),
  several: z.boolean(),
  /** The numbers of the list that was shown. */
  listed: z.array(z.string()),
  canWithdraw: z.boolean(),
  /** Asked whether the case is really to be withdrawn. */
  confirming: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  number: null,
  several: false,
  listed: [],
  canWithdraw: false,
  confirming: false,
}
const WITHDRAW = /^(撤回|撤回申请|我要撤回|withdraw)$/i

/**
 * Where a person's applications stand: the stage and since when, what it means, what comes next, who
 * decides and what is to be done. Where a channel takes nothing personal, number and stage only.
 */
export const statusFlow = defineFlow({
  id: 'status',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'showing',
  help: { key: 'status.help' },
  shows: ['showing'],
  words: [
    '进度',
    '查进度',
    '查询进度',
    '申请进度',
    '我的申请',
    'status',
    'my application',
    'my status',
    'how my case stands',
  ],
  open: (input) =>
    input.type === 'choice' && input.value !== ''
      ? { go: 'showing', data: { ...EMPTY, number: input.value } }
      : null,
  steps: {
    showing: {
      enter: ({ number, confirming }, ctx) => [
        confirming && number !== null
          ? sayConfirm(number)
          : requestData({ kind: 'cases', number, personal: ctx.personalData }),
      ],
      undo: (data) => {
        if (data.confirming) return { ...data, confirming: false }
        return data.several && data.number !== null ? EMPTY : null
      },
      receive: (data, input, ctx) => {
        const reply = replyIn(input).status
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        const value = input.type === 'choice' ? input.value : ''
        const typed = input.type === 'text' ? input.text.normalize('NFKC').trim() : ''
        if (data.confirming) return receiveConfirmation(data, value === '' ? typed : value)
        if (data.canWithdraw && (value === 'withdraw' || WITHDRAW.test(typed))) {
          return { wait: true, again: true, data: { ...data, confirming: true } }
        }
        if (value === 'all') return { wait: true, again: true, data: EMPTY }
        if (value.startsWith('c:')) return look(value.slice(2))
        // A number of ours, as people type it.
        return /^gy/i.test(typed) ? look(typed) : { otherwise: { key: 'status.unclear' } }
      },
      samples: ({ listed, canWithdraw, confirming }) =>
        (confirming
          ? ['agree', 'refuse']
          : [
              ...listed.map((number) => `c:${number}`),
              ...(canWithdraw ? ['withdraw'] : []),
              '!menu',
            ]
        ).map((value): Input => ({ type: 'choice', value })),
    },
  },
  migrations: {},
})

function receiveReply(data: Data, reply: StatusReply, ctx: TurnContext): Transition<Data, Step> {
  switch (reply.kind) {
    case 'none':
      return { wait: true, data: EMPTY, effects: [sayNone(ctx.drafts?.includes('apply') === true)] }
    case 'not-theirs':
      return { wait: true, data: EMPTY, effects: [sayNotTheirs()] }
    case 'list': {
      const listed = reply.cases.map(({ number }) => number)
      const next: Data = { ...EMPTY, several: true, listed }
      return { wait: true, data: next, effects: [sayList(reply.cases)] }
    }
    case 'shown': {
      const { view, several } = reply
      const { number, canWithdraw } = view
      const next: Data = { ...EMPTY, number, several, canWithdraw }
      return { wait: true, data: next, effects: [sayCase(view, several)] }
    }
    case 'withdrawn': {
      const { number } = reply
      return {
        end: true,
        effects: [
          say(
            { key: 'status.withdrawn', params: { number } },
            { quickReplies: [{ value: '!menu', label: { key: 'policy.menu' } }] },
          ),
        ],
      }
    }
    case 'not-now':
      return {
        wait: true,
        again: true,
        data: { ...data, confirming: false },
        effects: [say({ key: 'status.notNow' })],
      }
  }
}

/** Nobody withdraws by a slip of the thumb: it is asked once. */
function receiveConfirmation(data: Data, typed: string): Transition<Data, Step> {
  const answer = ConfirmAnswer.safeParse(typed)
  if (!answer.success) return { otherwise: { key: 'status.yesOrNo' } }
  const { number } = data
  if (answer.data === 'agree' && number !== null) {
    return { wait: true, effects: [{ type: 'intend', intent: { kind: 'case.withdraw', number } }] }
  }
  return {
    wait: true,
    again: true,
    data: { ...data, confirming: false },
    effects: [say({ key: 'status.notWithdrawn' })],
  }
}

function look(number: string): Transition<Data, Step> {
  return { wait: true, again: true, data: { ...EMPTY, number } }
}

function requestData(asked: StatusAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'status', ask: asked } }
}
