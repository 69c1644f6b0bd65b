import * as z from 'zod'
import { say, setupFlow } from '../../engine/define.ts'
import { named } from '../../engine/named.ts'
import type { Effect, Input, QuickReply, StepDefinition, Transition } from '../../engine/types.ts'
import { Key, type LinkingAsk, LinkingReply, Listed } from './ask.ts'
import { MENU, PERSON, sayAddresses, sayWays } from './words.ts'

type Step =
  | 'offer'
  | 'making'
  | 'showing'
  | 'taking'
  | 'retry'
  | 'proving'
  | 'looking'
  | 'keeping'
  | 'bringing'
  | 'resuming'
  | 'listing'
  | 'picking'
  | 'confirming'
const Data = z.object({
  key: Key.nullable(),
  /** Which address is to be taken away, of those that were listed. */
  entry: z.string(),
  addresses: z.array(Listed),
  /** The half-filled form that waits, and whether the chats were made one in this very run. */
  flow: z.string(),
  linked: z.boolean(),
  personal: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  key: null,
  entry: '',
  addresses: [],
  flow: '',
  linked: false,
  personal: false,
}

/**
 * One person, several chats: a code or a one-time link joins them, after a proof where there is a case; a
 * half-filled form comes along; and a chat can be taken away again.
 */
export const linkFlow = defineFlow({
  id: 'link',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'offer',
  help: { key: 'link.help' },
  shows: ['offer', 'retry', 'keeping', 'picking', 'confirming'],
  words: [
    ...['绑定', '关联', '绑定账号', '关联账号', '合并聊天', '绑定微信', '绑定码'],
    ...['link', 'link my chats', 'connect', 'link accounts'],
    ...['接着那边填', '搬过来'],
  ],
  open: (input) => {
    const value = input.type === 'choice' ? input.value : ''
    if (value === '') return null
    if (value === 'linked') return { go: 'looking', data: { ...EMPTY, linked: true } }
    const wish = named(WISHES, value)
    if (wish !== undefined) return { go: wish, data: EMPTY }
    return { go: 'taking', data: { ...EMPTY, key: { token: value } } }
  },
  steps: {
    offer: offering(() => [say({ key: 'link.offer' }, { quickReplies: OFFERS })]),
    retry: offering(() => [say({ key: 'link.wrong' }, { quickReplies: OFFERS })]),
    making: passing(
      () => ({ kind: 'ways' }),
      (_, reply) => {
        if (reply.kind !== 'ways') return { end: true, effects: [say({ key: 'link.notHere' })] }
        const { codeIndex, tokenHash, expiresAt } = reply
        return {
          end: true,
          effects: [
            { type: 'save', record: { kind: 'link-code', codeIndex, expiresAt } },
            keepLink(tokenHash, expiresAt),
            ...sayWays(reply),
          ],
        }
      },
    ),
    showing: passing(
      () => ({ kind: 'qr' }),
      (_, reply) => {
        if (reply.kind !== 'qr') return { go: 'making' }
        const alt = { key: 'link.qr', params: { minutes: reply.minutes } } as const
        const image = { kind: 'qr', value: reply.value, alt } as const
        return {
          end: true,
          effects: [
            keepLink(reply.tokenHash, reply.expiresAt),
            say(alt, { image, quickReplies: [MENU] }),
          ],
        }
      },
    ),
    taking: passing(({ key }) => askTake(key, null), took),
    proving: {
      freeText: true,
      enter: ({ personal }) => [
        say({ key: personal ? 'link.prove' : 'link.proveByNumber' }, { numbered: false }),
      ],
      receive: (data, input) => {
        if (input.type === 'result') {
          const reply = LinkingReply.parse(input.value)
          if (reply.kind === 'not-proved') {
            return { wait: true, again: true, effects: [say({ key: 'link.notProved' })] }
          }
          return data.key === null ? unlinked(data, reply) : took(data, reply)
        }
        if (input.type !== 'text') return { otherwise: { key: 'link.notProved' } }
        const proof = input.text
        const asked: LinkingAsk =
          data.key === null
            ? { kind: 'unlink', entry: data.entry, proof }
            : askTake(data.key, proof)
        return { wait: true, effects: [askWorld(asked)] }
      },
      samples: () => [{ type: 'text', text: '000018' }],
    },
    looking: passing(
      () => ({ kind: 'waiting' }),
      (data, reply) => {
        if (reply.kind !== 'waiting' || reply.flow === null) {
          return ending({ key: data.linked ? 'link.linked' : 'link.nothing' }, MENU)
        }
        return {
          go: reply.clash ? 'keeping' : 'bringing',
          data: { ...data, flow: reply.flow },
          effects: data.linked ? [say({ key: 'link.linked' })] : [],
        }
      },
    ),
    keeping: {
      enter: () => [say({ key: 'link.both' }, { quickReplies: KEEP })],
      receive: ({ flow }, input) => {
        const value = input.type === 'choice' ? input.value : ''
        if (value === 'bring') return { go: 'bringing' }
        if (value === 'keep') return { end: true, next: { flow, input: NOTHING } }
        return { otherwise: { key: 'link.keepUnclear' } }
      },
      samples: () => KEEP.map(({ value }): Input => ({ type: 'choice', value })),
    },
    bringing: passing(
      () => ({ kind: 'bring' }),
      (data, reply) =>
        reply.kind === 'brought'
          ? {
              go: 'resuming',
              data: { ...data, flow: reply.flow },
              effects: [
                { type: 'save', record: { kind: 'runs-carried', carried: reply.carried } },
                say({ key: 'link.brought' }),
              ],
            }
          : { end: true, effects: [say({ key: 'link.nothing' }, { quickReplies: [MENU] })] },
    ),
    resuming: passing(
      () => ({ kind: 'settled' }),
      ({ flow }) => ({ end: true, next: { flow, input: NOTHING } }),
    ),
    listing: passing(
      () => ({ kind: 'addresses' }),
      (data, reply) =>
        reply.kind === 'addresses' && reply.addresses.length > 1
          ? { go: 'picking', data: { ...data, addresses: reply.addresses } }
          : {
              end: true,
              effects: [
                say(
                  { key: reply.kind === 'not-here' ? 'link.notHere' : 'link.onlyThis' },
                  { quickReplies: [MENU] },
                ),
              ],
            },
    ),
    picking: {
      enter: ({ addresses }) => [sayAddresses(addresses)],
      receive: (data, input) => {
        const value = input.type === 'choice' ? input.value : ''
        return data.addresses.some(({ entry }) => entry === value)
          ? { go: 'confirming', data: { ...data, entry: value } }
          : { otherwise: { key: 'link.pickUnclear' } }
      },
      samples: ({ addresses }) =>
        addresses.map(({ entry }): Input => ({ type: 'choice', value: entry })),
    },
    confirming: {
      enter: ({ addresses, entry }) => [
        say(
          {
            key: addresses.some((one) => one.entry === entry && one.here)
              ? 'link.confirmHere'
              : 'link.confirm',
          },
          { quickReplies: CONFIRM },
        ),
      ],
      receive: (data, input) => {
        if (input.type === 'result') return unlinked(data, LinkingReply.parse(input.value))
        const value = input.type === 'choice' ? input.value : ''
        if (value === 'no') return { end: true, effects: [say({ key: 'link.kept' })] }
        if (value !== 'yes') return { otherwise: { key: 'link.confirmUnclear' } }
        const { entry } = data
        return { wait: true, effects: [askWorld({ kind: 'unlink', entry, proof: null })] }
      },
      samples: () => CONFIRM.map(({ value }): Input => ({ type: 'choice', value })),
    },
  },
  migrations: {},
})

const NOTHING: Input = { type: 'choice', value: '' }

/** What a button or a deep link may ask for by name. */
const WISHES: Readonly<Record<string, Step>> = {
  make: 'making',
  qr: 'showing',
  bring: 'looking',
  list: 'listing',
}
const OFFERS: readonly QuickReply[] = [
  { value: 'make', label: { key: 'link.make' } },
  { value: 'bring', label: { key: 'link.bring' } },
  { value: 'list', label: { key: 'link.list' } },
  MENU,
]
const KEEP: readonly QuickReply[] = [
  { value: 'keep', label: { key: 'link.keepHere' } },
  { value: 'bring', label: { key: 'link.keepThere' } },
]
const CONFIRM: readonly QuickReply[] = [
  { value: 'yes', label: { key: 'link.yes' } },
  { value: 'no', label: { key: 'link.no' } },
]

/** A step at which a code may be typed, or a wish be told. */
function offering(enter: () => readonly Effect[]): StepDefinition<Data, Step> {
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

/** A step that only waits for the world. */
function passing(
  ask: (data: Data) => LinkingAsk,
  receive: (data: Data, reply: LinkingReply) => Transition<Data, Step>,
): StepDefinition<Data, Step> {
  return {
    passing: true,
    enter: (data) => [askWorld(ask(data))],
    receive: (data, input) =>
      input.type === 'result'
        ? receive(data, LinkingReply.parse(input.value))
        : { otherwise: { key: 'link.codeUnclear' } },
    samples: () => [],
  }
}

/** What became of a code or a link. */
function took(data: Data, reply: LinkingReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'taken': {
      const { tokenHash, contactId, told, carried } = reply
      const joined: Effect[] = [
        {
          type: 'save',
          record: {
            kind: 'link-taken',
            ...{ tokenHash, contactId, told },
            ...(reply.code ? { code: true } : {}),
          },
        },
      ]
      return carried === null || carried.flow === 'link'
        ? { go: 'looking', data: { ...EMPTY, linked: true }, effects: joined }
        : { end: true, next: carried, effects: [...joined, say({ key: 'link.linked' })] }
    }
    case 'prove':
      return { go: 'proving', data: { ...data, personal: reply.personal } }
    case 'same':
      return ending({ key: 'link.same' }, MENU)
    case 'other-way':
      return ending({ key: 'link.otherWay' }, OFFER_CODE, MENU)
    case 'two-people':
      return ending({ key: 'link.twoPeople' }, PERSON, MENU)
    case 'too-many':
      return ending({ key: 'link.tooMany' }, PERSON, MENU)
    case 'not-here':
      return ending({ key: 'link.notHere' })
    default:
      return { go: 'retry', data: EMPTY }
  }
}

const OFFER_CODE: QuickReply = { value: '!link:make', label: { key: 'link.make' } }

/** What became of taking an address away. */
function unlinked(data: Data, reply: LinkingReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'unlinked': {
      const { own, unlink } = reply
      return {
        end: true,
        effects: [
          { type: 'save', record: { kind: 'unlinked', own, unlink } },
          say({ key: own ? 'link.unlinkedHere' : 'link.unlinked' }, { quickReplies: [MENU] }),
        ],
      }
    }
    case 'prove':
      return { go: 'proving', data: { ...data, key: null, personal: reply.personal } }
    case 'too-many':
      return ending({ key: 'link.tooMany' }, PERSON, MENU)
    default:
      return ending({ key: 'link.onlyThis' }, MENU)
  }
}

function ending(
  text: Parameters<typeof say>[0],
  ...quickReplies: readonly QuickReply[]
): Transition<Data, Step> {
  return { end: true, effects: [say(text, { quickReplies })] }
}

/** Six digits, however they are spaced; null for anything else. */
function codeIn(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—·,.，。、]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

function keepLink(tokenHash: string, expiresAt: string): Effect {
  const carried = { flow: 'link', input: { type: 'choice', value: 'linked' } }
  return { type: 'save', record: { kind: 'link-made', tokenHash, carried, expiresAt } }
}

function askTake(key: Key | null, proof: string | null): LinkingAsk {
  return { kind: 'take', key: key ?? { code: '' }, proof }
}

function askWorld(asked: LinkingAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'linking', ask: asked } }
}
