import { say, setupFlow } from '../../engine/define.ts'
import { named } from '../../engine/named.ts'
import type { Effect, Input, QuickReply } from '../../engine/types.ts'
import {
  EMPTY,
  ending,
  intend,
  LinkData,
  type LinkDefinition,
  type LinkStep,
  passing,
} from './data.ts'
import { drafts } from './drafts.ts'
import { join } from './join.ts'
import { unlink } from './unlink.ts'
import { MENU, sayWays } from './words.ts'

const { defineFlow } = setupFlow<LinkData, LinkStep>()

/**
 * One person, several chats: a code or a one-time link joins them once both chats have said yes, after a proof
 * where there is a case. A joining can be undone, a half-filled form can be fetched or given, and a chat can be
 * taken away for good.
 */
export const linkFlow = defineFlow({
  id: 'link',
  version: 2,
  data: LinkData,
  initial: EMPTY,
  start: 'offer',
  help: { key: 'link.help' },
  shows: ['offer', 'retry', 'keeping', 'picking', 'confirming'],
  words: [
    '绑定',
    '关联',
    '绑定账号',
    '关联账号',
    '合并聊天',
    '绑定微信',
    '绑定码',
    'link',
    'link my chats',
    'connect',
    'link accounts',
    '接着那边填',
    '搬过来',
  ],
  // What a network without buttons answers a notice of another chat with.
  typed: (text) =>
    named(
      TYPED,
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s,，。.!]/g, ''),
    ) ?? null,
  open: (input) => {
    const value = input.type === 'choice' ? input.value : ''
    if (value === '') return null
    const wish = named(WISHES, value)
    if (wish !== undefined) return { go: wish, data: EMPTY }
    const [, verb, of = ''] = /^(yes|no|part|give)(?::([\w-]{1,60}))?$/.exec(value) ?? []
    switch (verb) {
      case 'yes':
      case 'no':
        return { go: 'answering', data: { ...EMPTY, id: of, yes: verb === 'yes' } }
      case 'part':
        return { go: 'undoing', data: { ...EMPTY, id: of } }
      case 'give':
        return { go: 'giving', data: { ...EMPTY, entry: of } }
      default:
        return { go: 'taking', data: { ...EMPTY, key: { token: value } } }
    }
  },
  steps: {
    offer: offering(() => [say({ key: 'link.offer' }, { quickReplies: OFFERS })]),
    retry: offering(() => [say({ key: 'link.wrong' }, { quickReplies: OFFERS })]),
    making: passing(
      () => intend({ kind: 'link.ways' }),
      (_, reply) =>
        reply.kind === 'ways'
          ? { end: true, effects: sayWays(reply) }
          : ending({ key: 'link.notHere' }),
    ),
    showing: passing(
      () => intend({ kind: 'link.qr' }),
      (_, reply) => {
        if (reply.kind !== 'qr') return { go: 'making' }
        const alt = { key: 'link.qr', params: { minutes: reply.minutes } } as const
        const image = { kind: 'qr', value: reply.value, alt } as const
        return { end: true, effects: [say(alt, { image, quickReplies: [MENU] })] }
      },
    ),
    ...join,
    ...drafts,
    ...unlink,
  },
  migrations: {
    // A code that was typed is looked at again; what is asked since then is asked before anything is joined.
    2: ({ step, data: { linked: _, ...data } }) => ({ step, data: { ...EMPTY, ...data } }),
  },
})

/** What a button may ask for by name. */
const WISHES: Readonly<Record<string, LinkStep>> = {
  make: 'making',
  qr: 'showing',
  bring: 'looking',
  list: 'listing',
}
const TYPED: Readonly<Record<string, string>> = {
  是我合在一起: 'yes',
  不是我不要合: 'no',
  把这里的搬过去: 'give',
  分开: 'part',
  itisme: 'yes',
  itisnotme: 'no',
  moveitthere: 'give',
  takethemapart: 'part',
}
const OFFERS: readonly QuickReply[] = [
  { value: 'make', label: { key: 'link.make' } },
  { value: 'bring', label: { key: 'link.bring' } },
  { value: 'list', label: { key: 'link.list' } },
  MENU,
]

/** A step at which a code may be typed, or a wish be told. */
function offering(enter: () => readonly Effect[]): LinkDefinition {
  return {
    enter,
    receive: (_, input) => {
      const wish = input.type === 'choice' ? named(WISHES, input.value) : undefined
      if (wish !== undefined) return { go: wish, data: EMPTY }
      const code = input.type === 'text' ? codeIn(input.text) : null
      return code === null
        ? { otherwise: { key: 'link.codeUnclear' } }
        : { go: 'taking', data: { ...EMPTY, key: { code } } }
    },
    samples: () => [
      { type: 'text', text: '000000' },
      ...Object.keys(WISHES).map((value): Input => ({ type: 'choice', value })),
    ],
  }
}

/** Six digits, however they are spaced; null for anything else. */
function codeIn(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—·,.，。、]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
