import * as z from 'zod'
import type { FetchedMedia } from '../../flows/engine/channel.ts'
import { readAtMost } from '../read-at-most.ts'
import type { CallApi } from './api.ts'

const MAX_FILE_BYTES = 10 * 1024 * 1024
const TIMEOUT_MILLISECONDS = 30_000

/** https://core.telegram.org/bots/api#file */
const File = z.object({
  /** Only below the API's own address: a path that could lead anywhere else is none. */
  file_path: z
    .string()
    .regex(/^[\w][\w./-]{0,255}$/)
    .refine(
      (path) => !path.split('/').some((part) => part === '' || part === '..' || part === '.'),
    ),
  file_size: z.number().optional(),
})

/**
 * Fetches the files that people send to the bot, from the configured API root and nowhere else: no
 * redirect is followed. The address holds the token, so it is in no message and no error.
 */
export function createFetchFile(options: {
  token: string
  apiRoot: string
  call: CallApi
}): (fileId: string) => Promise<FetchedMedia> {
  const { token, apiRoot, call } = options
  return async (fileId) => {
    const found = await call('getFile', { file_id: fileId })
    if (!found.ok) {
      const isLarge = /file is too big/i.test(found.detail)
      return { ok: false, problem: isLarge ? 'too-large' : 'unavailable' }
    }
    const file = File.safeParse(found.value)
    if (!file.success) return { ok: false, problem: 'unavailable' }
    const { file_path: path, file_size: size = 0 } = file.data
    if (size > MAX_FILE_BYTES) return { ok: false, problem: 'too-large' }
    try {
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        return { ok: false, problem: 'unavailable' }
      }
      const bytes = await readAtMost(response, MAX_FILE_BYTES)
      return bytes === 'too-large' ? { ok: false, problem: 'too-large' } : { ok: true, bytes }
    } catch {
      return { ok: false, problem: 'unavailable' }
    }
  }
}
