import type { TurnContext } from '../engine/context.ts'
import { say } from '../engine/define.ts'
import type { Effect, QuickReply, Text } from '../engine/types.ts'
import type { AskView, HolderMove, KindView, VoucherReply, VoucherView } from './ask.ts'

const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const APPLY: QuickReply = { value: 'kinds', label: { key: 'voucher.apply' } }
const BACK: QuickReply = { value: 'home', label: { key: 'voucher.back' } }

type Home = Extract<VoucherReply, { kind: 'home' }>

/** The vouchers, each to be picked, or that there are none. */
export function sayHome({ notice, vouchers, canApply }: Home): Effect {
  const apply = canApply ? [APPLY] : []
  if (vouchers.length === 0) {
    const why: Text = canApply
      ? { key: 'voucher.howTo' }
      : { key: 'voucher.problem-not-eligible-stage' }
    return say([{ key: 'voucher.none' }, why, { text: notice }], {
      quickReplies: [...apply, MENU],
    })
  }
  return say([{ key: 'voucher.list' }, { text: notice }], {
    quickReplies: [
      ...vouchers.map(({ number, kind, state }) => ({
        value: `v:${number}`,
        label: { key: 'voucher.listLine' as const, params: { kind, state } },
      })),
      ...apply,
      MENU,
    ],
  })
}

/** One voucher: what it is worth, its code in words and as a picture, and what can be done with it. */
export function sayVoucher(view: VoucherView, notice: string, several: boolean): Effect {
  const { number, kind, state, meaning, todo, face, share, perDeal, left, useBy } = view
  const texts: Text[] = [
    { key: 'voucher.shown', params: { number, kind, state, meaning, todo } },
    { key: 'voucher.worth', params: { face, share, perDeal } },
    ...(view.usable ? [{ key: 'voucher.left', params: { left, useBy } } as const] : []),
    ...(view.contract === null
      ? []
      : [{ key: 'voucher.contract', params: view.contract } as const]),
    ...(view.code === null
      ? []
      : [{ key: 'voucher.codeIs', params: { code: view.code } } as const]),
    { text: notice },
  ]
  const quickReplies: QuickReply[] = [
    ...aboutVoucher(view.usable),
    ...view.can.map((move) => ({ value: `m:${move}`, label: moveLabel(move) })),
    ...(several ? [BACK] : [APPLY]),
    MENU,
  ]
  return say(texts, {
    quickReplies,
    ...(view.qr === null
      ? {}
      : {
          image: {
            kind: 'qr' as const,
            value: view.qr,
            alt: { key: 'voucher.qrAlt' as const, params: { number } },
          },
        }),
  })
}

/** What a provider asks for, with both answers. */
export function sayAsk(ask: AskView, notice: string): Effect {
  const { what, provider, title, number, amount, total, lapses } = ask
  return say(
    [
      {
        key: what === 'lock' ? 'voucher.askOpenLock' : 'voucher.askOpenRedeem',
        params: { provider, title, number, amount, total },
      },
      ...(lapses === null ? [] : [{ key: 'voucher.askLapses', params: { lapses } } as const]),
      { text: notice },
    ],
    {
      quickReplies: [
        {
          value: 'agree',
          label: { key: what === 'lock' ? 'voucher.yesLock' : 'voucher.yesRedeem' },
        },
        { value: 'refuse', label: { key: 'voucher.no' } },
      ],
      // A number is no answer where money moves.
      numbered: false,
    },
  )
}

/** The kinds that can be asked for. */
export function sayKinds(kinds: readonly KindView[], notice: string): Effect {
  if (kinds.length === 0) return say({ key: 'voucher.noKinds' }, { quickReplies: [BACK, MENU] })
  return say([...kinds.map(kindLine), { text: notice }], {
    quickReplies: [
      ...kinds.map(({ id, kind }) => ({ value: `k:${id}`, label: { text: kind } })),
      BACK,
      MENU,
    ],
  })
}

