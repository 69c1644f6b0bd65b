import * as z from 'zod'
import type { Act } from '../../engine/acts.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Text, Transition } from '../../engine/types.ts'
import { wordsOnly } from '../../engine/unheard.ts'
import { aboutConsent, ConsentAnswer } from '../../programme/consent.ts'
import { aboutField } from '../../programme/form/about-field.ts'
import { keepsAnswer } from '../../programme/form/dialog/dialog.ts'
import { type Answer, Answers, NOT_SURE } from '../../programme/rules/answers.ts'
import { AskedQuestion, type PrescreenReply } from './reply.ts'
import { answerTyped } from './typed.ts'
import { sayQuestion, sayReported, sayVerdict, sayVerdictAgain, sayWhich } from './words.ts'

/** The notice's version; a changed text gets a new one, and those who agreed are asked again. */
const NOTICE_VERSION = 'prescreen-1'

/** Asks for what reports of other years say, which the result only mentions. */
const REPORTED = 'reported'

type Step = 'askConsent' | 'asking'
const Data = z.object({
  answers: Answers,
  /** The questions in the order in which they were answered, for `back`. */
  answered: z.array(z.string()),
  /** What is on the table: a question, or the verdict. */
  current: z.union([AskedQuestion, z.object({ kind: z.literal('verdict') })]).nullable(),
  picked: z.array(z.string()),
  /** The question that is asked again although it was answered; null: the next one. */
  editing: z.string().nullable(),
})
type Data = z.infer<typeof Data>
const { ask, defineFlow } = setupFlow<Data, Step>()

/**
 * Whether the plan favours a person, in at most eight questions, each asked only while its answer can
 * still matter. Advice with its reasons, never a refusal; no name, no number is asked.
 */
export const prescreenFlow = defineFlow({
  id: 'prescreen',
  version: 2,
  data: Data,
  initial: { answers: {}, answered: [], current: null, picked: [], editing: null },
  start: 'askConsent',
  help: { key: 'prescreen.help' },
  words: ['看我能不能优先', '我能不能优先', '预审', 'do i get priority', 'pre-screen', 'prescreen'],
  resumable: true,
  steps: {
    askConsent: ask({
      text: { key: 'prescreen.notice' },
      again: { key: 'prescreen.noticeAgain' },
      options: [
        { value: 'agree', label: { key: 'prescreen.agree' } },
        { value: 'refuse', label: { key: 'prescreen.refuse' } },
      ],
      parse: ConsentAnswer,
      otherwise: { key: 'prescreen.noticeUnclear' },
      about: (_, act) => aboutConsent(act),
      keep: (data) => data,
      effects: (_, choice) => [
        {
          type: 'save',
          record: {
            kind: 'consent',
            purpose: 'prescreen',
            version: NOTICE_VERSION,
            granted: choice === 'agree',
          },
        },
        ...(choice === 'agree' ? [] : [say({ key: 'prescreen.refused' })]),
      ],
      next: (_, __, choice) => (choice === 'agree' ? 'asking' : 'end'),
    }),
    asking: {
      freeText: true,
      keepsWords: () => false,
      about: ({ current }, act) => about(current, act),
      enter: ({ answers, picked, editing }) => [
        {
          type: 'request',
          requestId: 'next',
          query: { kind: 'prescreen', answers, picked, editing },
        },
      ],
      undo: (data) => undo(data),
      receive: (data, input) => {
        const reply = replyIn(input).prescreen
        if (reply !== undefined) {
          const isReported = input.type === 'result' && input.requestId === REPORTED
          return isReported && reply.kind === 'verdict'
            ? wait(data, sayReported(reply), sayVerdictAgain())
            : receiveReply(data, reply)
        }
        if (data.current === null) return { wait: true, again: true }
        if (data.current.kind === 'verdict') return receiveAtVerdict(data, input)
        if (input.type === 'choice') return receiveChoice(data, data.current, input.value)
        if (input.type === 'text') return receiveText(data, data.current, input.text)
        return { otherwise: wordsOnly(input) }
      },
      samples: ({ current }) => samplesFor(current),
    },
  },
  migrations: { 2: ({ step, data }) => ({ step, data: { ...data, editing: null } }) },
})

function about(current: Data['current'], act: Act): readonly Text[] | null {
  if (current?.kind !== 'question') return null
  const { answerKind, explain } = current
  return answerKind === 'number'
    ? aboutField({ ...NUMBER, explain }, act)
    : aboutField({ answerKind, explain, canSkip: false, canBeUnsure: true }, act)
}

/** Of every question "not sure" is an answer, so that none must be answered. */
const NUMBER = { answerKind: 'typed', takes: 'count', canSkip: false, canBeUnsure: true } as const

