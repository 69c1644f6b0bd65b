import { TipOffAsk, type TipOffReply } from '../../flows/tipoffs/ask.ts'

const TALK = {
  state: 'working',
  messages: [{ side: 'supervision', text: '在查', day: '2018-06-01' }],
} as const
const talk = { state: TALK.state, messages: [...TALK.messages] }
const OPENED: TipOffReply = { kind: 'opened', id: 't', talk, until: '2018-06-01T03', deed: {} }

/** Every kind of answer that the world may give to the flow of tip-offs. */
export function tipOffReplies(ask: unknown): readonly TipOffReply[] {
  switch (TipOffAsk.parse(ask).kind) {
    case 'way':
      return [{ kind: 'way', url: 'https://chat.test/#tip-off=x', deed: {} }]
    case 'arrive':
      return [{ kind: 'arrived', deed: {} }, { kind: 'gone' }]
    case 'file':
      return [{ kind: 'kept', file: 'f', deed: {} }, { kind: 'not-kept' }]
    case 'mint':
      return [{ kind: 'minted', key: { number: '123 456 789', word: '青山 白云 红豆' } }]
    case 'hand-in':
      return [{ kind: 'handed-in', deed: {} }]
    case 'open':
      return [OPENED, { kind: 'no-fit', deed: {} }, { kind: 'no-fit' }]
    case 'look':
      return [OPENED]
    case 'write':
      return [{ kind: 'written', talk, deed: {} }]
  }
}
