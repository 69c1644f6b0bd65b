import { expect, it } from 'vitest'
import type { Channel } from '../../../flows/engine/channel.ts'
import { handleEvent } from '../../../src/conversation/handle-event.ts'
import { createWorld } from '../../helpers/app.ts'
import { createFakeChannel, eventOf } from '../../helpers/channels/fake-channel.ts'
import { fileOf } from '../../helpers/files.ts'

const PHOTO = { type: 'media', kind: 'image', mediaId: 'secret-network-id' } as const

async function bench(personal: boolean) {
  let fetches = 0
  const channel: Channel = {
    ...createFakeChannel(),
    fetchMedia: async () => {
      fetches += 1
      return { ok: true, bytes: fileOf('jpeg', '照片') }
    },
  }
  const world = await createWorld([channel], { personalData: () => personal })
  const attachments = async () =>
    (await world.db.read([{ sql: 'SELECT status, external_id FROM attachments', args: [] }]))[0]
  return { world, channel, attachments, fetches: () => fetches }
}

it('a photo is kept before its turn, once for an event that comes again or twice at once', async () => {
  const { world, channel, attachments, fetches } = await bench(true)
  const send = () => handleEvent(world.deps, channel, eventOf('5', '1', PHOTO))
  const [first, second] = await Promise.all([send(), send()])
  expect(first?.messages).toEqual(second?.messages)
  const asked = fetches()
  expect((await send())?.messages).toEqual(first?.messages)
  expect(fetches()).toBe(asked)
  expect(await attachments()).toContainEqual(['loose', '5'])
  expect((await attachments())?.filter(([status]) => status === 'loose')).toHaveLength(1)
  await world.close()
})

it('nothing is fetched or kept where the channel may take no personal data, and it is answered', async () => {
  const { world, channel, attachments, fetches } = await bench(false)
  const reply = await handleEvent(world.deps, channel, eventOf('5', '1', PHOTO))
  expect(reply?.messages.length).toBeGreaterThan(0)
  expect([fetches(), await attachments()]).toEqual([0, []])
  await world.close()
})
