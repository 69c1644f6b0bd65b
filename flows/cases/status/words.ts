import { say } from '../../engine/define.ts'
import type { Effect, QuickReply } from '../../engine/types.ts'
import { type CaseSummary, caseTexts } from '../../programme/lifecycle/case-view.ts'

const APPLY: QuickReply = { value: '!apply', label: { key: 'apply.menu' } }
const RESUME: QuickReply = { value: '!apply', label: { key: 'service.labelResume' } }
const PRESCREEN: QuickReply = { value: '!prescreen', label: { key: 'prescreen.menu' } }
const LOOK_UP: QuickReply = { value: '!case-lookup', label: { key: 'status.lookUp' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }

/** Nothing was handed in from here; what there is to do instead. `isBegun`: an application is half-filled. */
export function sayNone(isBegun: boolean): Effect {
  return isBegun
    ? say({ key: 'menu.draft-apply' }, { quickReplies: [RESUME, LOOK_UP, MENU] })
    : say({ key: 'status.none' }, { quickReplies: [APPLY, PRESCREEN, LOOK_UP, MENU] })
}

/** The number is none of theirs; whoever has the papers can prove it. */
export function sayNotTheirs(): Effect {
  return say({ key: 'status.notTheirs' }, { quickReplies: [LOOK_UP, MENU] })
}

/** Several cases, each to be picked by its number. */
export function sayList(cases: readonly { number: string; stage: string }[]): Effect {
  return say(
    { key: 'status.list' },
    {
      quickReplies: [
        ...cases.map(({ number, stage }) => ({
          value: `c:${number}`,
          label: { text: `${number}　${stage}` },
        })),
        LOOK_UP,
        MENU,
      ],
    },
  )
}

/** One case, and what can be done with it now. */
export function sayCase(view: CaseSummary, several: boolean): Effect {
  const { canSupplement, canSendPapers, canGiveAccount, canWithdraw } = view
  const quickReplies: QuickReply[] = [
    ...(canSupplement
      ? [{ value: '!supplement', label: { key: 'status.supplement' as const } }]
      : []),
    ...(canSendPapers ? [{ value: '!documents', label: { key: 'apply.documents' as const } }] : []),
    ...(canGiveAccount ? [{ value: '!payment', label: { key: 'payment.menu' as const } }] : []),
    ...(several ? [{ value: 'all', label: { key: 'status.all' as const } }] : []),
    LOOK_UP,
    ...(canWithdraw ? [{ value: 'withdraw', label: { key: 'status.withdraw' as const } }] : []),
    MENU,
  ]
  return say(caseTexts(view), { quickReplies })
}

/** Whether it is really to be withdrawn. */
export function sayConfirm(number: string): Effect {
  return say(
    { key: 'status.confirm', params: { number } },
    {
      quickReplies: [
        { value: 'agree', label: { key: 'status.confirmYes' } },
        { value: 'refuse', label: { key: 'status.confirmNo' } },
      ],
    },
  )
}
