import type { MessageKey } from '../../locales/keys.ts'
import { say } from '../engine/define.ts'
import type { Input, QuickReply, Text } from '../engine/types.ts'
import { fileProblem } from '../engine/unheard.ts'
import {
  again,
  type Data,
  type Definition,
  intend,
  MINT,
  replyOf,
  type TipOffStep,
  type TipOffTransition,
  tapped,
} from './data.ts'

/** Characters of one answer; what is longer is asked to be told in parts, or as a file. */
const LONGEST = 3000
const MOST_FILES = 5

const SKIP: readonly QuickReply[] = [{ value: 'skip', label: { key: 'tip-off.skip' } }]
const FILES: readonly QuickReply[] = [{ value: 'next', label: { key: 'tip-off.filesNext' } }]
const HAND_IN: readonly QuickReply[] = [
  { value: 'hand-in', label: { key: 'tip-off.handIn' } },
  { value: 'change', label: { key: 'tip-off.change' } },
  { value: 'drop', label: { key: 'tip-off.drop' } },
]

const DONE = {
  quickReplies: [{ value: '!menu', label: { key: 'policy.menu' } }],
} as const

/** The steps in which a tip-off is written, and handed in. */
export const write: Record<
  'askName' | 'askWhat' | 'askWhere' | 'askWhen' | 'askFiles' | 'keeping',
  Definition
> = {
  askName: writing('name', 'tip-off.askName', 'askWhat'),
  askWhat: writing('what', 'tip-off.askWhat', 'askWhere'),
  askWhere: writing('where', 'tip-off.askWhere', 'askWhen'),
  askWhen: writing('when', 'tip-off.askWhen', 'askFiles'),
  askFiles: {
    letter: true,
    enter: ({ written }) =>
      [
        say({ key: 'tip-off.askFiles', params: { most: MOST_FILES } }, { quickReplies: FILES }),
        ...(written.files.length === 0
          ? []
          : [say({ key: 'tip-off.filesSoFar', params: { count: written.files.length } })]),
      ].toReversed(),
    receive: (data, input) => {
      const reply = replyOf(input)
      if (reply?.kind === 'minted') return { go: 'keeping', data: { ...data, key: reply.key } }
      if (tapped(input) === 'next') return { wait: true, effects: [MINT] }
      return takeFile(data, input) ?? again({ key: 'tip-off.filesUnclear' })
    },
    samples: () => [{ type: 'choice', value: 'next' }],
  },
  keeping: {
    letter: true,
    enter: ({ written, key }) => [
      say(
        [
          { key: 'tip-off.review' },
          ...summaryOf(written),
          { key: 'tip-off.key', params: { number: key?.number ?? '', word: key?.word ?? '' } },
          { key: 'tip-off.keyOnce' },
        ],
        { quickReplies: HAND_IN },
      ),
    ],
    receive: (data, input) => {
      const { key, written } = data
      const reply = replyOf(input)
      if (reply?.kind === 'handed-in') {
        return { end: true, effects: [say({ key: 'tip-off.done' }, DONE)] }
      }
      switch (tapped(input)) {
        case 'hand-in':
          return key === null
            ? { go: 'askFiles' }
            : { wait: true, effects: [intend({ kind: 'tip-off.hand-in', key, written })] }
        case 'change':
          // A number is told for what is handed in; the next one is another.
          return { go: written.name === null ? 'askWhat' : 'askName', data: { ...data, key: null } }
        case 'drop':
          return { end: true, effects: [say({ key: 'tip-off.dropped' })] }
        default:
          return takeFile(data, input) ?? again({ key: 'tip-off.keepUnclear' })
      }
    },
    samples: () => HAND_IN.map(({ value }): Input => ({ type: 'choice', value })),
  },
}

/** A question whose answer is kept as it was written; where and when may be left out. */
function writing(
  field: 'name' | 'what' | 'where' | 'when',
  key: MessageKey,
  next: TipOffStep,
): Definition {
  const skips = field === 'where' || field === 'when'
  return {
    letter: true,
    enter: ({ written }) => [
      say(
        [
          { key },
          ...(written[field] == null || written[field] === ''
            ? []
            : [{ key: 'tip-off.soFar' as const, params: { text: written[field] } }]),
        ],
        skips ? { quickReplies: SKIP } : {},
      ),
    ],
    receive: (data, input) => {
      if (skips && tapped(input) === 'skip') return { go: next }
      if (input.type !== 'text')
        return takeFile(data, input) ?? again({ key: 'tip-off.wordsPlease' })
      const text = input.text.trim()
      if (text === '') return again({ key: 'tip-off.wordsPlease' })
      if (text.length > LONGEST) return again({ key: 'tip-off.tooLong', params: { most: LONGEST } })
      return {
        go: next,
        data: { ...data, written: { ...data.written, [field]: text } },
      }
    },
    samples: () => [{ type: 'text', text: '我要说的事' }],
  }
}

/** A file is taken at any of these steps. Null: the input is none. */
function takeFile(data: Data, input: Input): TipOffTransition | null {
  const reply = replyOf(input)
  if (reply?.kind === 'kept') {
    const files = [...data.written.files, reply.file]
    return {
      wait: true,
      again: true,
      data: { ...data, written: { ...data.written, files } },
      effects: [say({ key: 'tip-off.fileKept', params: { count: files.length } })],
    }
  }
  if (reply?.kind === 'not-kept') return again({ key: 'file.unavailable' })
  if (reply?.kind === 'not-cleaned') return again({ key: 'tip-off.fileNotCleaned' })
  const problem = fileProblem(input)
  if (problem !== null) return again(problem)
  if (input.type !== 'media') return null
  if (data.written.files.length >= MOST_FILES) {
    return again({ key: 'tip-off.filesFull', params: { most: MOST_FILES } })
  }
  return { wait: true, effects: [intend({ kind: 'tip-off.file', attachmentId: input.mediaId })] }
}

function summaryOf({ what, where, when, name, files }: Data['written']): Text[] {
  const lines: readonly (readonly [MessageKey, string])[] = [
    ['tip-off.lineName', name ?? ''],
    ['tip-off.lineWhat', what],
    ['tip-off.lineWhere', where],
    ['tip-off.lineWhen', when],
  ]
  return [
    ...(name === null ? [{ key: 'tip-off.lineAnonymous' as const }] : []),
    ...lines
      .filter(([, text]) => text !== '')
      .map(([key, text]): Text => ({ key, params: { text } })),
    ...(files.length === 0
      ? []
      : [{ key: 'tip-off.lineFiles' as const, params: { count: files.length } }]),
  ]
}
