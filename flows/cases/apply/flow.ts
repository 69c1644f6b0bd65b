import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Transition } from '../../engine/types.ts'
import { aboutConsent, ConsentAnswer } from '../../programme/consent.ts'
import {
  aboutAsked,
  added,
  asksWords,
  CONSENT_SAMPLES,
  fieldSamples,
  GOES_ON,
  hearConsent,
  REVIEW_SAMPLES,
  stepBack,
} from '../../programme/form/dialog/dialog.ts'
import { sayField, saySensitive, sayWhich } from '../../programme/form/dialog/dialog-words.ts'
import { receiveAtField, receiveAtReview } from '../../programme/form/dialog/receive.ts'
import { joinNames } from '../../programme/form/join-names.ts'
import { Answers } from '../../programme/rules/answers.ts'
import type { ApplyAsk, ApplyReply } from './ask.ts'
import { ApplyData, type ApplyStep, NOTHING_FILLED } from './data.ts'
import { migrateFilling } from './migrate.ts'
import { sayReviewed, saySubmitted } from './words.ts'

/** The notices' versions; a changed text gets a new one, and those who agreed are asked again. */
const NOTICE_VERSION = 'application-2'
const SENSITIVE_VERSION = 'sensitive-2'

const { ask, defineFlow } = setupFlow<ApplyData, ApplyStep>()

/**
 * The application, field by field as the programme's form has it: consent first, several answers at
 * once where they are beyond doubt, a review in which each can be changed, and a number at the end.
 */
export const applyFlow = defineFlow({
  id: 'apply',
  version: 2,
  data: ApplyData,
  initial: NOTHING_FILLED,
  start: 'beginning',
  help: { key: 'apply.help' },
  words: ['申请', '我要申请', '申请扶持', '继续申请', 'apply'],
  resumable: true,
  personal: true,
  reminds: true,
  open: (input) => {
    const prescreen = input.type === 'given' ? Answers.safeParse(input.value) : null
    return prescreen?.success === true
      ? { go: 'beginning', data: { ...NOTHING_FILLED, prescreen: prescreen.data } }
      : null
  },
  steps: {
    beginning: {
      passing: true,
      enter: () => [requestData({ kind: 'begin' })],
      receive: (_, input) => {
        const reply = replyIn(input).application
        if (reply === undefined) return { wait: true, again: true }
        if (reply.kind === 'open-case') {
          const { number, returned } = reply
          const replies = returned ? [SUPPLEMENT, STATUS] : [STATUS]
          const key = returned ? 'apply.returnedCase' : 'apply.openCase'
          return {
            end: true,
            effects: [say({ key, params: { number } }, { quickReplies: replies })],
          }
        }
        return reply.kind === 'not-offered'
          ? { end: true, effects: [say({ key: 'apply.notOffered' })] }
          : { go: 'askConsent' }
      },
      samples: () => [],
    },
    askConsent: ask({
      text: { key: 'apply.notice' },
      again: { key: 'apply.noticeAgain' },
      options: [
        { value: 'agree', label: { key: 'apply.agree' } },
        { value: 'refuse', label: { key: 'apply.refuse' } },
      ],
      parse: ConsentAnswer,
      otherwise: { key: 'apply.noticeUnclear' },
      about: (_, act) => aboutConsent(act),
      keep: (data) => data,
      effects: (_, choice) => [
        consent('application', NOTICE_VERSION, choice === 'agree'),
        ...(choice === 'agree' ? [] : [say({ key: 'apply.refused' })]),
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
        const reply = replyIn(input).application
        if (reply !== undefined) return receiveReply(data, reply)
        return receiveAtField(data, input, {
          fileLater: { key: 'apply.fileLater' },
          keep: () => goOn(data),
          say: (field, said) => tell(data, { kind: 'said', field, said }),
        })
      },
      samples: ({ field }) => fieldSamples(field),
    },
    askSensitive: {
      about: (_, act) => aboutConsent(act),
      enter: (data) => [askNext(data)],
      again: ({ editing }) => [saySensitive({ again: true, keep: editing !== null })],
      undo: (data) => stepBack(data, data.answered),
      receive: (data, input) => {
        const reply = replyIn(input).application
        if (reply !== undefined) return receiveReply(data, reply)
        const choice = hearConsent(input, data.editing !== null)
        if (choice === null) return { otherwise: { key: 'apply.sensitiveUnclear' } }
        return choice === 'keep' ? goOn(data) : consented(data, choice === 'agree')
      },
      samples: () => CONSENT_SAMPLES,
    },
    reviewing: {
      freeText: true,
      keepsWords: () => false,
      about: () => [{ key: 'talk.reviewAbout' }],
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.answered),
      receive: (data, input) => {
        const reply = replyIn(input).application
        if (reply !== undefined) return receiveReply(data, reply)
        const intent = { kind: 'case.submit', answers: data.answers } as const
        return receiveAtReview(data, input, {
          submit: () => ({ wait: true, effects: [{ type: 'intend', intent }] }),
          unclear: 'apply.reviewUnclear',
          say: (changing, field, typed) => tell(changing, { kind: 'said', field, said: { typed } }),
        })
      },
      samples: () => REVIEW_SAMPLES,
    },
  },
  migrations: { 2: migrateFilling },
})

