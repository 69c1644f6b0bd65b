import * as z from 'zod'
import { actOf } from '../../engine/acts.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Transition } from '../../engine/types.ts'
import { aboutConsent, ConsentAnswer } from '../../programme/consent.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import { joinNames } from '../../programme/form/join-names.ts'
import { Answers } from '../../programme/rules/answers.ts'
import { about, asksWords, isAll } from './about.ts'
import { type ApplyAsk, type ApplyReply, AskedField, Review } from './ask.ts'
import { pickLine } from './pick-line.ts'
import { sayField, sayReview, saySensitive, saySubmitted, sayWhich } from './words.ts'

/** The notices' versions; a changed text gets a new one, and those who agreed are asked again. */
const NOTICE_VERSION = 'application-1'
const SENSITIVE_VERSION = 'sensitive-1'

type Step = 'beginning' | 'askConsent' | 'filling'
const Data = z.object({
  /** What the pre-screen knows, until it has been carried over. */
  prescreen: Answers.nullable(),
  answers: FormAnswers,
  /** The fields in the order in which they were answered, for `back`. */
  answered: z.array(z.string()),
  sensitive: z.boolean().nullable(),
  /** What is on the table: a field, the separate consent, or the review. */
  current: z.union([AskedField, Review, z.object({ kind: z.literal('sensitive') })]).nullable(),
  picked: z.array(z.string()),
  editing: z.string().nullable(),
})
type Data = z.infer<typeof Data>
const { ask, defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  prescreen: null,
  answers: {},
  answered: [],
  sensitive: null,
  current: null,
  picked: [],
  editing: null,
}

/**
 * The application, field by field as the programme's form has it: consent first, several answers at
 * once where they are beyond doubt, a review in which each can be changed, and a number at the end.
 */
export const applyFlow = defineFlow({
  id: 'apply',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'beginning',
  help: { key: 'apply.help' },
  words: ['申请', '我要申请', '申请扶持', '继续申请', 'apply'],
  resumable: true,
  personal: true,
  reminds: true,
  open: (input) => {
    const prescreen = input.type === 'given' ? Answers.safeParse(input.value) : null
    return prescreen?.success === true
      ? { go: 'beginning', data: { ...EMPTY, prescreen: prescreen.data } }
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
          const { number } = reply
          return {
            end: true,
            effects: [say({ key: 'apply.openCase', params: { number } }, STATUS)],
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
      next: (_, __, choice) => (choice === 'agree' ? 'filling' : 'end'),
    }),
    filling: {
      freeText: true,
      keepsWords: ({ current }) => current?.kind === 'field' && asksWords(current),
      about: ({ current }, act) => about(current, act),
      enter: (data) => [askNext(data)],
      again: (data) =>
        data.current?.kind === 'sensitive' ? [saySensitive({ again: true })] : [askNext(data)],
      undo: (data) => undo(data),
      receive: (data, input) => {
        const reply = replyIn(input).application
        if (reply !== undefined) return receiveReply(data, reply)
        const { current } = data
        if (current === null) return { wait: true, again: true }
        if (current.kind === 'review') return receiveAtReview(data, current, input)
        if (current.kind === 'sensitive') return receiveSensitive(data, input)
        if (input.type === 'choice') return receiveChoice(data, current, input.value)
        if (input.type === 'text' && isAll(data.picked, current, input.text)) {
          return receiveChoice(data, current, 'done')
        }
        if (input.type === 'text') {
          return askAbout(data, { kind: 'said', field: current.id, said: { typed: input.text } })
        }
        if (input.type === 'contact' && input.own) {
          return askAbout(data, { kind: 'said', field: current.id, said: { typed: input.phone } })
        }
        if (input.type === 'media') return { otherwise: { key: 'apply.fileLater' } }
        return { otherwise: { key: 'common.textOnly' } }
      },
      samples: ({ current }) => samplesFor(current),
    },
  },
  migrations: {},
})

const STATUS = { quickReplies: [{ value: '!status', label: { key: 'apply.status' as const } }] }

function askNext({ answers, sensitive, prescreen, editing }: Data): Effect {
  return requestData({ kind: 'next', answers, sensitive, prescreen, editing })
}

function receiveReply(data: Data, reply: ApplyReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'asked': {
      const { answers, field } = reply
      const next: Data = { ...data, answers, prescreen: null, current: field }
      return { wait: true, data: next, effects: [sayField(field, data.picked)] }
    }
    case 'sensitive':
      return {
        wait: true,
        data: { ...data, current: { kind: 'sensitive' } },
        effects: [saySensitive()],
      }
    case 'reviewed': {
      const { answers, review } = reply
      const next: Data = { ...data, answers, prescreen: null, current: review, editing: null }
      return { wait: true, data: next, effects: [sayReview(review)] }
    }
    case 'heard':
      return heard(data, reply)
    case 'problem': {
      const { answers, also, problem, typed } = reply
      return {
        otherwise: problem,
        ...(typed === null ? {} : { typed }),
        data: { ...data, answers },
        effects: sayAlso(also),
      }
    }
    case 'which':
      return { wait: true, effects: [sayWhich(reply.options)] }
    case 'taken':
      return { wait: true, effects: [say({ key: 'apply.taken' }, LOOK_UP)] }
    case 'submitted':
      return { end: true, effects: [saySubmitted(reply)] }
    default:
      return { wait: true, again: true }
  }
}

