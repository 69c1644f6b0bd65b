import * as z from 'zod'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Input, Transition } from '../../engine/types.ts'
import { ConfirmAnswer } from '../../programme/consent.ts'
import { intend, type MyDataReply, ProofPurpose, requestData } from './ask.ts'
import { Correction, correcting, migrateCorrection } from './correct.ts'
import { Wish } from './wish.ts'
import { BACK, sayConsents, sayErasure, sayWithdrawn } from './words.ts'

type Step =
  | 'choosing'
  | 'seeing'
  | 'copying'
  | 'correcting'
  | 'changing'
  | 'withdrawing'
  | 'confirmWithdraw'
  | 'erasing'
const Data = z.object({
  /** What can be withdrawn, and the open case that goes with the application. */
  granted: z.array(ProofPurpose),
  number: z.string().nullable(),
  correction: Correction.nullable(),
})
type Data = z.infer<typeof Data>
const { ask, defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = { granted: [], number: null, correction: null }

const STEP_OF = {
  see: 'seeing',
  copy: 'copying',
  correct: 'correcting',
  withdraw: 'withdrawing',
  erase: 'erasing',
} as const

/**
 * What is held about a person, and what they may do with it (PIPL 15, 44-47): see it, take a copy,
 * correct it, withdraw a consent, have it deleted. Each that changes something gets a receipt.
 */
export const myDataFlow = defineFlow({
  id: 'my-data',
  version: 2,
  data: Data,
  initial: EMPTY,
  start: 'choosing',
  help: { key: 'my-data.help' },
  words: ['我的数据', '我的信息', '查看我的数据', 'my data', 'my information'],
  personal: true,
  shows: ['choosing', 'withdrawing', 'confirmWithdraw', 'erasing'],
  open: (input) => {
    const wish = input.type === 'choice' ? Wish.safeParse(input.value) : null
    return wish?.success === true ? { go: STEP_OF[wish.data], data: EMPTY } : null
  },
  steps: {
    choosing: ask({
      text: { key: 'my-data.choose' },
      options: [
        { value: 'see', label: { key: 'my-data.see' } },
        { value: 'copy', label: { key: 'my-data.copy' } },
        { value: 'correct', label: { key: 'my-data.correct' } },
        { value: 'withdraw', label: { key: 'my-data.withdraw' } },
        { value: 'erase', label: { key: 'my-data.erase' } },
        { value: '!menu', label: { key: 'policy.menu' } },
      ],
      parse: Wish,
      otherwise: { key: 'my-data.chooseUnclear' },
      keep: () => EMPTY,
      next: (_, __, wish) => STEP_OF[wish],
    }),
    seeing: {
      passing: true,
      enter: () => [requestData({ kind: 'overview' })],
      receive: (_, input) => {
        const reply = replyOf(input)
        if (reply?.kind !== 'overview') return { go: 'choosing' }
        return { go: 'choosing', effects: [say(reply.lines.map((text) => ({ text })))] }
      },
      samples: () => [],
    },
    copying: {
      passing: true,
      enter: () => [intend({ kind: 'data.copy' })],
      receive: (_, input) => {
        const reply = replyOf(input)
        if (reply?.kind !== 'copied' && reply?.kind !== 'copy-elsewhere') return { go: 'choosing' }
        const { kind, url, ...params } = reply
        const key = kind === 'copied' ? 'my-data.copied' : 'my-data.copyElsewhere'
        return { go: 'choosing', effects: [say({ key, params, links: { url } })] }
      },
      samples: () => [],
    },
    ...correcting,
    withdrawing: {
      enter: () => [requestData({ kind: 'consents' })],
      receive: (data, input) => {
        const reply = replyOf(input)
        if (reply !== null) return receiveConsents(data, reply)
        const purpose = purposeOf(input)
        if (purpose === null || !data.granted.includes(purpose)) {
          return { otherwise: { key: 'my-data.withdrawUnclear' } }
        }
        return purpose === 'application' && data.number !== null
          ? { go: 'confirmWithdraw' }
          : { wait: true, effects: [intend({ kind: 'data.withdraw', purpose })] }
      },
      samples: ({ granted }) =>
        granted.length === 0
          ? [{ type: 'choice', value: '!menu' }]
          : granted.map((value): Input => ({ type: 'choice', value })),
    },
    confirmWithdraw: {
      enter: ({ number }) => [
        say(
          { key: 'my-data.withdrawCase', params: { number: number ?? '' } },
          {
            quickReplies: [
              { value: 'agree', label: { key: 'my-data.withdrawYes' } },
              { value: 'refuse', label: { key: 'my-data.withdrawNo' } },
            ],
          },
        ),
      ],
      receive: (data, input) => {
        const reply = replyOf(input)
        if (reply !== null) return receiveConsents(data, reply)
        const typed =
          input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
        const answer = ConfirmAnswer.safeParse(typed)
        if (!answer.success) return { otherwise: { key: 'my-data.yesOrNo' } }
        return answer.data === 'agree'
          ? { wait: true, effects: [intend({ kind: 'data.withdraw', purpose: 'application' })] }
          : { go: 'choosing', effects: [say({ key: 'my-data.notWithdrawn' })] }
      },
      samples: () => [
        { type: 'choice', value: 'agree' },
        { type: 'choice', value: 'refuse' },
      ],
    },
    erasing: {
      enter: () => [requestData({ kind: 'erasure' })],
      receive: (_, input) => {
        const reply = replyOf(input)
        if (reply?.kind === 'erasure') return { wait: true, effects: [sayErasure(reply)] }
        if (reply?.kind === 'erased') return erased(reply)
        if (reply !== null) return { wait: true, again: true }
        const typed =
          input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
        if (KEEP.test(plain(typed))) {
          return { go: 'choosing', effects: [say({ key: 'my-data.notErased' })] }
        }
        return DELETE.test(plain(typed))
          ? { wait: true, effects: [intend({ kind: 'data.erase' })] }
          : { otherwise: { key: 'my-data.eraseUnclear' } }
      },
      samples: () => [
        { type: 'text', text: '删除' },
        { type: 'choice', value: 'keep' },
      ],
    },
  },
  migrations: { 2: migrateCorrection },
})

/** Nobody deletes by a slip of the thumb: the word must be typed. */
const DELETE = /^(确认|确定)?(删除|删掉)$|^delete$/
const KEEP = /^(keep|不删|不删了|先不删|不删除|no|不)$/

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!"“”\s]+$/u, '')
    .replace(/^["“”]/u, '')
}

/** The run stays where it is: the runner has taken everything from under it. */
function erased({ receipt }: Extract<MyDataReply, { kind: 'erased' }>): Transition<Data, Step> {
  return {
    wait: true,
    effects: [say({ key: 'my-data.erased', params: { receipt } }, { ...BACK, clears: true })],
  }
}

function receiveConsents(data: Data, reply: MyDataReply): Transition<Data, Step> {
  if (reply.kind === 'consents') {
    const { granted, number } = reply
    return { wait: true, data: { ...data, granted, number }, effects: [sayConsents(granted)] }
  }
  if (reply.kind !== 'withdrawn') return { go: 'choosing' }
  return { go: 'choosing', data: EMPTY, effects: [sayWithdrawn(reply)] }
}

function purposeOf(input: Input): ProofPurpose | null {
  const value = input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
  const known = ProofPurpose.safeParse(value)
  return known.success ? known.data : null
}

function replyOf(input: Input): MyDataReply | null {
  return replyIn(input).data ?? null
}