/** The answers go along to the application, where they need not be given again. */
function receiveAtVerdict(data: Data, input: Input): Transition<Data, Step> {
  const { answers, picked } = data
  if (input.type === 'choice' && input.value === 'reported') {
    const query = { kind: 'prescreen', answers, picked, editing: null } as const
    return { wait: true, effects: [{ type: 'request', requestId: REPORTED, query }] }
  }
  if (input.type !== 'choice' || input.value !== 'apply') {
    return { otherwise: { key: 'prescreen.afterVerdict' } }
  }
  return {
    end: true,
    next: { flow: 'apply', input: { type: 'given', value: answers } },
  }
}

function receiveReply(data: Data, reply: PrescreenReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'question':
      return wait({ ...data, current: reply }, sayQuestion(reply, placeOf(data)))
    case 'verdict':
      return wait({ ...data, current: { kind: 'verdict' } }, sayVerdict(reply))
    case 'heard':
      return keep(data, reply.answer)
    case 'which':
      return wait(data, sayWhich(reply.options))
    case 'city':
      return unheard(data, { key: 'programme.placeCity' })
    case 'unheard':
      return unheard(data, { key: 'prescreen.unheard' })
  }
}

/** The number of the question on the table, counted from one. */
function placeOf({ answered, editing }: Data): number {
  return (editing === null ? answered.length : answered.indexOf(editing)) + 1
}

function receiveChoice(data: Data, current: AskedQuestion, value: string): Transition<Data, Step> {
  const { answerKind } = current
  if (value === 'keep' && current.answer != null) return goOn(data)
  if (value === 'unsure') return keep(data, unsureOf(data, current))
  if (answerKind === 'yes-no' && (value === 'yes' || value === 'no'))
    return keep(data, value === 'yes')
  if (answerKind === 'some-of' && (value === 'none' || value === 'done')) {
    return keep(data, { has: data.picked, unsure: [] })
  }
  const option = value.startsWith('o:') ? value.slice(2) : null
  const known = current.options.some(({ id }) => id === option)
  if (option !== null && known && answerKind === 'one-of') return keep(data, option)
  if (option !== null && known && answerKind === 'some-of') {
    const picked = data.picked.includes(option)
      ? data.picked.filter((one) => one !== option)
      : [...data.picked, option]
    return { wait: true, again: true, data: { ...data, picked } }
  }
  return { otherwise: { key: 'prescreen.unheard' } }
}

function receiveText(data: Data, current: AskedQuestion, text: string): Transition<Data, Step> {
  if (current.answer != null && keepsAnswer(text)) return goOn(data)
  const answer = answerTyped(current, text)
  if (answer === NOT_SURE) return keep(data, unsureOf(data, current))
  if (answer !== null) {
    return keep(
      data,
      typeof answer === 'object'
        ? { ...answer, has: [...new Set([...data.picked, ...answer.has])] }
        : answer,
    )
  }
  if (current.answerKind !== 'one-of') return { otherwise: { key: 'prescreen.unheard' } }
  const query = { kind: 'prescreen-typed', question: current.id, text } as const
  return { wait: true, effects: [{ type: 'request', requestId: 'typed', query }] }
}

/** Who is not sure of the rest is still sure of what was picked. */
function unsureOf({ picked }: Data, { options }: AskedQuestion): Answer {
  if (picked.length === 0) return NOT_SURE
  const rest = options.map(({ id }) => id).filter((id) => !picked.includes(id))
  return { has: picked, unsure: rest }
}

function keep(data: Data, answer: Answer): Transition<Data, Step> {
  if (data.current?.kind !== 'question') return { wait: true, again: true }
  const { id } = data.current
  const answered = data.answered.includes(id) ? data.answered : [...data.answered, id]
  return goOn({ ...data, answers: { ...data.answers, [id]: answer }, answered })
}

function goOn(data: Data): Transition<Data, Step> {
  return { wait: true, again: true, data: { ...data, current: null, picked: [], editing: null } }
}

/** `back`: a pick less, or to the question before, whose answer stands until it is given anew; null where there is none. */
function undo(data: Data): Data | null {
  const { answered, editing, picked } = data
  if (picked.length > 0) return { ...data, picked: picked.slice(0, -1) }
  const before = answered[(editing === null ? answered.length : answered.indexOf(editing)) - 1]
  return before === undefined ? null : { ...data, current: null, editing: before }
}

function unheard(data: Data, text: Text): Transition<Data, Step> {
  return { wait: true, again: true, data, effects: [say(text)] }
}

function wait(data: Data, ...effects: Effect[]): Transition<Data, Step> {
  return { wait: true, data, effects }
}

function samplesFor(current: Data['current']): Input[] {
  const choice = (value: string): Input => ({ type: 'choice', value })
  if (current === null) return []
  if (current.kind === 'verdict') return [choice('apply')]
  switch (current.answerKind) {
    case 'yes-no':
      return ['yes', 'no', 'unsure'].map(choice)
    case 'number':
      return [choice('unsure'), { type: 'text', text: '3' }]
    case 'one-of':
      return [...current.options.slice(0, 2).map(({ id }) => choice(`o:${id}`)), choice('unsure')]
    case 'some-of':
      return [choice('none'), choice('unsure'), { type: 'text', text: '1' }]
  }
}