const LOOK_UP = {
  quickReplies: [
    { value: '!case-lookup', label: { key: 'apply.lookUp' as const } },
    { value: '!person', label: { key: 'policy.person' as const } },
  ],
}

function heard(
  data: Data,
  { answers, also, note }: Extract<ApplyReply, { kind: 'heard' }>,
): Transition<Data, Step> {
  const fresh = Object.keys(answers).filter((field) => !data.answered.includes(field))
  const next: Data = {
    ...data,
    answers,
    answered: [...data.answered, ...fresh],
    current: null,
    picked: [],
    editing: null,
  }
  const effects = [...sayAlso(also), ...(note === null ? [] : [say(note)])]
  return { wait: true, again: true, data: next, effects }
}

/** What was understood besides the answer, so that nobody wonders why it is not asked any more. */
function sayAlso(also: readonly string[]): Effect[] {
  return also.length === 0 ? [] : [say({ key: 'apply.also', params: { fields: joinNames(also) } })]
}

function receiveChoice(data: Data, current: AskedField, value: string): Transition<Data, Step> {
  const said = (of: 'skip' | 'unsure' | { chosen: string[] }) =>
    askAbout(data, { kind: 'said', field: current.id, said: of })
  if (value === 'skip' || value === 'unsure') return said(value)
  if (value === 'yes' || value === 'no') return said({ chosen: [value] })
  if (value === 'none') return said({ chosen: [] })
  if (value === 'done') return said({ chosen: data.picked })
  const option = value.startsWith('o:') ? value.slice(2) : null
  if (option === null) return { otherwise: { key: 'apply.unheard' } }
  if (current.answerKind !== 'some-of') return said({ chosen: [option] })
  const picked = data.picked.includes(option)
    ? data.picked.filter((one) => one !== option)
    : [...data.picked, option]
  return { wait: true, again: true, data: { ...data, picked } }
}

/** The separate consent (PIPL 29). A no is an answer: the form goes on without these fields. */
function receiveSensitive(data: Data, input: Input): Transition<Data, Step> {
  const typed = input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
  const answer = ConsentAnswer.safeParse(typed)
  if (!answer.success) return { otherwise: { key: 'apply.sensitiveUnclear' } }
  const granted = answer.data === 'agree'
  return {
    wait: true,
    again: true,
    data: { ...data, sensitive: granted, current: null },
    effects: [
      consent('sensitive', SENSITIVE_VERSION, granted),
      ...(granted ? [] : [say({ key: 'apply.sensitiveRefused' })]),
    ],
  }
}

/** `1`, `改1`, `1.`, or a field's name changes a field; `提交` hands it in. */
function receiveAtReview(data: Data, { lines }: Review, input: Input): Transition<Data, Step> {
  const typed =
    input.type === 'choice'
      ? input.value
      : input.type === 'text'
        ? input.text.normalize('NFKC').trim()
        : ''
  const act = input.type === 'text' ? actOf(typed) : null
  if (
    typed === 'submit' ||
    act === 'submit' ||
    /^(确认|没问题|没错|都对|都对了|确认无误|all correct)$/.test(typed)
  ) {
    const { answers } = data
    return { wait: true, effects: [{ type: 'intend', intent: { kind: 'case.submit', answers } }] }
  }
  const picked = pickLine(lines, typed)
  if (picked === null) {
    return { otherwise: { key: 'apply.reviewUnclear', params: { max: lines.length } } }
  }
  const { line, value } = picked
  if (value !== null) {
    const editing = { ...data, editing: line.field, current: null, picked: [] }
    return askAbout(editing, { kind: 'said', field: line.field, said: { typed: value } })
  }
  return {
    wait: true,
    again: true,
    data: { ...data, editing: line.field, current: null, picked: [] },
  }
}

type About = Omit<Extract<ApplyAsk, { kind: 'said' }>, 'answers'>

function askAbout(data: Data, about: About): Transition<Data, Step> {
  return { wait: true, data, effects: [requestData({ ...about, answers: data.answers })] }
}

function requestData(asked: ApplyAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'application', ask: asked } }
}

function consent(purpose: 'application' | 'sensitive', version: string, granted: boolean): Effect {
  return { type: 'save', record: { kind: 'consent', purpose, version, granted } }
}

/** `back`: out of a change, a pick or an answer less; null where there is nothing to take back. */
function undo(data: Data): Data | null {
  if (data.editing !== null) return { ...data, editing: null, current: null, picked: [] }
  if (data.picked.length > 0) return { ...data, picked: data.picked.slice(0, -1) }
  const last = data.answered.at(-1)
  if (last === undefined) return null
  const { [last]: _, ...answers } = data.answers
  return { ...data, answers, answered: data.answered.slice(0, -1), current: null }
}

function samplesFor(current: Data['current']): Input[] {
  const choice = (value: string): Input => ({ type: 'choice', value })
  if (current === null) return []
  if (current.kind === 'review') return [choice('submit'), { type: 'text', text: '1' }]
  if (current.kind === 'sensitive') return [choice('agree'), choice('refuse')]
  switch (current.answerKind) {
    case 'typed':
      return [{ type: 'text', text: '张三' }]
    case 'yes-no':
      return [choice('yes'), choice('no')]
    case 'one-of':
      return current.options.slice(0, 2).map(({ id }) => choice(`o:${id}`))
    case 'some-of':
      return [choice('none')]
  }
}
