import { say } from '../engine/define.ts'
import type { Effect, QuickReply } from '../engine/types.ts'
import type { CaseCard, MoveOption, StaffReply } from './ask.ts'
import {
  ask,
  EMPTY,
  HOME,
  looking,
  reopen,
  type StaffData,
  type StaffDefinition,
  type StaffStep,
  tapped,
  taps,
  type Went,
} from './data.ts'
import { picking } from './pick.ts'

const NOTE_LENGTH = 1000

/** The applications that wait for this person, one of them, and a move of it step by step. */
export const cases: Record<
  'queue' | 'case' | 'reasons' | 'missing' | 'note' | 'confirm',
  StaffDefinition
> = {
  queue: looking('queue', {
    ask: ({ page }) => ({ kind: 'queue', page }),
    show: (data, reply) =>
      reply.kind === 'queue'
        ? { wait: true, data: { ...data, shown: reply }, effects: [sayQueue(reply)] }
        : { otherwise: { key: 'staff.pickUnclear' } },
    receive: (data, input) => {
      const value = tapped(input)
      const shown = data.shown?.kind === 'queue' ? data.shown : null
      if (shown !== null && value === 'more' && shown.page < shown.pages) {
        return { wait: true, again: true, data: { ...data, page: shown.page + 1 } }
      }
      if (shown !== null && value === 'less' && shown.page > 1) {
        return { wait: true, again: true, data: { ...data, page: shown.page - 1 } }
      }
      const row = shown?.rows.find(({ id }) => id === value)
      if (row === undefined) return { otherwise: { key: 'staff.pickUnclear' } }
      return { go: 'case', data: { ...EMPTY, page: data.page, which: row.id } }
    },
    samples: ({ shown }) =>
      shown?.kind === 'queue' && shown.rows.length > 0
        ? taps(...shown.rows.map(({ id }) => id), 'more')
        : [{ type: 'choice', value: '!staff' }],
  }),
  case: looking('case', {
    ask: ({ which }) => ({ kind: 'case', number: which }),
    show: (data, reply) =>
      reply.kind === 'case'
        ? {
            wait: true,
            // What it says is shown and not kept.
            data: { ...data, shown: { ...reply, card: { ...reply.card, lines: [] } } },
            effects: [sayCase(reply.card)],
          }
        : { otherwise: { key: 'staff.pickUnclear' } },
    receive: (data, input) => {
      const card = data.shown?.kind === 'case' ? data.shown.card : null
      if (card !== null && tapped(input) === 'queue') return reopen('queue', [])
      const move = card?.moves.find(({ id }) => `m-${id}` === tapped(input))
      if (card === null || move === undefined) return { otherwise: { key: 'staff.pickUnclear' } }
      const { number, version } = card
      const wish = { ...EMPTY.wish, number, version, move: move.id }
      const begun = { ...data, shown: null, move, wish }
      return { go: afterMove(begun, 'case'), data: begun }
    },
    samples: ({ shown }) =>
      taps(...(shown?.kind === 'case' ? shown.card.moves.map(({ id }) => `m-${id}`) : []), 'queue'),
  }),
  reasons: picking({
    text: { key: 'staff.reasons' },
    options: ({ move }) => move?.reasons ?? [],
    chosen: ({ wish }) => wish.reasons,
    keep: (data, reasons) => ({ ...data, wish: { ...data.wish, reasons: [...reasons] } }),
    least: 1,
    next: (data) => afterMove(data, 'reasons'),
  }),
  missing: picking({
    text: { key: 'staff.missing' },
    options: ({ move }) => pieceOptions(move),
    chosen: ({ wish }) => wish.missing.map(({ kind, id }) => `${kind}:${id}`),
    keep: (data, ids) => {
      const pieces = data.move?.pieces ?? []
      const missing = pieces
        .filter(({ kind, id }) => ids.includes(`${kind}:${id}`))
        .map(({ kind, id }) => ({ kind, id }))
      return { ...data, wish: { ...data.wish, missing } }
    },
    least: 1,
    next: (data) => afterMove(data, 'missing'),
  }),
  note: {
    letter: true,
    enter: () => [say({ key: 'staff.note', params: { most: NOTE_LENGTH } }, { numbered: false })],
    receive: (data, input) => {
      const note = input.type === 'text' ? input.text.trim() : ''
      if (!/[\p{L}\p{N}]/u.test(note) || note.length > NOTE_LENGTH) {
        return { otherwise: { key: 'staff.noteUnclear', params: { most: NOTE_LENGTH } } }
      }
      return { go: 'confirm', data: { ...data, wish: { ...data.wish, note } } }
    },
    samples: () => [{ type: 'text', text: '请把第二页重新拍清楚' }],
  },
  confirm: looking('confirm', {
    ask: ({ wish }) => ({ kind: 'preview', wish }),
    show: (data, reply) => acted(data, reply),
    receive: (data, input) => {
      const value = tapped(input)
      if (value === 'no') return reopen(`case ${data.wish.number}`, [say({ key: 'staff.kept' })])
      if (value !== 'yes') return { otherwise: { key: 'staff.confirmUnclear' } }
      return { wait: true, effects: [ask({ kind: 'act', wish: data.wish })] }
    },
    samples: () => taps('yes', 'no'),
  }),
}

