import * as z from 'zod'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, QuickReply, Text, Transition } from '../../engine/types.ts'
import { aboutConsent, ConsentAnswer } from '../../programme/consent.ts'
import { AskedField, Review } from '../../programme/form/dialog/asked.ts'
import {
  aboutAsked,
  asksWords,
  DialogData,
  fieldSamples,
  GOES_ON,
  REVIEW_SAMPLES,
  stepBack,
} from '../../programme/form/dialog/dialog.ts'
import { sayField, sayReview, sayWhich } from '../../programme/form/dialog/dialog-words.ts'
import { receiveAtField, receiveAtReview } from '../../programme/form/dialog/receive.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import type { PaymentAsk, PaymentReply } from './ask.ts'

type Step = 'beginning' | 'showing' | 'askConsent' | 'asking' | 'reviewing'
const Data = z.object({
  ...DialogData,
  /** That what is asked for is a sample, in the pack's words. */
  note: z.string(),
  answers: FormAnswers,
  /** The fields in the order in which they were dealt with, for `back`. */
  answered: z.array(z.string()),
  field: AskedField.nullable(),
  review: Review.nullable(),
})
type Data = z.infer<typeof Data>
const { ask, defineFlow } = setupFlow<Data, Step>()

/** The notice's version; a changed text gets a new one. */
const NOTICE_VERSION = 'payment-1'
const EMPTY: Data = { ...GOES_ON, note: '', answers: {}, answered: [], field: null, review: null }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const STATUS: QuickReply = { value: '!status', label: { key: 'apply.status' } }
const CHANGE =
  /^(change|换|换账户|换一个|换卡|换银行卡|改|改账户|换个账户|change account|change it)$/i

/**
 * Where the money of an approved application is to go: how its payment stands, and the account to pay to, field by field as
 * the pack's form has it, with a consent of its own. What takes two members of staff is said.
 */
export const paymentFlow = defineFlow({
  id: 'payment',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'beginning',
  help: { key: 'payment.help' },
  words: [
    '收款账户',
    '拨付',
    '什么时候打钱',
    '换收款账户',
    'payment',
    'my payment',
    'account to pay to',
  ],
  resumable: true,
  personal: true,
  shows: ['showing'],
  steps: {
    beginning: {
      passing: true,
      enter: () => [requestData({ kind: 'begin' })],
      receive: (data, input) => {
        const reply = replyIn(input).payment
        return reply === undefined ? { wait: true, again: true } : begun(data, reply)
      },
      samples: () => [],
    },
    showing: {
      enter: () => [requestData({ kind: 'begin' })],
      receive: (data, input) => {
        const reply = replyIn(input).payment
        if (reply !== undefined) return begun(data, reply)
        const typed =
          input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
        return CHANGE.test(typed.normalize('NFKC').trim())
          ? { go: 'askConsent' }
          : { otherwise: { key: 'payment.unclear' } }
      },
      samples: () => [{ type: 'choice', value: 'change' }],
    },
    askConsent: ask({
      text: ({ note }) => [{ key: 'payment.notice' }, { text: note }],
      again: { key: 'payment.noticeAgain' },
      options: [
        { value: 'agree', label: { key: 'payment.agree' } },
        { value: 'refuse', label: { key: 'apply.refuse' } },
      ],
      parse: ConsentAnswer,
      otherwise: { key: 'apply.noticeUnclear' },
      about: (_, act) => aboutConsent(act),
      keep: (data) => data,
      effects: (_, choice) => [
        {
          type: 'save',
          record: {
            kind: 'consent',
            purpose: 'payment',
            version: NOTICE_VERSION,
            granted: choice === 'agree',
          },
        },
        ...(choice === 'agree' ? [] : [say({ key: 'payment.refused' })]),
      ],
      next: (_, __, choice) => (choice === 'agree' ? 'asking' : 'end'),
    }),
    asking: {
      freeText: true,
      keepsWords: ({ field }) => asksWords(field),
      about: ({ field }, act) => aboutAsked(field, act),
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.answered),
      receive: (data, input) => {
        const reply = replyIn(input).payment
        if (reply !== undefined) return receiveReply(data, reply)
        const { answers } = data
        return receiveAtField(data, input, {
          fileLater: { key: 'payment.fileNever' },
          keep: () => goOn(data),
          say: (field, said) => tell({ kind: 'said', answers, field, said }, data),
        })
      },
      samples: ({ field }) => fieldSamples(field),
    },
    reviewing: {
      freeText: true,
      keepsWords: () => false,
      about: () => [{ key: 'talk.reviewAbout' }],
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.answered),
      receive: (data, input) => {
        const reply = replyIn(input).payment
        if (reply !== undefined) return receiveReply(data, reply)
        const { answers } = data
        const intent = { kind: 'payment.give', answers } as const
        return receiveAtReview(data, input, {
          submit: () => ({ wait: true, effects: [{ type: 'intend', intent }] }),
          unclear: 'apply.reviewUnclear',
          say: (changing, field, typed) =>
            tell({ kind: 'said', answers, field, said: { typed } }, changing),
        })
      },
      samples: () => REVIEW_SAMPLES,
    },
  },
  migrations: {},
})

