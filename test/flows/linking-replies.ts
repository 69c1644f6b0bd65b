import type { LinkIntent, LinkingAsk, LinkingReply } from '../../flows/people/link/ask.ts'

const WAYS = {
  kind: 'ways',
  code: '042817',
  minutes: 10,
} as const
const CHAT = { end: '01', since: '2018-06-01' } as const
const DEMANDS: readonly LinkingReply[] = [
  { kind: 'prove', personal: true },
  { kind: 'prove', personal: false },
  { kind: 'not-proved' },
  { kind: 'too-many' },
]
const WHO = { place: 'web', ...CHAT, name: null } as const

/** Every kind of answer that the world may give to the flow that joins chats. */
export function linkingReplies({ kind }: LinkingAsk | LinkIntent): readonly LinkingReply[] {
  switch (kind) {
    case 'link.ways':
      return [
        { ...WAYS, web: null, telegram: null, qr: false },
        { ...WAYS, web: 'https://chat.test/#go=x', telegram: 'https://t.me/b?start=x', qr: true },
        { kind: 'not-here' },
      ]
    case 'link.qr':
      return [
        { kind: 'qr', value: 'http://x', minutes: 10 },
        { kind: 'no-qr' },
        { kind: 'not-here' },
      ]
    case 'take':
      return [
        ...DEMANDS,
        { kind: 'not-here' },
        { kind: 'wrong' },
        { kind: 'same' },
        { kind: 'other-way' },
        { kind: 'two-people' },
        { kind: 'asks', who: WHO, proved: false },
        { kind: 'asks', who: { ...WHO, name: '张*' }, proved: true },
      ]
    case 'link.agree':
      return [
        { kind: 'agreed', minutes: 30 },
        { kind: 'wrong' },
        { kind: 'same' },
        { kind: 'prove', personal: true },
      ]
    case 'link.answer':
      return [
        { kind: 'joined', id: 'j', giveTo: null },
        { kind: 'joined', id: 'j', giveTo: 'a' },
        { kind: 'refused' },
        { kind: 'two-people' },
        { kind: 'nothing' },
        { kind: 'not-here' },
      ]
    case 'link.part':
      return [{ kind: 'parted' }, { kind: 'nothing' }, { kind: 'not-here' }]
    case 'link.give':
      return [{ kind: 'given' }, { kind: 'both' }, { kind: 'nothing' }, { kind: 'not-here' }]
    case 'link.waiting':
      return [
        { kind: 'waiting', flow: null, clash: false },
        { kind: 'waiting', flow: 'prescreen', clash: true },
        { kind: 'waiting', flow: 'prescreen', clash: false },
        { kind: 'runs-asked' },
        { kind: 'not-here' },
      ]
    case 'link.bring':
      return [{ kind: 'nothing' }, { kind: 'brought', flow: 'prescreen' }]
    case 'settled':
      return [{ kind: 'settled' }]
    case 'addresses':
      return [
        { kind: 'not-here' },
        { kind: 'addresses', addresses: [] },
        {
          kind: 'addresses',
          addresses: [
            { entry: 'a', place: 'telegram', here: false, ...CHAT },
            { entry: 'b', place: 'web', here: true, ...CHAT },
          ],
        },
      ]
    case 'link.unlink':
      return [
        ...DEMANDS,
        { kind: 'nothing' },
        { kind: 'unlinked', own: true },
        { kind: 'unlinked', own: false },
      ]
  }
}