const STATUS = { value: '!status', label: { key: 'apply.status' as const } }
const SUPPLEMENT = { value: '!supplement', label: { key: 'status.supplement' as const } }

function goOn(data: ApplyData): Transition<ApplyData, ApplyStep> {
  return { wait: true, again: true, data: { ...data, ...GOES_ON } }
}

function receiveReply(data: ApplyData, reply: ApplyReply): Transition<ApplyData, ApplyStep> {
  switch (reply.kind) {
    case 'asked': {
      const { answers, field, carried } = reply
      const isNew = data.editing === null && !data.asked.includes(field.id)
      const asked = isNew ? [...data.asked, field.id] : data.asked
      return {
        wait: true,
        at: 'asking',
        data: { ...data, answers, asked, prescreen: null, field, review: null },
        effects: [...sayNames('apply.carried', carried), sayField(field, data.picked)],
      }
    }
    case 'sensitive': {
      const keep = data.editing !== null
      const next: ApplyData = { ...data, field: null, review: null }
      return { wait: true, at: 'askSensitive', data: next, effects: [saySensitive({ keep })] }
    }
    case 'reviewed': {
      const { answers, review } = reply
      const next: ApplyData = { ...data, ...GOES_ON, answers, prescreen: null, field: null, review }
      return { wait: true, at: 'reviewing', data: next, effects: [sayReviewed(review)] }
    }
    case 'heard': {
      const { answers, also, note } = reply
      const said = data.editing ?? data.field?.id
      const fresh = Object.keys(answers).filter(
        (id) => !data.answered.includes(id) && (id === said || answers[id] !== null),
      )
      const effects = [...sayNames('apply.also', also), ...(note === null ? [] : [say(note)])]
      const answered = [...data.answered, ...fresh]
      return { ...goOn({ ...data, answers, answered }), effects }
    }
    case 'problem': {
      const { answers, also, problem, typed } = reply
      return {
        otherwise: problem,
        ...(typed === null ? {} : { typed }),
        data: { ...data, answers },
        effects: sayNames('apply.also', also),
      }
    }
    case 'which':
      return { wait: true, effects: [sayWhich(reply.options)] }
    case 'taken':
      return taken(data, reply.number)
    case 'submitted':
      return { end: true, effects: [saySubmitted(reply)] }
    default:
      return { wait: true, again: true }
  }
}

/** Told in the chat whose own application it is, and in no other. */
function taken(data: ApplyData, number: string): Transition<ApplyData, ApplyStep> {
  const quickReplies = [STATUS, { value: '!person', label: { key: 'policy.person' as const } }]
  const said = say({ key: 'apply.taken', params: { number } }, { quickReplies })
  return { wait: true, again: data.review === null, effects: [said] }
}

/** What was understood or taken over besides the answer, so that nobody wonders why it is not asked any more. */
function sayNames(key: 'apply.also' | 'apply.carried', names: readonly string[]): Effect[] {
  return names.length === 0 ? [] : [say({ key, params: { fields: joinNames(names) } })]
}

/** The separate consent (PIPL 29). A no is an answer: the form goes on without these fields. */
function consented(data: ApplyData, granted: boolean): Transition<ApplyData, ApplyStep> {
  // What only a no has left out is asked after a yes.
  const answers = Object.fromEntries(
    Object.entries(data.answers).filter(
      ([id, value]) => value !== null || data.answered.includes(id),
    ),
  )
  return {
    ...goOn({ ...data, answers, answered: added(data.answered, 'sensitive'), sensitive: granted }),
    effects: [
      consent('sensitive', SENSITIVE_VERSION, granted),
      ...(granted ? [] : [say({ key: 'apply.sensitiveRefused' })]),
    ],
  }
}

function askNext({ answers, sensitive, prescreen, editing, asked }: ApplyData): Effect {
  return requestData({ kind: 'next', answers, sensitive, prescreen, editing, asked })
}

type Told = Omit<Extract<ApplyAsk, { kind: 'said' }>, 'answers'>

function tell(data: ApplyData, told: Told): Transition<ApplyData, ApplyStep> {
  return { wait: true, data, effects: [requestData({ ...told, answers: data.answers })] }
}

function requestData(asked: ApplyAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'application', ask: asked } }
}

function consent(purpose: 'application' | 'sensitive', version: string, granted: boolean): Effect {
  return { type: 'save', record: { kind: 'consent', purpose, version, granted } }
}
