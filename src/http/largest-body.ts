import { MAX_BODY_BYTES } from '../../bots/body.ts'
import { MAX_UPDATE_BYTES } from '../../bots/telegram/update.ts'
import { MAX_INBOUND_BYTES, MAX_MEDIA_BYTES } from '../../bots/wechat/wire.ts'
import { MAX_FILE_BYTES, MAX_IMAGE_BYTES } from '../platform/files/check-file.ts'

/** What is sent to a path without a limit of its own; files come by reference. */
const MAX_BODY = MAX_BODY_BYTES

/** What words can be at most, on any path; more is where files come. */
export const LARGEST_MESSAGE = Math.max(MAX_BODY, MAX_UPDATE_BYTES, MAX_INBOUND_BYTES)

/**
 * Networks whose messages are larger than others', and where files are uploaded. A form's other fields, and the
 * borders between them, come on top.
 */
const LARGER: readonly { path: RegExp; bytes: number }[] = [
  { path: /^\/webhooks\/telegram$/, bytes: MAX_UPDATE_BYTES },
  { path: /^\/webhooks\/wechat$/, bytes: MAX_INBOUND_BYTES },
  { path: /^\/webhooks\/web\/files$/, bytes: MAX_FILE_BYTES },
  { path: /^\/plain$/, bytes: MAX_FILE_BYTES + MAX_BODY },
  { path: /^\/webhooks\/wechat\/media\//, bytes: MAX_MEDIA_BYTES },
  { path: /^\/console\/campaigns\/[^/]+\/image$/, bytes: MAX_IMAGE_BYTES + MAX_BODY },
  { path: /^\/console\/ledger\/imports$/, bytes: MAX_FILE_BYTES + MAX_BODY },
  { path: /^\/console\/redeem\/[^/]+\/papers$/, bytes: MAX_FILE_BYTES + MAX_BODY },
]

/** How many bytes a request to this path may bring. */
export function largestBody(path: string): number {
  return LARGER.find((larger) => larger.path.test(path))?.bytes ?? MAX_BODY
}
