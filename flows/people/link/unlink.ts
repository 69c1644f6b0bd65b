import { replyIn, say } from '../../engine/define.ts'
import type { Input, QuickReply, Transition } from '../../engine/types.ts'
import type { LinkingReply } from './ask.ts'
import {
  ending,
  intend,
  type LinkData,
  type LinkDefinition,
  type LinkStep,
  passing,
  requestData,
  tapped,
} from './data.ts'
import { MENU, PERSON, sayAddresses } from './words.ts'

const CONFIRM: readonly QuickReply[] = [
  { value: 'yes', label: { key: 'link.yes' } },
  { value: 'no', label: { key: 'link.no' } },
]

/** Taking a chat away for good: what was said there goes. */
export const unlink: Pick<
  Record<LinkStep, LinkDefinition>,
  'listing' | 'picking' | 'confirming'
> = {
  listing: passing(
    () => requestData({ kind: 'addresses' }),
    (data, reply) =>
      reply.kind === 'addresses' && reply.addresses.length > 1
        ? { go: 'picking', data: { ...data, addresses: reply.addresses } }
        : ending({ key: reply.kind === 'not-here' ? 'link.notHere' : 'link.onlyThis' }, MENU),
  ),
  picking: {
    enter: ({ addresses }) => [sayAddresses(addresses)],
    receive: (data, input) => {
      const value = tapped(input)
      return data.addresses.some(({ entry }) => entry === value)
        ? { go: 'confirming', data: { ...data, entry: value } }
        : { otherwise: { key: 'link.pickUnclear' } }
    },
    samples: ({ addresses }) =>
      addresses.map(({ entry }): Input => ({ type: 'choice', value: entry })),
  },
  confirming: {
    enter: ({ addresses, entry }) => {
      const isHere = addresses.some((one) => one.entry === entry && one.here)
      return [say({ key: isHere ? 'link.confirmHere' : 'link.confirm' }, { quickReplies: CONFIRM })]
    },
    receive: (data, input) => {
      const reply = replyIn(input).linking
      if (reply !== undefined) return unlinked(data, reply)
      const value = tapped(input)
      if (value === 'no') return ending({ key: 'link.kept' })
      if (value !== 'yes') return { otherwise: { key: 'link.confirmUnclear' } }
      const { entry } = data
      return { wait: true, effects: [intend({ kind: 'link.unlink', entry, proof: null })] }
    },
    samples: () => CONFIRM.map(({ value }): Input => ({ type: 'choice', value })),
  },
}

/** What became of taking an address away. */
export function unlinked(data: LinkData, reply: LinkingReply): Transition<LinkData, LinkStep> {
  switch (reply.kind) {
    case 'unlinked':
      return ending({ key: reply.own ? 'link.unlinkedHere' : 'link.unlinked' }, MENU)
    case 'prove':
      return { go: 'proving', data: { ...data, key: null, personal: reply.personal } }
    case 'too-many':
      return ending({ key: 'link.tooMany' }, PERSON, MENU)
    default:
      return ending({ key: 'link.onlyThis' }, MENU)
  }
}
