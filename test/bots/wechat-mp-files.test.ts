import { afterEach, beforeEach, expect, it } from 'vitest'
import { MAX_MEDIA_BYTES } from '../../bots/wechat-platform/media.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { createTestMp } from '../helpers/channels/wechat-mp.ts'
import { fileOf } from '../helpers/files.ts'

const NOW = '2018-06-01T02:00:00.000Z'
let fake: FakeWechatMp
beforeEach(async () => {
  fake = await startFakeWechatMp({ now: () => Date.parse(NOW) })
})
afterEach(() => fake.close())

it('fetches a picture whole, and says what is wrong with what it cannot', async () => {
  const { channel } = await createTestMp(fake, { now: () => NOW })
  const bytes = fileOf('jpeg', 'x', 200_000)
  fake.keepMedia('m1', { bytes, mime: 'image/jpeg' })
  fake.keepMedia('large', { bytes: new Uint8Array(MAX_MEDIA_BYTES + 1), mime: 'image/jpeg' })
  const fetched = await channel.fetchMedia?.('m1')
  expect(fetched?.ok && Buffer.compare(fetched.bytes, bytes)).toBe(0)
  expect(await channel.fetchMedia?.('gone')).toEqual({ ok: false, problem: 'unavailable' })
  expect(await channel.fetchMedia?.('large')).toEqual({ ok: false, problem: 'too-large' })
})
