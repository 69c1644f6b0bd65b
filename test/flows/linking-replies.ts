import { LinkingAsk, type LinkingReply } from '../../flows/people/link/ask.ts'

const END = '2018-06-01T03:00:00.000Z'
const WAYS = {
  kind: 'ways',
  code: '042817',
  codeIndex: 'i',
  minutes: 10,
  expiresAt: END,
  tokenHash: 'h',
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
export function linkingReplies(asked: unknown): readonly LinkingReply[] {
  switch (LinkingAsk.parse(asked).kind) {
    case 'ways':
      return [
        { ...WAYS, web: null, telegram: null, qr: false },
        { ...WAYS, web: 'https://chat.test/#go=x', telegram: 'https://t.me/b?start=x', qr: true },
        { kind: 'not-here' },
      ]
    case 'qr':
      return [
        { kind: 'qr', value: 'http://x', minutes: 10, tokenHash: 'h', expiresAt: END },
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
    case 'agree':
      return [
        { kind: 'agreed', asked: null, minutes: 30 },
        { kind: 'wrong' },
        { kind: 'same' },
        { kind: 'prove', personal: true },
      ]
    case 'answer':
      return [
        { kind: 'joined', id: 'j', answered: null, giveTo: null },
        { kind: 'joined', id: 'j', answered: null, giveTo: 'a' },
        { kind: 'refused', answered: null },
        { kind: 'two-people' },
        { kind: 'nothing' },
        { kind: 'not-here' },
      ]
    case 'part':
      return [{ kind: 'parted', parted: null }, { kind: 'nothing' }, { kind: 'not-here' }]
    case 'give':
      return [
        { kind: 'given', given: { runs: [], told: null } },
        { kind: 'both' },
        { kind: 'nothing' },
        { kind: 'not-here' },
      ]
    case 'waiting':
      return [
        { kind: 'waiting', flow: null, clash: false },
        { kind: 'waiting', flow: 'prescreen', clash: true },
        { kind: 'waiting', flow: 'prescreen', clash: false },
        { kind: 'runs-asked', told: null },
        { kind: 'not-here' },
      ]
    case 'bring':
      return [
        { kind: 'nothing' },
        { kind: 'brought', flow: 'prescreen', carried: { runs: [], sources: [] } },
      ]
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
    case 'unlink':
      return [
        ...DEMANDS,
        { kind: 'nothing' },
        { kind: 'unlinked', own: true, unlink: null },
        { kind: 'unlinked', own: false, unlink: null },
      ]
  }
}
