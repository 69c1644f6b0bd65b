import * as z from 'zod'
import type { TurnContext } from '../engine/context.ts'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import type { Effect, Input, Text, Transition } from '../engine/types.ts'
import { ConfirmAnswer, ConsentAnswer } from '../programme/consent.ts'
import {
  AskView,
  HolderMove,
  KindView,
  type VoucherIntent,
  type VoucherQuestion,
  type VoucherReply,
} from './ask.ts'
import { migrateShowing } from './migrate.ts'
import {
  linesOf,
  sayAside,
  sayAsk,
  sayConfirmApply,
  sayConfirmMove,
  sayDone,
  sayHome,
  sayKinds,
  sayVoucher,
} from './words.ts'

type Step = 'listing' | 'showing' | 'choosing' | 'applying' | 'moving' | 'deciding'
const Data = z.object({
  /** The voucher that is looked at, or moved. */
  number: z.string().nullable(),
  /** The provider's request that waits for yes or no, and what is in it once the world has told. */
  asked: z.string().nullable(),
  ask: AskView.nullable(),
  /** What is really wanted only with a yes. */
  kind: KindView.nullable(),
  move: HolderMove.nullable(),
  listed: z.array(z.string()),
  kinds: z.array(KindView),
  can: z.array(HolderMove),
  usable: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const NOTHING: Data = {
  number: null,
  asked: null,
  ask: null,
  kind: null,
  move: null,
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
  version: 2,
  data: Data,
  initial: NOTHING,
  start: 'listing',
  help: { key: 'voucher.help' },
  // The bare word asks what a voucher is: that is a question about the policy.
  words: ['我的电子券', '我的券', '查电子券', 'my voucher', 'my vouchers'],
  personal: true,
  shows: ['listing', 'showing', 'choosing', 'applying', 'moving', 'deciding'],
  open: (input) =>
    input.type === 'choice' && input.value.startsWith('ask:')
      ? { go: 'deciding', data: { ...NOTHING, asked: input.value.slice('ask:'.length) } }
      : null,
  steps: {
    listing: {
      enter: () => [requestData({ kind: 'home' })],
      receive: told((data, input) => receiveWish(data, tapOf(input))),
      samples: ({ listed }) =>
        taps(
          listed.map((number) => `v:${number}`),
          ['kinds', '!menu'],
        ),
    },
    showing: {
      enter: ({ number }) => [
        requestData(number === null ? { kind: 'home' } : { kind: 'one', number }),
      ],
      receive: told((data, input) => receiveWishOfOne(data, tapOf(input))),
      samples: ({ can, usable }) =>
        taps(
          ['home', 'history', 'again', '!menu'],
          usable ? ['how', 'providers', 'pin'] : [],
          can.map((move) => `m:${move}`),
        ),
    },
    choosing: {
      enter: () => [requestData({ kind: 'kinds' })],
      receive: told((data, input) => receiveWish(data, tapOf(input))),
      samples: ({ kinds }) =>
        taps(
          ['home', 'kinds', '!menu'],
          kinds.map(({ id }) => `k:${id}`),
        ),
    },
    applying: {
      enter: ({ kind }, ctx) => [
        kind === null ? requestData({ kind: 'kinds' }) : sayConfirmApply(kind, ctx),
      ],
      receive: told(({ kind }, input) => {
        const answer = ConfirmAnswer.safeParse(wordsOf(input))
        if (!answer.success) return { otherwise: { key: 'voucher.yesOrNo' } }
        return kind !== null && answer.data === 'agree'
          ? intend({ kind: 'voucher.apply', id: kind.id })
          : backTo('choosing', { key: 'voucher.notApplied' })
      }),
      samples: () => YES_OR_NO,
    },
    moving: {
      enter: ({ number, move }) => [
        number === null || move === null
          ? requestData({ kind: 'home' })
          : sayConfirmMove(number, move),
      ],
      receive: told(({ number, move }, input) => {
        const answer = ConfirmAnswer.safeParse(wordsOf(input))
        if (!answer.success) return { otherwise: { key: 'voucher.yesOrNo' } }
        return number !== null && move !== null && answer.data === 'agree'
          ? intend({ kind: 'voucher.move', number, move })
          : backTo('showing', { key: 'voucher.notMoved' })
      }),
      samples: () => YES_OR_NO,
    },
    deciding: {
      enter: ({ asked }) => [
        requestData(asked === null ? { kind: 'home' } : { kind: 'ask', id: asked }),
      ],
      receive: told(({ ask }, input) => {
        // Nothing moves by a slip of the thumb, or by a word that can be taken two ways.
        const answer = ConsentAnswer.safeParse(wordsOf(input))
        if (!answer.success || ask === null) return { otherwise: { key: 'voucher.yesOrNo' } }
        return intend({ kind: 'voucher.decide', id: ask.id, yes: answer.data === 'agree' })
      }),
      samples: () => YES_OR_NO,
    },
  },
  migrations: { 2: migrateShowing },
})

type Receive = (data: Data, input: Input, ctx: TurnContext) => Transition<Data, Step>

/** What the world tells is taken alike at every step; all else is the step's own. */
function told(receive: Receive): Receive {
  return (data, input, ctx) => {
    const reply = replyIn(input).voucher
    return reply === undefined ? receive(data, input, ctx) : receiveReply(data, reply, ctx)
  }
}

function tapOf(input: Input): string {
  return input.type === 'choice' ? input.value : ''
}

/** The button's value, or what was typed in its place. */
function wordsOf(input: Input): string {
  return input.type === 'text' ? input.text.normalize('NFKC').trim() : tapOf(input)
}

function taps(...values: readonly (readonly string[])[]): Input[] {
  return values.flat().map((value) => ({ type: 'choice', value }))
}

const YES_OR_NO = taps(['agree', 'refuse'])

/** A button under a list. */
function receiveWish(data: Data, value: string): Transition<Data, Step> {
  if (value === 'home') return { go: 'listing', data: NOTHING }
  if (value === 'kinds') return { go: 'choosing' }
  if (value.startsWith('v:')) return { go: 'showing', data: { ...data, number: value.slice(2) } }
  const kind = data.kinds.find(({ id }) => value === `k:${id}`)
  return kind === undefined
    ? { otherwise: { key: 'voucher.unclear' } }
    : { go: 'applying', data: { ...data, kind } }
}

/** A button under one voucher. */
function receiveWishOfOne(data: Data, value: string): Transition<Data, Step> {
  const { number } = data
  const move = data.can.find((one) => value === `m:${one}`)
  if (move !== undefined) return { go: 'moving', data: { ...data, move } }
  if (value === 'again') return { wait: true, again: true }
  if (value === 'how') return aside(data, { key: 'voucher.howTo' })
  if (number !== null && (value === 'pin' || value === 'providers' || value === 'history')) {
    return { wait: true, effects: [requestData({ kind: value, number })] }
  }
  return receiveWish(data, value)
}

function receiveReply(data: Data, reply: VoucherReply, ctx: TurnContext): Transition<Data, Step> {
  switch (reply.kind) {
    case 'no-programme':
      return { end: true, effects: [say({ key: 'voucher.noProgramme' })] }
    case 'home': {
      if (reply.ask !== null) return showAsk(reply.ask, reply.notice)
      const listed = reply.vouchers.map(({ number }) => number)
      const [only] = listed
      // One alone is shown at once.
      if (only !== undefined && listed.length === 1) {
        return { wait: true, again: true, at: 'showing', data: { ...NOTHING, number: only } }
      }
      return {
        wait: true,
        at: 'listing',
        data: { ...NOTHING, listed },
        effects: [sayHome(reply)],
      }
    }
    case 'one': {
      const { view, notice, several } = reply
      const { can, usable, number } = view
      return {
        wait: true,
        at: 'showing',
        data: { ...data, number, can, usable },
        effects: [sayVoucher(view, notice, several)],
      }
    }
    case 'ask':
      return showAsk(reply.ask, reply.notice)
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
        at: 'choosing',
        data: { ...data, kinds },
        effects: [sayKinds(kinds, notice)],
      }
    }
    case 'decided':
    case 'applied':
    case 'moved':
    case 'refused':
    case 'not-theirs':
      return { end: true, effects: [sayDone(reply, ctx)] }
  }
}

function showAsk(ask: AskView, notice: string): Transition<Data, Step> {
  return {
    wait: true,
    at: 'deciding',
    data: { ...NOTHING, asked: ask.id, ask },
    effects: [sayAsk(ask, notice)],
  }
}

function aside({ usable }: Data, text: Text): Transition<Data, Step> {
  return { wait: true, effects: [sayAside(text, usable)] }
}

function intend(intent: VoucherIntent): Transition<Data, Step> {
  return { wait: true, effects: [{ type: 'intend', intent }] }
}

/** Nothing is done; the list or the voucher stands there again. */
function backTo(at: Step, text: Text): Transition<Data, Step> {
  return { wait: true, again: true, at, effects: [say(text)] }
}

function requestData(asked: VoucherQuestion): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'voucher', ask: asked } }
}
