import { say } from '../engine/define.ts'
import type { Input, QuickReply, Text } from '../engine/types.ts'
import type { TipOffKey } from './ask.ts'
import { again, type Data, type Definition, EMPTY, intend, replyOf, tapped } from './data.ts'

/** Characters of one message. */
const LONGEST = 2000
/** The last so many messages are shown. */
const SHOWN = 12

const TALK: readonly QuickReply[] = [
  { value: 'look', label: { key: 'tip-off.lookAgain' } },
  { value: 'leave', label: { key: 'tip-off.leave' } },
]

/** The steps in which a tip-off is looked up and talked about, without a name. */
export const look: Record<'askKey' | 'talking', Definition> = {
  askKey: {
    letter: true,
    enter: () => [say({ key: 'tip-off.askKey' })],
    receive: (data, input) => {
      const reply = replyOf(input)
      if (reply?.kind === 'opened') {
        const { id, talk, until } = reply
        const opened = { id, talk, until }
        return { go: 'talking', data: { ...EMPTY, opened } }
      }
      if (reply?.kind === 'no-fit') {
        return {
          wait: true,
          again: true,
          data: EMPTY,
          effects: [say({ key: 'tip-off.noFit' })],
        }
      }
      if (input.type !== 'text') return again({ key: 'tip-off.keyUnclear' })
      const key = keyIn(input.text, data.key?.number ?? '')
      if (key.number === '') return again({ key: 'tip-off.keyUnclear' })
      return key.word === ''
        ? { wait: true, data: { ...EMPTY, key }, effects: [say({ key: 'tip-off.askWord' })] }
        : { wait: true, effects: [intend({ kind: 'tip-off.open', key })] }
    },
    samples: () => [{ type: 'text', text: '123456789 一二三' }],
  },
  talking: {
    letter: true,
    enter: ({ opened }) => [
      say(opened === null ? { key: 'tip-off.closedAgain' } : talkOf(opened.talk), {
        quickReplies: TALK,
      }),
    ],
    receive: (data, input, { now }) => {
      const { opened } = data
      const reply = replyOf(input)
      if (opened === null || (reply === undefined && now > opened.until)) {
        return { go: 'askKey', data: EMPTY, effects: [say({ key: 'tip-off.closedAgain' })] }
      }
      if (reply?.kind === 'opened' || reply?.kind === 'written') {
        const isWritten = reply.kind === 'written'
        return {
          wait: true,
          again: true,
          data: { ...data, opened: { ...opened, talk: reply.talk } },
          effects: isWritten ? [say({ key: 'tip-off.sent' })] : [],
        }
      }
      if (tapped(input) === 'leave') return { end: true, effects: [say({ key: 'tip-off.left' })] }
      const { id } = opened
      if (tapped(input) === 'look')
        return { wait: true, effects: [intend({ kind: 'tip-off.look', id })] }
      const text = input.type === 'text' ? input.text.trim() : ''
      if (text === '') return again({ key: 'tip-off.wordsPlease' })
      if (text.length > LONGEST) return again({ key: 'tip-off.tooLong', params: { most: LONGEST } })
      return { wait: true, effects: [intend({ kind: 'tip-off.write', id, text })] }
    },
    samples: () => [
      ...TALK.map(({ value }): Input => ({ type: 'choice', value })),
      { type: 'text', text: '我再补充一句' },
    ],
  },
}

/** Nine digits, however they are grouped, and the words beside them. `known`: the number that was given before. */
function keyIn(typed: string, known: string): TipOffKey {
  const text = typed.normalize('NFKC').trim()
  const found = /(?<!\d)\d{3}[\s-]*\d{3}[\s-]*\d{3}(?!\d)/.exec(text)
  if (found === null) return { number: known, word: known === '' ? '' : text }
  const number = found[0].replaceAll(/\D/g, '')
  return {
    number,
    word: text
      .replace(found[0], ' ')
      .replace(/^[\s,，;；、:：]+/, '')
      .trim(),
  }
}

function talkOf({ state, messages }: NonNullable<Data['opened']>['talk']): Text[] {
  const shown = messages.slice(-SHOWN)
  return [
    { key: `tip-off.state-${state}` },
    ...(messages.some(({ side }) => side === 'supervision')
      ? []
      : [{ key: 'tip-off.noAnswerYet' as const }]),
    ...shown.map(
      ({ side, text, day }): Text => ({ key: `tip-off.said-${side}`, params: { text, day } }),
    ),
    { key: 'tip-off.writeOn' },
  ]
}
