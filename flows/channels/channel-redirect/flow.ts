import * as z from 'zod'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, QuickReply, Transition } from '../../engine/types.ts'
import { Carried } from './carried.ts'
import type { LinkReply, RedirectQuery } from './reply.ts'

type Step = 'making' | 'taking' | 'offered' | 'replacing' | 'lost'
const Data = z.object({
  carried: Carried.nullable(),
  token: z.string(),
  /** What comes along a link, and whether there is a half-filled form of that kind here. */
  flow: z.string(),
  clash: z.boolean(),
  /** The form here gives way. */
  replace: z.boolean(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = { carried: null, token: '', flow: '', clash: false, replace: false }
const NOTHING: Input = { type: 'choice', value: '' }

const GO_ON: readonly QuickReply[] = [
  { value: 'take', label: { key: 'channel-redirect.take' } },
  { value: 'leave', label: { key: 'channel-redirect.leave' } },
]
const CLASH: readonly QuickReply[] = [
  { value: 'own', label: { key: 'channel-redirect.own' } },
  { value: 'replace', label: { key: 'channel-redirect.replace' } },
  { value: 'leave', label: { key: 'channel-redirect.leave' } },
]

/**
 * From a channel that may not take personal data to the web chat, which may: a one-time link on this side. On the
 * other it changes nothing until the person taps; then what was answered here is copied into the form there. It
 * joins no two chats, and who made the link learns nothing of it.
 */
export const channelRedirectFlow = defineFlow({
  id: 'elsewhere',
  version: 2,
  data: Data,
  initial: EMPTY,
  start: 'lost',
  help: { key: 'channel-redirect.help' },
  open: (input) => {
    if (input.type === 'choice' && input.value !== '') {
      return { go: 'taking', data: { ...EMPTY, token: input.value } }
    }
    const carried = input.type === 'given' ? Carried.safeParse(input.value) : null
    return carried?.success === true
      ? { go: 'making', data: { ...EMPTY, carried: carried.data } }
      : null
  },
  steps: {
    making: {
      passing: true,
      enter: ({ carried }) => [{ type: 'intend', intent: { kind: 'way.make', carried } }],
      receive: (_, input) => {
        const reply = replyIn(input).link
        if (reply?.kind !== 'made') return { go: 'lost' }
        const { url, minutes } = reply
        return {
          end: true,
          effects: [say({ key: 'channel-redirect.way', params: { minutes }, links: { url } })],
        }
      },
      samples: () => [],
    },
    taking: {
      passing: true,
      enter: ({ token }) => [requestData({ kind: 'look', token })],
      receive: (data, input) => {
        const reply = replyIn(input).link
        if (reply?.kind === 'joins') {
          return { end: true, next: { flow: 'link', input: { type: 'choice', value: data.token } } }
        }
        if (reply?.kind !== 'carries') return { go: 'lost' }
        const { flow, clash } = reply
        return { go: 'offered', data: { ...data, flow, clash } }
      },
      samples: () => [],
    },
    offered: {
      enter: ({ flow, clash }) => [
        clash
          ? say({ key: 'channel-redirect.clash' }, { quickReplies: CLASH })
          : say(
              { key: flow === 'apply' ? 'channel-redirect.carries' : 'channel-redirect.opens' },
              { quickReplies: GO_ON },
            ),
      ],
      receive: (data, input) => {
        const reply = replyIn(input).link
        if (reply !== undefined) return took(data, reply)
        const value = input.type === 'choice' ? input.value : ''
        if (value === 'leave')
          return { end: true, effects: [say({ key: 'channel-redirect.left' })] }
        if (value === 'own' && data.clash)
          return { end: true, next: { flow: data.flow, input: NOTHING } }
        const takes = data.clash ? value === 'replace' : value === 'take'
        if (!takes) return { otherwise: { key: 'channel-redirect.unclear' } }
        const { token } = data
        return {
          wait: true,
          data: { ...data, replace: data.clash },
          effects: [{ type: 'intend', intent: { kind: 'way.use', token } }],
        }
      },
      samples: ({ clash }) =>
        (clash ? CLASH : GO_ON).map(({ value }): Input => ({ type: 'choice', value })),
    },
    replacing: {
      passing: true,
      enter: () => [requestData({ kind: 'settled' })],
      receive: ({ carried }) => (carried === null ? { go: 'lost' } : { end: true, next: carried }),
      samples: () => [],
    },
    lost: {
      quietReturn: true,
      enter: () => [
        say(
          { key: 'channel-redirect.gone' },
          { quickReplies: [{ value: '!menu', label: { key: 'policy.menu' } }] },
        ),
      ],
      receive: () => ({ otherwise: { key: 'channel-redirect.gone' } }),
      samples: () => [{ type: 'choice', value: '!menu' }],
    },
  },
  migrations: {
    2: ({ step, data }) => ({ step, data: { ...EMPTY, ...data } }),
  },
})

/** The link is used up; what came along it opens, after the form that it takes the place of is gone. */
function took(data: Data, reply: LinkReply): Transition<Data, Step> {
  if (reply.kind !== 'taken') return { go: 'lost' }
  const { carried } = reply
  return data.replace
    ? {
        go: 'replacing',
        data: { ...data, carried },
        effects: [{ type: 'save', record: { kind: 'run-dropped', flow: data.flow } }],
      }
    : { end: true, next: carried }
}

function requestData(ask: RedirectQuery): Effect {
  return { type: 'request', requestId: ask.kind, query: { kind: 'link', ask } }
}
