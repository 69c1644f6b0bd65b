import type { Blobs } from './blobs.ts'

/**
 * What we use of an R2 binding.
 * https://developers.cloudflare.com/r2/api/workers/workers-api-reference/
 */
export type Bucket = {
  put(key: string, value: Uint8Array): Promise<unknown>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  delete(key: string): Promise<void>
}

/** Blobs as objects of an R2 bucket; no public address leads to them. */
export function createR2Blobs(bucket: Bucket): Blobs {
  return {
    async put(key, bytes) {
      await bucket.put(key, bytes)
    },
    async get(key) {
      const object = await bucket.get(key)
      return object === null ? null : new Uint8Array(await object.arrayBuffer())
    },
    delete: (key) => bucket.delete(key),
  }
}
