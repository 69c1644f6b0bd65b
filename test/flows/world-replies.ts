import { ApplyAsk, type ApplyReply, type AskedField } from '../../flows/cases/apply/ask.ts'
import type { LinkReply } from '../../flows/channels/channel-redirect/reply.ts'
import type { LinkQuery, Query } from '../../flows/engine/records.ts'
import type { NoticeSettings } from '../../flows/people/settings/reply.ts'
import { caseReplies } from './case-replies.ts'
import { eventsReplies } from './events-replies.ts'
import { linkingReplies } from './linking-replies.ts'
import { myDataReplies } from './my-data-replies.ts'
import { quizReplies } from './quiz-replies.ts'
import { staffReplies } from './staff-replies.ts'
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
  editing: false,
}
const OPTIONS = [
  { id: 'a', name: '甲' },
  { id: 'b', name: '乙' },
]

/** Every kind of answer that the world may give to a flow that looks into the database. */
export function worldReplies(query: Query): readonly unknown[] {
  switch (query.kind) {
    case 'application':
      return applyReplies(ApplyAsk.parse(query.ask))
    case 'my-data':
      return myDataReplies(query.ask)
    case 'case':
      return caseReplies(query.ask)
    case 'voucher':
      return voucherReplies(query.ask)
    case 'events':
      return eventsReplies(query.ask)
    case 'quiz':
      return quizReplies(query.ask)
    case 'notices':
      return noticeReplies
    case 'linking':
      return linkingReplies(query.ask)
    case 'staff':
      return staffReplies(query.ask)
    case 'link':
      return linkReplies(query.ask)
    default:
      throw new Error(`no replies to ${query.kind}`)
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
      return [{ kind: 'ready' }, { kind: 'open-case', number: 'X' }, { kind: 'not-offered' }]
    case 'next': {
      const asked = (field: AskedField): ApplyReply => ({ kind: 'asked', answers: {}, field })
      return [
        asked(FIELD),
        asked({ ...FIELD, id: 'licence', answerKind: 'yes-no', editing: true }),
        asked({ ...FIELD, id: 'trade', answerKind: 'one-of', options: OPTIONS }),
        asked({ ...FIELD, id: 'groups', answerKind: 'some-of', options: OPTIONS }),
        { kind: 'sensitive' },
        {
          kind: 'reviewed',
          answers: { name: '张三' },
          review: {
            kind: 'review',
            lines: [{ field: 'name', label: '姓名', line: '1. 姓名：张*' }],
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
    case 'submit':
      return [
        { kind: 'taken' },
        {
          kind: 'submitted',
          number: 'X',
          submission: {},
          next: 'next',
          decides: 'office',
          documents: ['card'],
        },
      ]
  }
}

function linkReplies(ask: LinkQuery['ask']): readonly LinkReply[] {
  switch (ask) {
    case 'make':
      return [
        {
          kind: 'made',
          url: 'https://chat.test/#go=x',
          minutes: 30,
          tokenHash: 'h',
          expiresAt: '2018-06-01T03:00:00.000Z',
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
    case 'use':
      return [
        { kind: 'gone' },
        {
          kind: 'taken',
          tokenHash: 'h',
          carried: { flow: 'prescreen', input: { type: 'choice', value: '' } },
        },
      ]
    case 'settled':
      return [{ kind: 'settled' }]
  }
}
