import * as z from 'zod'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import type { Effect, Input, Text, Transition, TurnContext } from '../engine/types.ts'
import { ConfirmAnswer, ConsentAnswer } from '../programme/consent.ts'
import {
  AskView,
  HolderMove,
  KindView,
  type VoucherIntent,
  type VoucherQuestion,
  type VoucherReply,
} from './ask.ts'
import {
  linesOf,
  sayAside,
  sayAsk,
  sayConfirmApply,
  sayConfirmMove,
  sayHome,
  sayKinds,
  sayVoucher,
} from './words.ts'

type Step = 'showing'
const Data = z.object({
  /** What is looked at: the list, one voucher, the kinds, or a request of a provider. */
  view: z.enum(['home', 'one', 'kinds', 'ask']),
  number: z.string().nullable(),
  /** The request that waits for yes or no. */
  ask: z.string().nullable(),
  /** Asked whether this is really wanted. */
  wanted: z
    .discriminatedUnion('what', [
      z.object({ what: z.literal('apply'), kind: KindView }),
      z.object({ what: z.literal('move'), move: HolderMove }),
      z.object({ what: z.literal('ask'), ask: AskView }),
    ])
    .nullable(),
  listed: z.array(z.string()),
  kinds: z.array(KindView),
  can: z.array(HolderMove),
  usable: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const HOME: Data = {
  view: 'home',
  number: null,
  ask: null,
  wanted: null,
  listed: [],
  kinds: [],
  can: [],
  usable: false,
}

/**
 * A holder's e-vouchers: the code and how to use it, what a provider asks for, and asking for a voucher.
 * Nothing moves without a yes to exactly what was shown.
 */
export const voucherFlow = defineFlow({
  id: 'voucher',
  version: 1,
  data: Data,
  initial: HOME,
  start: 'showing',
  help: { key: 'voucher.help' },
  // The bare word asks what a voucher is: that is a question about the policy.
  words: ['我的电子券', '我的券', '查电子券', 'my voucher', 'my vouchers'],
  personal: true,
  shows: ['showing'],
  open: (input) =>
    input.type === 'choice' && input.value.startsWith('ask:')
      ? { go: 'showing', data: { ...HOME, view: 'ask', ask: input.value.slice('ask:'.length) } }
      : null,
  steps: {
    showing: {
      enter: (data, ctx) => [enter(data, ctx)],
      undo: (data) => {
        if (data.wanted !== null && data.wanted.what !== 'ask') return { ...data, wanted: null }
        return data.view === 'home' || data.listed.length === 1 ? null : HOME
      },
      receive: (data, input, ctx) => {
        const reply = replyIn(input).voucher
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        const value = input.type === 'choice' ? input.value : ''
        const typed = input.type === 'text' ? input.text.normalize('NFKC').trim() : ''
        return data.wanted === null
          ? receiveWish(data, value)
          : receiveAnswer(data, data.wanted, value === '' ? typed : value)
      },
      samples: (data) => samplesOf(data).map((value): Input => ({ type: 'choice', value })),
    },
  },
  migrations: {},
})

function enter({ view, number, ask, wanted }: Data, ctx: TurnContext): Effect {
  if (wanted?.what === 'apply') return sayConfirmApply(wanted.kind, ctx)
  if (wanted?.what === 'move' && number !== null) return sayConfirmMove(number, wanted.move)
  if (view === 'ask' && ask !== null) return requestData({ kind: 'ask', id: ask })
  if (view === 'one' && number !== null) return requestData({ kind: 'one', number })
  return requestData(view === 'kinds' ? { kind: 'kinds' } : { kind: 'home' })
}

function samplesOf({ wanted, listed, kinds, can, usable, view }: Data): string[] {
  if (wanted !== null) return ['agree', 'refuse']
  return [
    ...(view === 'home' ? listed.map((number) => `v:${number}`) : ['home']),
    ...(view === 'one'
      ? ['history', 'again', ...(usable ? ['how', 'providers', 'pin'] : [])]
      : ['kinds']),
    ...(view === 'kinds' ? kinds.map(({ id }) => `k:${id}`) : []),
    ...can.map((move) => `m:${move}`),
    '!menu',
  ]
}

/** A button under what is shown. */
function receiveWish(data: Data, value: string): Transition<Data, Step> {
  const { number } = data
  if (value === 'home' || value === 'kinds') return look({ ...HOME, view: value })
  if (value.startsWith('v:')) return look({ ...HOME, view: 'one', number: value.slice(2) })
  const kind = data.kinds.find(({ id }) => value === `k:${id}`)
  if (kind !== undefined) return look({ ...data, wanted: { what: 'apply', kind } })
  const move = data.can.find((one) => value === `m:${one}`)
  if (move !== undefined) return look({ ...data, wanted: { what: 'move', move } })
  if (number !== null && value === 'again') return look(data)
  if (number !== null && value === 'how') return aside(data, { key: 'voucher.howTo' })
  if (number !== null && (value === 'pin' || value === 'providers' || value === 'history')) {
    return { wait: true, effects: [requestData({ kind: value, number })] }
  }
  return { otherwise: { key: 'voucher.unclear' } }
}

/** Nothing moves by a slip of the thumb, or by a word that can be taken two ways. */
function receiveAnswer(
  data: Data,
  wanted: NonNullable<Data['wanted']>,
  typed: string,
): Transition<Data, Step> {
  const answer = (wanted.what === 'ask' ? ConsentAnswer : ConfirmAnswer).safeParse(typed)
  if (!answer.success) return { otherwise: { key: 'voucher.yesOrNo' } }
  const yes = answer.data === 'agree'
  if (wanted.what === 'ask') {
    return intend({ kind: 'voucher.decide', id: wanted.ask.id, yes })
  }
  if (!yes) {
    return {
      ...look({ ...data, wanted: null }),
      effects: [say({ key: wanted.what === 'apply' ? 'voucher.notApplied' : 'voucher.notMoved' })],
    }
  }
  if (wanted.what === 'apply') {
    return intend({ kind: 'voucher.apply', id: wanted.kind.id })
  }
  const { number } = data
  if (number === null) return look(HOME)
  return intend({ kind: 'voucher.move', number, move: wanted.move })
}

function receiveReply(
  data: Data,
  reply: VoucherReply,
  { off }: TurnContext,
): Transition<Data, Step> {
  switch (reply.kind) {
    case 'no-programme':
      return { end: true, effects: [say({ key: 'voucher.noProgramme' })] }
    case 'home': {
      if (reply.ask !== null) return showAsk(reply.ask, reply.notice)
      const listed = reply.vouchers.map(({ number }) => number)
      const [only] = listed
      // One alone is shown at once.
      if (only !== undefined && listed.length === 1) {
        return look({ ...HOME, view: 'one', number: only })
      }
      return { wait: true, data: { ...HOME, listed }, effects: [sayHome(reply)] }
    }
    case 'one': {
      const { view, notice, several } = reply
      const { can, usable, number } = view
      return {
        wait: true,
        data: { ...HOME, view: 'one', number, can, usable, listed: several ? [] : [number] },
        effects: [sayVoucher(view, notice, several)],
      }
    }
    case 'not-theirs':
      return { end: true, effects: [say({ key: 'voucher.problem-no-such-voucher' }, LEAVE)] }
    case 'ask':
      return showAsk(reply.ask, reply.notice)
    case 'decided':
      return decided(reply)
    case 'pin': {
      const { pin, minutes } = reply
      return aside(data, { key: 'voucher.pin', params: { pin, minutes } })
    }
    case 'no-pin':
      return aside(data, { key: 'voucher.noPin' })
    case 'providers':
    case 'history':
      return aside(data, linesOf(reply))
    case 'kinds': {
      const { kinds, notice } = reply
      return {
        wait: true,
        data: { ...HOME, view: 'kinds', kinds },
        effects: [sayKinds(kinds, notice)],
      }
    }
    case 'applied': {
      const { number, notice } = reply
      const key = off?.includes('voucher') === true ? 'voucher.appliedQuiet' : 'voucher.applied'
      return {
        end: true,
        effects: [say([{ key, params: { number } }, { text: notice }], LEAVE)],
      }
    }
    case 'moved': {
      const { number, move } = reply
      return {
        end: true,
        effects: [say({ key: `voucher.moved-${move}`, params: { number } }, LEAVE)],
      }
    }
    case 'refused':
      return { end: true, effects: [say({ text: reply.problem }, LEAVE)] }
  }
}

const LEAVE = {
  quickReplies: [
    { value: '!voucher', label: { key: 'voucher.menu' } },
    { value: '!menu', label: { key: 'policy.menu' } },
  ],
} as const

function showAsk(ask: AskView, notice: string): Transition<Data, Step> {
  return {
    wait: true,
    data: { ...HOME, view: 'ask', ask: ask.id, wanted: { what: 'ask', ask } },
    effects: [sayAsk(ask, notice)],
  }
}

function decided({ yes, ask }: Extract<VoucherReply, { kind: 'decided' }>): Transition<Data, Step> {
  const { what, number, amount } = ask
  const agreed = what === 'lock' ? 'voucher.agreedLock' : 'voucher.agreedRedeem'
  return {
    end: true,
    effects: [
      say(yes ? { key: agreed, params: { number, amount } } : { key: 'voucher.refused' }, LEAVE),
    ],
  }
}

function aside({ usable }: Data, text: Text): Transition<Data, Step> {
  return { wait: true, effects: [sayAside(text, usable)] }
}

function intend(intent: VoucherIntent): Transition<Data, Step> {
  return { wait: true, effects: [{ type: 'intend', intent }] }
}

function look(data: Data): Extract<Transition<Data, Step>, { wait: true }> {
  return { wait: true, again: true, data }
}

function requestData(asked: VoucherQuestion): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'voucher', ask: asked } }
}
