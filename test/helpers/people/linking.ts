import { afterEach, beforeEach } from 'vitest'
import { outboxContext } from '../../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import type { ChannelType, Input } from '../../../flows/engine/types.ts'
import { createWorld, type TestWorld, testVault } from '../app.ts'
import { applicationLines, numberIn } from '../applicant.ts'
import { createFakeChannel } from '../channels/fake-channel.ts'
import { createTalker } from '../talk.ts'

const CHANNELS = ['web', 'telegram', 'wechat', 'wechat-mp'] as const
export let world: TestWorld

/** Each test of the file that calls this begins with a world of its own. */
export function beginAnew(): void {
  beforeEach(async () => {
    world = await createWorld(CHANNELS.map((type) => ({ ...createFakeChannel(), type })))
  })
  afterEach(() => world.close())
}

/** Begins anew, with personal data on the web alone. */
export async function onlyWebIsPersonal(): Promise<void> {
  await world.close()
  world = await createWorld(
    CHANNELS.map((type) => ({ ...createFakeChannel(), type })),
    { personalData: (channel) => channel === 'web' },
  )
}

export const person = (channel: ChannelType, id: string) => createTalker(world, { channel, id })
export type Talker = ReturnType<typeof person>
export const rows = async (sql: string, ...args: string[]) =>
  (await world.db.read([{ sql, args }]))[0] ?? []
export const contactOf = async ({ from }: Talker) =>
  (await rows('SELECT contact_id FROM addresses WHERE external_id = ?', from.id))[0]?.[0]

export const codeIn = (answer: string) =>
  /(\d{3}) (\d{3})/.exec(answer)?.slice(1).join('') ?? 'no code'
export const askCode = async (who: Talker) => codeIn(await who.sayAll(['绑定', '要一个代码']))
export const enter = (who: Talker, code: string) => who.sayAll(['绑定', code])
/** Uses a code, agrees, and has the chat that made it say yes too: what is said in the one and in the other. */
export const join = async (who: Talker, maker: Talker, code: string, ...proof: string[]) => {
  await enter(who, code)
  for (const line of proof) await who.say(line)
  const agreed = await who.say('同意')
  return { agreed, joined: await maker.say('是我，合在一起') }
}
export const start = (payload: string) => ({ type: 'command', name: 'start', payload }) as const
/** The last notice that waits for a chat, with its buttons. */
export const told = async ({ from }: Talker) => {
  const [[id, body] = []] = await rows(
    'SELECT id, body FROM outbox WHERE external_id = ? ORDER BY seq DESC LIMIT 1',
    from.id,
  )
  if (!(body instanceof Uint8Array)) throw new Error('nothing was told')
  const { text, quickReplies } = JSON.parse(
    await testVault.openText(body, outboxContext(String(id))),
  ) as RenderedMessage
  const button = (label: string): Input => {
    const found = quickReplies.find((one) => one.label === label)
    if (found === undefined) throw new Error(`no button ${label} under ${text}`)
    return { type: 'choice', value: found.value }
  }
  return { text, button }
}
/** Applies on a channel, and gives the number. */
export const applied = async (who: Talker, as: number) =>
  numberIn(await who.sayAll(applicationLines(as))) ?? 'no number'
