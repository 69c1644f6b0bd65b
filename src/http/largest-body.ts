import { MAX_MEDIA_BYTES } from '../../bots/wechat/wire.ts'
import { MAX_FILE_BYTES, MAX_IMAGE_BYTES } from '../platform/files/check-file.ts'

/** No network we serve needs more for a message; files come by reference. */
const MAX_BODY = 64 * 1024

/** Where files are uploaded. A form's other fields, and the borders between them, come on top. */
const UPLOADS: readonly { path: RegExp; bytes: number }[] = [
  { path: /^\/webhooks\/web\/files$/, bytes: MAX_FILE_BYTES },
  { path: /^\/webhooks\/wechat\/media\//, bytes: MAX_MEDIA_BYTES },
  { path: /^\/console\/campaigns\/[^/]+\/image$/, bytes: MAX_IMAGE_BYTES + MAX_BODY },
  { path: /^\/console\/ledger\/imports$/, bytes: MAX_FILE_BYTES + MAX_BODY },
  { path: /^\/console\/redeem\/[^/]+\/papers$/, bytes: MAX_FILE_BYTES + MAX_BODY },
]

/** How many bytes a request to this path may bring. */
export function largestBody(path: string): number {
  return UPLOADS.find((upload) => upload.path.test(path))?.bytes ?? MAX_BODY
}
