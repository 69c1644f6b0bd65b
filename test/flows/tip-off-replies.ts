import type { TipOffIntent, TipOffReply } from '../../flows/tipoffs/ask.ts'

const talk: Extract<TipOffReply, { kind: 'written' }>['talk'] = {
  state: 'working',
  messages: [{ side: 'supervision', text: '在查', day: '2018-06-01' }],
}
const OPENED: TipOffReply = { kind: 'opened', id: 't', talk, until: '2018-06-01T03' }

/** The number that the world gives. */
export const MINTED: TipOffReply = {
  kind: 'minted',
  key: { number: '123 456 789', word: '青山 白云 红花' },
}

/** Every kind of answer that the world may give to what a person does with a tip-off. */
export function tipOffReplies({ kind }: TipOffIntent): readonly TipOffReply[] {
  switch (kind) {
    case 'tip-off.way':
      return [{ kind: 'way', url: 'https://chat.test/#tip-off=x' }]
    case 'tip-off.arrive':
      return [{ kind: 'arrived' }, { kind: 'gone' }]
    case 'tip-off.file':
      return [{ kind: 'kept', file: 'f' }, { kind: 'not-kept' }]
    case 'tip-off.hand-in':
      return [{ kind: 'handed-in' }]
    case 'tip-off.open':
      return [OPENED, { kind: 'no-fit' }]
    case 'tip-off.look':
      return [OPENED]
    case 'tip-off.write':
      return [{ kind: 'written', talk }]
  }
}
