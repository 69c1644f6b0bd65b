import { replyIn, say } from '../../engine/define.ts'
import type { Input, QuickReply, Transition } from '../../engine/types.ts'
import type { Key, LinkingAsk, LinkingReply } from './ask.ts'
import {
  EMPTY,
  ending,
  intend,
  type LinkData,
  type LinkDefinition,
  type LinkStep,
  passing,
  requestData,
  tapped,
} from './data.ts'
import { unlinked } from './unlink.ts'
import { MENU, OFFER_CODE, PART, PERSON, sayJoined, sayWho } from './words.ts'

const AGREE: readonly QuickReply[] = [
  { value: 'agree', label: { key: 'link.agree' } },
  { value: 'refuse', label: { key: 'link.refuse' } },
]
const PARTS: readonly QuickReply[] = [
  { value: 'part', label: { key: 'link.part' } },
  { value: 'stay', label: { key: 'link.stay' } },
]

/** A joining is always a yes on both sides: first where the code was used, then where it was made. */
export const join: Pick<
  Record<LinkStep, LinkDefinition>,
  'taking' | 'proving' | 'agreeing' | 'answering' | 'undoing'
> = {
  taking: passing(({ key }) => requestData(askTake(key, null)), took),
  proving: {
    freeText: true,
    enter: ({ personal }) => [
      say({ key: personal ? 'link.prove' : 'link.proveByNumber' }, { numbered: false }),
    ],
    receive: (data, input) => {
      const reply = replyIn(input).linking
      if (reply !== undefined) {
        if (reply.kind === 'not-proved') {
          return { wait: true, again: true, effects: [say({ key: 'link.notProved' })] }
        }
        return data.key === null ? unlinked(data, reply) : took(data, reply)
      }
      if (input.type !== 'text') return { otherwise: { key: 'link.notProved' } }
      const proof = input.text
      const effect =
        data.key === null
          ? intend({ kind: 'link.unlink', entry: data.entry, proof })
          : requestData(askTake(data.key, proof))
      return { wait: true, effects: [effect] }
    },
    samples: () => [{ type: 'text', text: '000018' }],
  },
  agreeing: {
    enter: ({ who }) => [sayWho(who, AGREE)],
    receive: (data, input) => {
      const reply = replyIn(input).linking
      if (reply !== undefined) return took(data, reply)
      const value = tapped(input)
      if (value === 'refuse') return ending({ key: 'link.notAgreed' }, MENU)
      if (value !== 'agree' || data.key === null) return { otherwise: { key: 'link.agreeUnclear' } }
      const { key, proved } = data
      return { wait: true, effects: [intend({ kind: 'link.agree', key, proved })] }
    },
    samples: () => AGREE.map(({ value }): Input => ({ type: 'choice', value })),
  },
  answering: passing(
    ({ id, yes }) => intend({ kind: 'link.answer', id: id === '' ? null : id, yes }),
    (_, reply) => {
      switch (reply.kind) {
        case 'joined':
          return { end: true, effects: [sayJoined(reply)] }
        case 'refused':
          return ending({ key: 'link.refusedHere' }, MENU)
        case 'two-people':
          return ending({ key: 'link.twoPeople' }, PERSON, MENU)
        case 'not-here':
          return ending({ key: 'link.notHere' })
        default:
          return ending({ key: 'link.askGone' }, MENU)
      }
    },
  ),
  undoing: {
    enter: () => [say({ key: 'link.partAsk' }, { quickReplies: PARTS })],
    receive: (data, input) => {
      const reply = replyIn(input).linking
      if (reply !== undefined) {
        return ending({ key: reply.kind === 'parted' ? 'link.parted' : 'link.partGone' }, MENU)
      }
      const value = tapped(input)
      if (value === 'stay') return ending({ key: 'link.kept' }, MENU)
      if (value !== 'part') return { otherwise: { key: 'link.partUnclear' } }
      const id = data.id === '' ? null : data.id
      return { wait: true, effects: [intend({ kind: 'link.part', id })] }
    },
    samples: () => PARTS.map(({ value }): Input => ({ type: 'choice', value })),
  },
}

/** What became of a code or a link. */
function took(data: LinkData, reply: LinkingReply): Transition<LinkData, LinkStep> {
  switch (reply.kind) {
    case 'asks':
      return { go: 'agreeing', data: { ...data, who: reply.who, proved: reply.proved } }
    case 'agreed':
      return ending({ key: 'link.asked', params: { minutes: reply.minutes } }, MENU)
    case 'prove':
      return { go: 'proving', data: { ...data, personal: reply.personal } }
    case 'same':
      return ending({ key: 'link.same' }, PART, MENU)
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

function askTake(key: Key | null, proof: string | null): LinkingAsk {
  return { kind: 'take', key: key ?? { code: '' }, proof }
}
