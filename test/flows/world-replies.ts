import type { ApplyAsk, ApplyReply } from '../../flows/cases/apply/ask.ts'
import type {
  LinkReply,
  RedirectQuery,
  WayIntent,
} from '../../flows/channels/channel-redirect/reply.ts'
import type { Intent, Query, QueryReply } from '../../flows/engine/queries.ts'
import type { NoticeSettings } from '../../flows/people/settings/reply.ts'
import type { AskedField } from '../../flows/programme/form/dialog/asked.ts'
import {
  documentsReplies,
  lookUpReplies,
  statusReplies,
  supplementReplies,
  withdrawReplies,
} from './case-replies.ts'
import { eventsReplies } from './events-replies.ts'
import { linkingReplies } from './linking-replies.ts'
import { myDataReplies } from './my-data-replies.ts'
import { paymentReplies } from './payment-replies.ts'
import { quizReplies } from './quiz-replies.ts'
import { staffReplies } from './staff-replies.ts'
import { MINTED, tipOffReplies } from './tip-off-replies.ts'
import { voucherReplies } from './voucher-replies.ts'

const FIELD: AskedField = {
  kind: 'field',
  id: 'name',
  answerKind: 'typed',
  text: 'name?',
  explain: 'why',
  options: [],
  canSkip: true,
  canBeUnsure: true,
  done: 0,
  of: 2,
}
const OPTIONS = [
  { id: 'a', name: '甲' },
  { id: 'b', name: '乙' },
]

/** Every kind of answer that the world may give to what a flow asks or has done. */
export function worldReplies(asked: Query | Intent): readonly QueryReply[] {
  switch (asked.kind) {
    case 'application':
      return applyReplies(asked.ask).map((application) => ({ application }))
    case 'case.submit':
      return submitReplies.map((application) => ({ application }))
    case 'status':
      return statusReplies.map((status) => ({ status }))
    case 'case.withdraw':
      return withdrawReplies.map((status) => ({ status }))
    case 'lookUp':
      return lookUpReplies(asked.ask).map((lookUp) => ({ lookUp }))
    case 'supplement':
      return supplementReplies(asked.ask).map((supplement) => ({ supplement }))
    case 'case.resubmit':
      return supplementReplies(asked).map((supplement) => ({ supplement }))
    case 'handoff.helped':
      return [
        { helped: { kind: 'noted', isHelped: asked.isHelped } },
        { helped: { kind: 'nothing' } },
      ]
    case 'documents':
      return documentsReplies(asked.ask).map((documents) => ({ documents }))
    case 'case.drop-file':
      return documentsReplies(asked).map((documents) => ({ documents }))
    case 'data':
      return myDataReplies(asked.ask).map((data) => ({ data }))
    case 'data.copy':
    case 'data.withdraw':
    case 'data.correct':
    case 'data.erase':
      return myDataReplies(asked).map((data) => ({ data }))
    case 'payment':
      return paymentReplies(asked.ask.kind).map((payment) => ({ payment }))
    case 'payment.give':
      return paymentReplies(asked.kind).map((payment) => ({ payment }))
    case 'voucher':
      return voucherReplies(asked.ask).map((voucher) => ({ voucher }))
    case 'voucher.decide':
    case 'voucher.apply':
    case 'voucher.move':
      return voucherReplies(asked).map((voucher) => ({ voucher }))
    case 'events':
      return eventsReplies(asked.ask).map((events) => ({ events }))
    case 'event.district':
    case 'event.place':
    case 'event.join':
    case 'event.leave':
    case 'event.arrive':
    case 'event.walk-in':
    case 'event.rate':
      return eventsReplies(asked).map((events) => ({ events }))
    case 'quiz':
      return quizReplies(asked.ask).map((quiz) => ({ quiz }))
    case 'quiz.join':
    case 'quiz.finish':
      return quizReplies(asked).map((quiz) => ({ quiz }))
    case 'notices':
      return noticeReplies.map((notices) => ({ notices }))
    case 'tip-off':
      return [{ tipOff: MINTED }]
    case 'tip-off.way':
    case 'tip-off.arrive':
    case 'tip-off.file':
    case 'tip-off.hand-in':
    case 'tip-off.open':
    case 'tip-off.look':
    case 'tip-off.write':
      return tipOffReplies(asked).map((tipOff) => ({ tipOff }))
    case 'linking':
      return linkingReplies(asked.ask).map((linking) => ({ linking }))
    case 'staff':
      return staffReplies(asked.ask).map((staff) => ({ staff }))
    case 'link':
      return linkReplies(asked.ask).map((link) => ({ link }))
    case 'way.make':
    case 'way.use':
      return linkReplies(asked).map((link) => ({ link }))
    case 'policy-answer':
    case 'policy-entry':
    case 'policy-clause':
    case 'prescreen':
    case 'prescreen-typed':
      throw new Error(`no replies to ${asked.kind}`)
    default:
      return linkingReplies(asked).map((linking) => ({ linking }))
  }
}

const noticeReplies: readonly NoticeSettings[] = [
  { muted: [], stopped: false, preferred: null, channels: ['web'] },
  { muted: ['event'], stopped: false, preferred: 'web', channels: ['web', 'telegram'] },
  { muted: [], stopped: true, preferred: null, channels: [] },
]

function applyReplies(ask: ApplyAsk): readonly ApplyReply[] {
  switch (ask.kind) {
    case 'begin':
      return [
        { kind: 'ready' },
        { kind: 'open-case', number: 'X', returned: false },
        { kind: 'open-case', number: 'X', returned: true },
        { kind: 'not-offered' },
      ]
    case 'next': {
      const asked = (field: AskedField): ApplyReply => ({
        kind: 'asked',
        answers: {},
        field,
        carried: ['区县'],
      })
      return [
        asked(FIELD),
        asked({ ...FIELD, answerKind: 'yes-no', answer: '是' }),
        asked({ ...FIELD, answerKind: 'one-of', options: OPTIONS }),
        asked({ ...FIELD, answerKind: 'some-of', options: OPTIONS }),
        { kind: 'sensitive' },
        {
          kind: 'reviewed',
          answers: { name: '张三' },
          review: {
            kind: 'review',
            lines: [{ key: 'name', label: '姓名', line: '1. 姓名：张*' }],
          },
        },
      ]
    }
    case 'said': {
      const answers = { name: '张三' }
      return [
        { kind: 'heard', answers, also: ['手机'], note: { text: 'note' } },
        { kind: 'problem', answers, also: [], problem: { text: 'no' }, typed: 'x' },
        { kind: 'which', options: OPTIONS },
      ]
    }
  }
}

const submitReplies: readonly ApplyReply[] = [
  { kind: 'taken', number: 'X' },
  { kind: 'submitted', number: 'X', next: 'next', decides: 'office', documents: ['card'] },
]

function linkReplies({ kind }: RedirectQuery | WayIntent): readonly LinkReply[] {
  switch (kind) {
    case 'way.make':
      return [
        {
          kind: 'made',
          url: 'https://chat.test/#go=x',
          minutes: 30,
        },
      ]
    case 'look':
      return [
        { kind: 'gone' },
        { kind: 'joins' },
        { kind: 'carries', flow: 'apply', clash: false },
        { kind: 'carries', flow: 'apply', clash: true },
        { kind: 'carries', flow: 'status', clash: false },
      ]
    case 'way.use':
      return [
        { kind: 'gone' },
        {
          kind: 'taken',
          carried: { flow: 'prescreen', input: { type: 'choice', value: '' } },
        },
      ]
    case 'settled':
      return [{ kind: 'settled' }]
  }
}
