import type { FetchedMedia } from '../../flows/engine/channel.ts'
import { readAtMost } from '../read-at-most.ts'
import type { WechatApi } from './api.ts'
import { MAX_MEDIA_BYTES, openMedia } from './media.ts'

/** Fetches the pictures that people send to the account, whole. */
export function createFetchMedia(
  api: Pick<WechatApi, 'open'>,
): (mediaId: string) => Promise<FetchedMedia> {
  return async (mediaId) => {
    const opened = await openMedia(api, mediaId)
    if (!opened.ok) {
      const problem = /larger than/.test(opened.detail) ? 'too-large' : 'unavailable'
      return { ok: false, problem }
    }
    const { body, name } = opened
    try {
      const bytes = await readAtMost({ body, headers: new Headers() }, MAX_MEDIA_BYTES)
      return bytes === 'too-large'
        ? { ok: false, problem: 'too-large' }
        : { ok: true, bytes, ...(name === null ? {} : { name }) }
    } catch (error) {
      return { ok: false, problem: error instanceof RangeError ? 'too-large' : 'unavailable' }
    }
  }
}
