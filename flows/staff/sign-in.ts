import { replyIn, say } from '../engine/define.ts'
import { named } from '../engine/named.ts'
import type { QuickReply } from '../engine/types.ts'
import type { StaffReply } from './ask.ts'
import {
  answered,
  ask,
  EMPTY,
  looking,
  reopen,
  type StaffData,
  type StaffDefinition,
  type StaffStep,
  tapped,
  taps,
} from './data.ts'

const PLACES: Readonly<Record<string, StaffStep>> = {
  queue: 'queue',
  inbox: 'inbox',
  broadcasts: 'broadcasts',
  broadcast: 'title',
}

/** How somebody of staff comes in: a code, the six digits, and what waits for them. */
export const door: Record<'home' | 'code' | 'digits' | 'access', StaffDefinition> = {
  home: {
    ...looking('home', {
      ask: () => ({ kind: 'home' }),
      show: (data, reply) => {
        if (reply.kind === 'left') return { end: true, effects: [say({ key: 'staff.left' })] }
        return reply.kind === 'home'
          ? { wait: true, data: { ...data, shown: reply }, effects: [greet(reply)] }
          : reopen('', [say({ key: 'staff.done' })])
      },
      receive: (data, input) => {
        const value = tapped(input)
        const place = named(PLACES, value)
        if (place !== undefined) return { go: place, data: EMPTY }
        const digest = data.shown?.kind === 'home' && data.shown.digest
        if (value === 'digest') {
          return { wait: true, effects: [ask({ kind: 'digest', wanted: !digest })] }
        }
        if (value !== 'leave') return { otherwise: { key: 'staff.homeUnclear' } }
        return { wait: true, effects: [ask({ kind: 'leave' })] }
      },
      samples: () => taps(...Object.keys(PLACES), 'digest', 'leave'),
    }),
  },
  code: {
    enter: ({ code }) => [
      code === ''
        ? say({ key: 'staff.askCode' }, { numbered: false, wants: 'code' })
        : ask({ kind: 'code', code }),
    ],
    receive: (data, input) => {
      const reply = replyIn(input).staff
      if (reply !== undefined) {
        if (reply.kind === 'too-many') {
          return { end: true, effects: [say({ key: 'staff.tooMany' })] }
        }
        return answered('code', data, reply, () =>
          reply.kind === 'code'
            ? { go: 'digits', data: { ...EMPTY, code: reply.code } }
            : { wait: true, data: EMPTY, effects: [say({ key: 'staff.wrongCode' })] },
        )
      }
      const code = input.type === 'text' ? codeIn(input.text) : null
      if (code === null) return { otherwise: { key: 'staff.codeUnclear' } }
      return { wait: true, effects: [ask({ kind: 'code', code })] }
    },
    samples: () => [{ type: 'text', text: 'ABCD2345' }],
  },
  digits: {
    enter: ({ code }) => [
      say(
        { key: code === '' ? 'staff.askDigits' : 'staff.askDigitsToLink' },
        { numbered: false, wants: 'one-time-code' },
      ),
    ],
    receive: (data, input) => {
      const reply = replyIn(input).staff
      if (reply !== undefined) {
        if (reply.kind === 'too-many') {
          return { end: true, effects: [say({ key: 'staff.tooMany' })] }
        }
        if (reply.kind === 'wrong-code') {
          return { go: 'code', data: EMPTY, effects: [say({ key: 'staff.wrongCode' })] }
        }
        return answered('digits', data, reply, () => opened(data, reply))
      }
      const digits = input.type === 'text' ? input.text.normalize('NFKC').replace(/\s/g, '') : ''
      if (!/^\d{6}$/.test(digits)) return { otherwise: { key: 'staff.digitsUnclear' } }
      return { wait: true, effects: [ask({ kind: 'digits', code: data.code, digits })] }
    },
    samples: () => [{ type: 'text', text: '123456' }],
  },
  // Answered by a tap under the message that asks; there is nothing to wait for here.
  access: {
    passing: true,
    enter: ({ which }) => {
      const [answer, id = ''] = which.split(' ')
      return [ask({ kind: 'access', id, wanted: answer === 'yes' })]
    },
    receive: (data, input) => {
      const answer = replyIn(input).staff
      if (answer === undefined) return reopen('', [])
      return answered('access', data, answer, (_, reply) => ({
        end: true,
        effects: [accessAnswer(reply)],
      }))
    },
    samples: () => [],
  },
}

function accessAnswer(reply: StaffReply) {
  if (reply.kind === 'access-refused') return say({ key: 'staff.access-refused' })
  if (reply.kind !== 'access') return say({ key: 'staff.access-over' })
  const { link } = reply
  return link === null
    ? say({ key: 'staff.access-done' })
    : say({ key: 'staff.access-here', params: { link } })
}

/** Eight letters and digits, however they are spaced and written; null for anything else. */
export function codeIn(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—·.,。，]/g, '')
  return /^[A-Z0-9]{8}$/.test(code) ? code : null
}

function opened(data: StaffData, reply: StaffReply) {
  if (reply.kind !== 'done') {
    return { wait: true, effects: [say({ key: 'staff.wrongDigits' })] } as const
  }
  const { code, resume } = data
  if (code !== '') return reopen('', [say({ key: 'staff.linked' })])
  return resume === '' || resume === 'home' || resume === 'digits'
    ? reopen('', [])
    : ({ go: resume, data: { ...data, resume: '' } } as const)
}

function greet(home: Extract<StaffReply, { kind: 'home' }>) {
  const { name, role, place, until, waits, canWrite, acts, digest, url } = home
  const button = (value: string, key: Parameters<typeof counted>[0], count: number | null) =>
    count === null ? [] : [{ value, label: counted(key, count) }]
  const buttons: QuickReply[] = [
    ...button('queue', 'staff.toQueue', waits.cases),
    ...(acts ? button('inbox', 'staff.toInbox', waits.inbox) : []),
    ...(acts ? button('broadcasts', 'staff.toBroadcasts', waits.approvals) : []),
    ...(acts && canWrite
      ? [{ value: 'broadcast', label: { key: 'staff.toWrite' } } as QuickReply]
      : []),
    { value: 'digest', label: { key: digest ? 'staff.digestOff' : 'staff.digestOn' } },
    { value: 'leave', label: { key: 'staff.leave' } },
  ]
  return say(
    [
      { key: 'staff.hello', params: { name, role, place } },
      { key: acts ? 'staff.until' : 'staff.readOnly', params: { until }, links: { url } },
    ],
    { quickReplies: buttons },
  )
}

function counted(key: 'staff.toQueue' | 'staff.toInbox' | 'staff.toBroadcasts', count: number) {
  return { key, params: { count } }
}
