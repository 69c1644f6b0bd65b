import type { Address, Input } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import type { TestWorld } from './app.ts'
import { createFakeChannel } from './channels/fake-channel.ts'

/** A person on a channel of a test world: says lines, hears what the bot answers as one text. */
export function createTalker({ deps }: Pick<TestWorld, 'deps'>, from: Address, network?: string) {
  const channel = { ...createFakeChannel({ repliesInResponse: 10 }), type: from.channel }
  let count = 0
  const talker = {
    from,
    async say(input: Input | string, id = `${from.channel}:${from.id}:${++count}`) {
      const reply = await handleEvent(deps, channel, {
        id,
        from,
        at: deps.now(),
        ...(network === undefined ? {} : { network }),
        input: typeof input === 'string' ? { type: 'text', text: input } : input,
      })
      return (reply?.messages ?? []).map(({ text }) => text).join('\n')
    },
    /** Says several lines and gives the last answer. */
    async sayAll(lines: readonly (Input | string)[]) {
      let answer = ''
      for (const line of lines) answer = await talker.say(line)
      return answer
    },
  }
  return talker
}