function begun(data: Data, reply: PaymentReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'none':
      return ended({ key: 'payment.none' }, [
        { value: '!apply', label: { key: 'apply.menu' } },
        { value: '!case-lookup', label: { key: 'status.lookUp' } },
        MENU,
      ])
    case 'no-form':
      return ended({ key: 'payment.noForm' }, [
        STATUS,
        { value: '!person', label: { key: 'service.labelPerson' } },
        MENU,
      ])
    case 'not-approved': {
      const { number, stage, isOver } = reply
      const key = isOver ? 'payment.over' : 'payment.notApproved'
      return ended({ key, params: { number, stage } }, [STATUS, MENU])
    }
    case 'stands': {
      const { texts, asks, changes, note } = reply
      if (asks) return { go: 'askConsent', data: { ...data, note }, effects: [say(texts)] }
      const quickReplies: QuickReply[] = changes
        ? [{ value: 'change', label: { key: 'payment.change' } }, STATUS, MENU]
        : [STATUS, MENU]
      return changes
        ? {
            wait: true,
            at: 'showing',
            data: { ...EMPTY, note },
            effects: [say(texts, { quickReplies })],
          }
        : { end: true, effects: [say(texts, { quickReplies })] }
    }
    default:
      return { end: true }
  }
}

function receiveReply(data: Data, reply: PaymentReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'asked': {
      const { answers, field } = reply
      const next: Data = { ...data, answers, field, review: null }
      return { wait: true, at: 'asking', data: next, effects: [sayField(field, data.picked)] }
    }
    case 'reviewed': {
      const { answers, review } = reply
      const next: Data = { ...data, ...GOES_ON, answers, field: null, review }
      const words = sayReview(review, { key: 'apply.review' }, { key: 'apply.reviewEnd' })
      return { wait: true, at: 'reviewing', data: next, effects: [words] }
    }
    case 'heard': {
      const { answers, note } = reply
      const fresh = Object.keys(answers).filter((id) => !data.answered.includes(id))
      const next = goOn({ ...data, answers, answered: [...data.answered, ...fresh] })
      return { ...next, effects: note === null ? [] : [say(note)] }
    }
    case 'problem': {
      const { problem, typed } = reply
      return { otherwise: problem, ...(typed === null ? {} : { typed }) }
    }
    case 'which':
      return { wait: true, effects: [sayWhich(reply.options)] }
    case 'given': {
      const { number, doubt } = reply
      const key = doubt === null ? 'payment.given' : (`payment.given-${doubt}` as const)
      return ended({ key, params: { number } }, [STATUS, MENU])
    }
    case 'same':
      return ended({ key: 'payment.same', params: { number: reply.number } }, [STATUS, MENU])
    default:
      return begun(data, reply)
  }
}

function ended(text: Text, quickReplies: readonly QuickReply[]): Transition<Data, Step> {
  return { end: true, effects: [say(text, { quickReplies })] }
}

function goOn(data: Data): Transition<Data, Step> {
  return { wait: true, again: true, data: { ...data, ...GOES_ON } }
}

function askNext({ answers, editing }: Data): Effect {
  return requestData({ kind: 'next', answers, editing })
}

function tell(asked: PaymentAsk, data: Data): Transition<Data, Step> {
  return { wait: true, data, effects: [requestData(asked)] }
}

function requestData(asked: PaymentAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'payment', ask: asked } }
}
