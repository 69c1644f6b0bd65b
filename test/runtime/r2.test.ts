import { afterAll, beforeAll, expect, it } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import type { Blobs } from '../../db/core/blobs.ts'
import { type Bucket, createR2Blobs } from '../../db/core/blobs-r2.ts'

let platform: Awaited<ReturnType<typeof getPlatformProxy<{ FILES: Bucket }>>>
let blobs: Blobs
beforeAll(async () => {
  platform = await getPlatformProxy<{ FILES: Bucket }>({
    configPath: 'wrangler.toml',
    environment: 'chat',
    persist: false,
  })
  blobs = createR2Blobs(platform.env.FILES)
})
afterAll(() => platform.dispose())

it('gives back what was put, once it is gone nothing, and minds no second time', async () => {
  const bytes = new Uint8Array(700_000).map((_, index) => index % 251)
  await blobs.put('a', bytes)
  const stored = await blobs.get('a')
  expect(stored !== null && Buffer.compare(stored, bytes)).toBe(0)
  // A view of a larger buffer, as the vault may give it.
  await blobs.put('b', bytes.subarray(10, 20))
  expect(await blobs.get('b')).toEqual(bytes.subarray(10, 20))
  await blobs.delete('a')
  await blobs.delete('a')
  expect([await blobs.get('a'), await blobs.get('never')]).toEqual([null, null])
})