function kindLine({ kind, covers, face, share }: KindView): Text {
  return { key: 'voucher.kindLine', params: { kind, covers, face, share } }
}

/** Whether a voucher is really asked for. */
export function sayConfirmApply({ kind, face }: KindView, { off }: TurnContext): Effect {
  return say(
    {
      key: off?.includes('voucher') === true ? 'voucher.confirmApplyQuiet' : 'voucher.confirmApply',
      params: { kind, face },
    },
    {
      quickReplies: [
        { value: 'agree', label: { key: 'voucher.yesApply' } },
        { value: 'refuse', label: { key: 'voucher.notNow' } },
      ],
    },
  )
}

/** Whether it is really to be done. */
export function sayConfirmMove(number: string, move: HolderMove): Effect {
  return say(
    { key: `voucher.confirm-${move}`, params: { number } },
    {
      quickReplies: [
        { value: 'agree', label: { key: 'voucher.yes' } },
        { value: 'refuse', label: { key: 'voucher.notNow' } },
      ],
    },
  )
}

/** Something about the voucher that is looked at, with the way to the rest of it. */
export function sayAside(text: Text, usable: boolean): Effect {
  return say(text, {
    quickReplies: [
      ...aboutVoucher(usable),
      { value: 'again', label: { key: 'voucher.showAgain' } },
      MENU,
    ],
    // Among digits of a PIN, a typed number is no button.
    numbered: false,
  })
}

/** A list of lines under a heading, or that there are none. */
export function linesOf(reply: Extract<VoucherReply, { kind: 'providers' | 'history' }>): Text {
  if (reply.kind === 'providers') {
    const list = reply.names.map((name) => `· ${name}`).join('\n')
    return reply.names.length === 0
      ? { key: 'voucher.noProviders' }
      : { key: 'voucher.providers', params: { list } }
  }
  const { number, events } = reply
  const list = events.map(({ day, move }) => `· ${day}　${move}`).join('\n')
  return { key: 'voucher.history', params: { number, list } }
}

function aboutVoucher(usable: boolean): QuickReply[] {
  return [
    ...(usable
      ? [
          { value: 'how', label: { key: 'voucher.showHow' as const } },
          { value: 'providers', label: { key: 'voucher.showProviders' as const } },
          { value: 'pin', label: { key: 'voucher.showPin' as const } },
        ]
      : []),
    { value: 'history', label: { key: 'voucher.showHistory' } },
  ]
}

function moveLabel(move: HolderMove): Text {
  switch (move) {
    case 'withdraw':
      return { key: 'voucher.withdraw' }
    case 'give-back':
      return { key: 'voucher.giveBack' }
    case 'resubmit':
      return { key: 'voucher.resubmit' }
  }
}

type Done = Extract<
  VoucherReply,
  { kind: 'decided' | 'applied' | 'moved' | 'refused' | 'not-theirs' }
>

/** What came of a yes, with the ways on. */
export function sayDone(done: Done, { off }: TurnContext): Effect {
  const quickReplies = [{ value: '!voucher', label: { key: 'voucher.menu' as const } }, MENU]
  return say(wordsOfDone(done, off?.includes('voucher') === true), { quickReplies })
}

function wordsOfDone(done: Done, isQuiet: boolean): Text | Text[] {
  switch (done.kind) {
    case 'decided': {
      const { what, number, amount } = done.ask
      const agreed = what === 'lock' ? 'voucher.agreedLock' : 'voucher.agreedRedeem'
      return done.yes ? { key: agreed, params: { number, amount } } : { key: 'voucher.refused' }
    }
    case 'applied': {
      const { number, notice } = done
      const key = isQuiet ? 'voucher.appliedQuiet' : 'voucher.applied'
      return [{ key, params: { number } }, { text: notice }]
    }
    case 'moved':
      return { key: `voucher.moved-${done.move}`, params: { number: done.number } }
    case 'refused':
      return { text: done.problem }
    case 'not-theirs':
      return { key: 'voucher.problem-no-such-voucher' }
  }
}
