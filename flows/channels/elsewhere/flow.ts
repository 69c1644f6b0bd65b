import * as z from 'zod'
import { Carried } from '../../engine/carried.ts'
import { say, setupFlow } from '../../engine/define.ts'
import { LinkReply } from './reply.ts'

type Step = 'making' | 'taking' | 'lost'
const Data = z.object({ carried: Carried.nullable(), token: z.string() })
const { defineFlow } = setupFlow<z.infer<typeof Data>, Step>()

/**
 * From a channel that may not take personal data to the web chat, which may: a one-time link on this
 * side, and on the other its taking, which opens what was wanted here.
 */
export const elsewhereFlow = defineFlow({
  id: 'elsewhere',
  version: 1,
  data: Data,
  initial: { carried: null, token: '' },
  start: 'lost',
  help: { key: 'elsewhere.help' },
  open: (input) => {
    if (input.type === 'choice' && input.value !== '') {
      return { go: 'taking', data: { carried: null, token: input.value } }
    }
    const carried = input.type === 'result' ? Carried.safeParse(input.value) : null
    return carried?.success === true
      ? { go: 'making', data: { carried: carried.data, token: '' } }
      : null
  },
  steps: {
    making: {
      passing: true,
      enter: () => [{ type: 'request', requestId: 'make', query: { kind: 'link', ask: 'make' } }],
      receive: ({ carried }, input) => {
        const reply = input.type === 'result' ? LinkReply.parse(input.value) : null
        if (reply?.kind !== 'made') return { go: 'lost' }
        const { url, minutes, tokenHash, expiresAt } = reply
        return {
          end: true,
          effects: [
            { type: 'save', record: { kind: 'link-made', tokenHash, carried, expiresAt } },
            say({ key: 'elsewhere.way', params: { url, minutes } }),
          ],
        }
      },
      samples: () => [],
    },
    taking: {
      passing: true,
      enter: ({ token }) => [
        { type: 'request', requestId: 'take', query: { kind: 'link', ask: 'take', token } },
      ],
      receive: ({ token }, input) => {
        const reply = input.type === 'result' ? LinkReply.parse(input.value) : null
        if (reply?.kind === 'prove') {
          return { end: true, next: { flow: 'link', input: { type: 'choice', value: token } } }
        }
        if (reply?.kind !== 'taken') return { go: 'lost' }
        const { tokenHash, contactId, carried } = reply
        return {
          end: true,
          next: carried,
          effects: [{ type: 'save', record: { kind: 'link-taken', tokenHash, contactId } }],
        }
      },
      samples: () => [],
    },
    lost: {
      quietReturn: true,
      enter: () => [
        say(
          { key: 'elsewhere.gone' },
          { quickReplies: [{ value: '!menu', label: { key: 'policy.menu' } }] },
        ),
      ],
      receive: () => ({ otherwise: { key: 'elsewhere.gone' } }),
      samples: () => [{ type: 'choice', value: '!menu' }],
    },
  },
  migrations: {},
})
