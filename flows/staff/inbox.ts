import { replyIn, say } from '../engine/define.ts'
import type { Effect, QuickReply } from '../engine/types.ts'
import { HANDOFF_DEEDS, type HandoffCard, type StaffReply } from './ask.ts'
import {
  answered,
  ask,
  EMPTY,
  HOME,
  looking,
  reopen,
  type StaffData,
  type StaffDefinition,
  tapped,
  taps,
  type Went,
} from './data.ts'

const ANSWER_LENGTH = 2000

/** Conversations that wait for a person: taken over, answered, given back to the bot. */
export const inbox: Record<'inbox' | 'handoff' | 'answer', StaffDefinition> = {
  inbox: looking('inbox', {
    ask: () => ({ kind: 'inbox' }),
    show: (data, reply) =>
      reply.kind === 'inbox'
        ? { wait: true, data: { ...data, shown: reply }, effects: [sayInbox(reply.rows)] }
        : { otherwise: { key: 'staff.pickUnclear' } },
    receive: (data, input) => {
      const rows = data.shown?.kind === 'inbox' ? data.shown.rows : []
      const row = rows.find((_, index) => tapped(input) === `h${index}`)
      return row === undefined
        ? { otherwise: { key: 'staff.pickUnclear' } }
        : { go: 'handoff', data: { ...EMPTY, which: row.id } }
    },
    samples: ({ shown }) =>
      shown?.kind === 'inbox' && shown.rows.length > 0
        ? taps('h0')
        : [{ type: 'choice', value: '!staff' }],
  }),
  handoff: looking('handoff', {
    ask: ({ which }) => ({ kind: 'handoff', id: which }),
    show: (data, reply) => shown(data, reply),
    receive: (data, input) => {
      const value = tapped(input)
      if (value === 'inbox') return reopen('inbox', [])
      const card = data.shown?.kind === 'handoff' ? data.shown.card : null
      if (value === 'answer' && card?.can.includes('answer')) return { go: 'answer' }
      const deed = HANDOFF_DEEDS.find((one) => one === value && card?.can.includes(one))
      if (deed === undefined) return { otherwise: { key: 'staff.pickUnclear' } }
      const { which } = data
      return { wait: true, effects: [ask({ kind: 'handoff-deed', id: which, deed })] }
    },
    samples: ({ shown }) => taps('inbox', ...(shown?.kind === 'handoff' ? shown.card.can : [])),
  }),
  answer: {
    letter: true,
    enter: () => [say({ key: 'staff.askAnswer', params: { most: ANSWER_LENGTH } }, BACK)],
    receive: (data, input) => {
      const answer = replyIn(input).staff
      if (answer !== undefined) {
        return answered('answer', data, answer, (_, reply) =>
          reply.kind === 'problem'
            ? reopen(`handoff ${data.which}`, [say({ text: reply.text })])
            : reopen(`handoff ${data.which}`, [say({ key: 'staff.answered' })]),
        )
      }
      if (tapped(input) === 'no') return reopen(`handoff ${data.which}`, [])
      const text = input.type === 'text' ? input.text.trim() : ''
      const key = data.shown?.kind === 'handoff' ? data.shown.card.key : ''
      if (text === '' || text.length > ANSWER_LENGTH || key === '') {
        return { otherwise: { key: 'staff.answerUnclear', params: { most: ANSWER_LENGTH } } }
      }
      return { wait: true, effects: [ask({ kind: 'answer', id: data.which, key, text })] }
    },
    samples: () => [{ type: 'text', text: '您好，明天上午可以来办。' }, ...taps('no')],
  },
}

const BACK = {
  quickReplies: [{ value: 'no', label: { key: 'staff.no' } }] as QuickReply[],
  numbered: false,
}

function shown(data: StaffData, reply: StaffReply): Went {
  const again = `handoff ${data.which}`
  switch (reply.kind) {
    case 'handoff':
      // What the person said is shown and not kept.
      return {
        wait: true,
        data: { ...data, shown: { ...reply, card: { ...reply.card, words: null } } },
        effects: [sayHandoff(reply.card)],
      }
    case 'done':
      return reopen(again, [say({ key: 'staff.done' })])
    case 'left':
      return reopen('inbox', [say({ key: 'staff.gaveBack' })])
    case 'problem':
      return reopen(again, [say({ text: reply.text })])
    default:
      return { otherwise: { key: 'staff.pickUnclear' } }
  }
}

function sayInbox(rows: readonly { id: string; name: string }[]): Effect {
  return say(
    { key: rows.length === 0 ? 'staff.inboxEmpty' : 'staff.inbox' },
    {
      quickReplies: [
        ...rows.map(({ name }, index) => ({ value: `h${index}`, label: { text: name } })),
        HOME,
      ],
    },
  )
}

function sayHandoff({ line, words, takenBy, can, url }: HandoffCard): Effect {
  return say(
    [
      { text: line },
      words === null ? { key: 'staff.wordsHidden' } : { key: 'staff.words', params: { words } },
      takenBy === null
        ? { key: 'staff.takenByNobody' }
        : { key: 'staff.takenBy', params: { name: takenBy } },
      { key: 'staff.inConsole', links: { url } },
    ],
    {
      quickReplies: [
        ...(can.includes('take') ? [button('take', 'staff.take')] : []),
        ...(can.includes('answer') ? [button('answer', 'staff.toAnswer')] : []),
        ...(can.includes('back') ? [button('back', 'staff.giveBack')] : []),
        button('inbox', 'staff.backToInbox'),
      ],
    },
  )
}

function button(
  value: string,
  key: 'staff.take' | 'staff.toAnswer' | 'staff.giveBack' | 'staff.backToInbox',
): QuickReply {
  return { value, label: { key } }
}
