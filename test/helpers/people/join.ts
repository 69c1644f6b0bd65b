import type { Input } from '../../../flows/engine/types.ts'

type Talker = { say: (input: Input | string) => Promise<string> }

/** Joins two chats by a link or a code that `maker` made: one agrees, the other says yes. */
export async function joinBy(taker: Talker, maker: Talker, token: string | undefined) {
  await taker.say({ type: 'command', name: 'start', payload: `elsewhere-${token}` })
  await taker.say('同意')
  return maker.say('是我，合在一起')
}