/** What is asked next for a move: reasons, what is missing, words, and whether it is meant. */
function afterMove({ move, wish }: StaffData, step: StaffStep): StaffStep {
  const order = ['case', 'reasons', 'missing'].indexOf(step)
  if (order < 1 && (move?.reasons.length ?? 0) > 0) return 'reasons'
  if (order < 2 && (move?.pieces.length ?? 0) > 0) return 'missing'
  const wordy = move?.reasons.some(({ id, note }) => note && wish.reasons.includes(id)) ?? false
  return wordy ? 'note' : 'confirm'
}

function acted(data: StaffData, reply: StaffReply): Went {
  const { number } = data.wish
  switch (reply.kind) {
    case 'preview':
      return { wait: true, effects: [sayPreview(data, reply)] }
    case 'acted': {
      const { stage } = reply
      const key = reply.told ? 'staff.actedTold' : 'staff.acted'
      return {
        end: true,
        effects: [say({ key, params: { number, stage } }, { quickReplies: [TO_QUEUE, HOME] })],
      }
    }
    case 'problem':
      return reopen(`case ${number}`, [say({ text: reply.text })])
    default:
      return { otherwise: { key: 'staff.confirmUnclear' } }
  }
}

const TO_QUEUE: QuickReply = { value: '!staff:queue', label: { key: 'staff.backToQueue' } }

function pieceOptions(move: MoveOption | null) {
  return (move?.pieces ?? []).map(({ kind, id, name }) => ({ id: `${kind}:${id}`, name }))
}

function sayQueue({ page, pages, total, rows }: Extract<StaffReply, { kind: 'queue' }>): Effect {
  if (rows.length === 0) return say({ key: 'staff.queueEmpty' }, { quickReplies: [HOME] })
  const way = (value: string, key: 'staff.more' | 'staff.less'): QuickReply => ({
    value,
    label: { key },
  })
  return say(
    { key: 'staff.queue', params: { total, page, pages } },
    {
      quickReplies: [
        ...rows.map(({ id, name }) => ({ value: id, label: { text: name } })),
        ...(page < pages ? [way('more', 'staff.more')] : []),
        ...(page > 1 ? [way('less', 'staff.less')] : []),
        HOME,
      ],
    },
  )
}

function sayCase({ number, stage, lines, moves, url }: CaseCard): Effect {
  return say(
    [
      { key: 'staff.case', params: { number, stage } },
      ...lines.map((text) => ({ text })),
      { key: moves.length === 0 ? 'staff.caseNoMoves' : 'staff.caseMoves', links: { url } },
    ],
    {
      quickReplies: [
        ...moves.map(({ id, name }) => ({ value: `m-${id}`, label: { text: name } })),
        { value: 'queue', label: { key: 'staff.backToQueue' } },
      ],
    },
  )
}

function sayPreview(
  { move, wish }: StaffData,
  { notice, hidden }: Extract<StaffReply, { kind: 'preview' }>,
): Effect {
  const params = { number: wish.number, move: move?.name ?? '' }
  return say(
    [
      { key: 'staff.confirm', params },
      ...(notice === null
        ? [{ key: hidden ? 'staff.noticeHidden' : 'staff.noticeNone' } as const]
        : [{ key: 'staff.notice', params: { notice } } as const]),
    ],
    {
      quickReplies: [
        { value: 'yes', label: { key: 'staff.yes' } },
        { value: 'no', label: { key: 'staff.no' } },
      ],
    },
  )
}
