import * as z from 'zod'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import type { Effect, Input, QuickReply, Text, Transition } from '../engine/types.ts'
import { Affiliation, Drawn, type QuizAsk, type QuizReply } from './ask.ts'

type Step = 'who' | 'district' | 'bank' | 'asking' | 'done'
const Named = z.array(z.object({ id: z.string(), name: z.string() }))
const Data = z.object({
  who: Affiliation,
  districts: Named,
  banks: Named,
  /** The round; empty: it is still to be drawn. */
  questions: z.array(Drawn),
  answers: z.array(z.object({ id: z.string(), right: z.boolean() })),
  /** How many choices the question that is open has. */
  choices: z.number().int(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  who: { kind: 'other', district: null, bank: null },
  districts: [],
  banks: [],
  questions: [],
  answers: [],
  choices: 0,
}
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const AGAIN: QuickReply = { value: 'again', label: { key: 'quiz.again' } }

/**
 * A round of questions on the policy for staff and bank officers: who takes part is asked once, the order
 * is drawn by the world, and each answer is explained with its clause.
 */
export const quizFlow = defineFlow({
  id: 'quiz',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'who',
  help: { key: 'quiz.help' },
  resumable: true,
  shows: ['who', 'bank', 'district', 'asking', 'done'],
  words: ['测验', '练习', '培训测验', 'quiz'],
  steps: {
    who: {
      enter: () => [ask({ kind: 'begin' })],
      receive: (data, input) => {
        const reply = replyIn(input).quiz
        if (reply !== undefined) {
          if (reply.kind === 'known') return { go: 'asking', data: EMPTY }
          if (reply.kind !== 'who') return closed()
          const { districts, banks } = reply
          return { wait: true, data: { ...EMPTY, districts, banks }, effects: [sayWho()] }
        }
        const value = input.type === 'choice' ? input.value : ''
        if (value === 'staff' || value === 'other') {
          return { go: 'district', data: { ...data, who: { ...EMPTY.who, kind: value } } }
        }
        if (value === 'bank') {
          const who = { ...EMPTY.who, kind: value } as const
          return { go: data.banks.length === 0 ? 'district' : 'bank', data: { ...data, who } }
        }
        return { otherwise: { key: 'quiz.pick' } }
      },
      samples: () => ['staff', 'bank', 'other'].map(tap),
    },
    bank: {
      enter: ({ banks }) => [sayList({ key: 'quiz.whichBank' }, banks, 'quiz.otherBank')],
      receive: (data, input) => {
        const value = input.type === 'choice' ? input.value : ''
        const bank = data.banks.find(({ id }) => id === value)?.id ?? null
        if (bank === null && value !== 'none') return { otherwise: { key: 'quiz.pick' } }
        return { go: 'district', data: { ...data, who: { ...data.who, bank } } }
      },
      samples: ({ banks }) => [...banks.map(({ id }) => tap(id)), tap('none')],
    },
    district: {
      enter: ({ districts }) => [
        sayList({ key: 'quiz.whichDistrict' }, districts, 'quiz.noDistrict'),
      ],
      receive: (data, input) => {
        const reply = replyIn(input).quiz
        if (reply !== undefined) {
          if (reply.kind !== 'joined') return closed()
          return { go: 'asking', data: EMPTY }
        }
        const value = input.type === 'choice' ? input.value : ''
        const district = data.districts.find(({ id }) => id === value)?.id ?? null
        if (district === null && value !== 'none') return { otherwise: { key: 'quiz.pick' } }
        const who = { ...data.who, district }
        return {
          wait: true,
          data: { ...data, who },
          effects: [{ type: 'intend', intent: { kind: 'quiz.join', who } }],
        }
      },
      samples: ({ districts }) => [...districts.map(({ id }) => tap(id)), tap('none')],
    },
    asking: {
      enter: (data) => [askNext(data)],
      receive: (data, input) => {
        const reply = replyIn(input).quiz
        if (reply !== undefined) return receiveReply(data, reply)
        const drawn = data.questions[data.answers.length]
        const chosen = chosenOf(input, data.choices)
        if (drawn === undefined || chosen === null) return { otherwise: { key: 'quiz.pick' } }
        return { wait: true, effects: [ask({ kind: 'answer', drawn, chosen })] }
      },
      samples: ({ choices }) => [
        ...Array.from({ length: choices }, (_, at) => tap(`c:${at}`)),
        { type: 'text', text: '1' },
      ],
    },
    done: {
      enter: (data) => [sayScore(data)],
      receive: (_, input) => {
        const value = input.type === 'choice' ? input.value : ''
        if (value === 'again') return { go: 'asking', data: EMPTY }
        return { otherwise: { key: 'quiz.pick' } }
      },
      samples: () => [tap('again')],
    },
  },
  migrations: {},
})

function tap(value: string): Input {
  return { type: 'choice', value }
}

/** The first of the round, the next, or its end. */
function askNext({ questions, answers }: Data): Effect {
  const drawn = questions[answers.length]
  if (drawn !== undefined) return ask({ kind: 'question', drawn })
  return questions.length === 0
    ? ask({ kind: 'draw' })
    : { type: 'intend', intent: { kind: 'quiz.finish', answers } }
}

function receiveReply(data: Data, reply: QuizReply): Transition<Data, Step> {
  const { questions, answers } = data
  const drawn = questions[answers.length]
  switch (reply.kind) {
    case 'drawn': {
      const begun = { ...data, questions: reply.questions, answers: [] }
      const start = say({ key: 'quiz.begin', params: { count: reply.questions.length } })
      return reply.questions.length === 0
        ? closed()
        : { wait: true, again: true, data: begun, effects: [start] }
    }
    case 'question':
      return {
        wait: true,
        data: { ...data, choices: reply.choices.length },
        effects: [sayQuestion(data, reply)],
      }
    case 'gone': {
      const left = questions.filter((one) => one !== drawn)
      return left.length === 0
        ? closed()
        : { wait: true, again: true, data: { ...data, questions: left } }
    }
    case 'judged': {
      if (drawn === undefined) return closed()
      const { right, answer, why, clause, section } = reply
      const now = { ...data, answers: [...answers, { id: drawn.id, right }] }
      const told = say([
        right ? { key: 'quiz.right' } : { key: 'quiz.wrong', params: { answer } },
        { text: why },
        { key: 'quiz.clause', params: { clause, section } },
      ])
      return { wait: true, again: true, data: now, effects: [told] }
    }
    case 'finished':
      return { go: 'done', data }
    default:
      return closed()
  }
}

/** A button, a number as it is listed, or a letter. */
function chosenOf(input: Input, choices: number): number | null {
  if (input.type === 'choice') {
    const [, at] = /^c:(\d)$/.exec(input.value) ?? []
    return at === undefined || Number(at) >= choices ? null : Number(at)
  }
  if (input.type !== 'text') return null
  const typed = input.text.normalize('NFKC').trim().toUpperCase()
  const at = /^\d$/.test(typed) ? Number(typed) - 1 : 'ABCDE'.indexOf(typed)
  return typed.length === 1 && at >= 0 && at < choices ? at : null
}

function sayWho(): Effect {
  return say(
    { key: 'quiz.who' },
    {
      quickReplies: [
        { value: 'staff', label: { key: 'quiz.staff' } },
        { value: 'bank', label: { key: 'quiz.bank' } },
        { value: 'other', label: { key: 'quiz.other' } },
      ],
    },
  )
}

function sayList(
  text: Text,
  list: Data['districts'],
  none: 'quiz.otherBank' | 'quiz.noDistrict',
): Effect {
  return say(text, {
    quickReplies: [
      ...list.map(({ id, name }) => ({ value: id, label: { text: name } })),
      { value: 'none', label: { key: none } },
    ],
  })
}

function sayQuestion(
  { questions, answers }: Data,
  { text, choices }: Extract<QuizReply, { kind: 'question' }>,
): Effect {
  const params = { at: answers.length + 1, of: questions.length, text }
  return say(
    { key: 'quiz.question', params },
    {
      quickReplies: choices.map((choice, at) => ({ value: `c:${at}`, label: { text: choice } })),
    },
  )
}

function sayScore({ answers }: Data): Effect {
  const right = answers.filter((one) => one.right).length
  const of = answers.length
  return say(
    [
      { key: 'quiz.score', params: { right, of } },
      { key: right === of ? 'quiz.allRight' : 'quiz.keepOn' },
    ],
    { quickReplies: [AGAIN, MENU] },
  )
}

function closed(): Transition<Data, Step> {
  return { end: true, effects: [say({ key: 'quiz.closed' }, { quickReplies: [MENU] })] }
}

function ask(asked: QuizAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'quiz', ask: asked } }
}
