import * as z from 'zod'
import type { CallWechat } from '../wechat-platform/api.ts'
import type { Failed } from '../wechat-platform/errors.ts'

/** https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html */
const MAX_SECONDS = 2_592_000

const Created = z.object({ ticket: z.string(), url: z.string() })

/**
 * A QR code that leads to the account and says `scene` there, as `/start scene` does elsewhere: 1 to 64
 * of `A-Za-z0-9_-`. `seconds`: how long it is good, 30 days at most; `for-ever`: of those an account has
 * 100,000. `url` is what the code says, `picture` is where WeChat shows it as an image.
 */
export async function createQr(
  call: CallWechat,
  scene: string,
  seconds: number | 'for-ever',
): Promise<{ ok: true; url: string; picture: string } | Failed> {
  if (!/^[\w-]{1,64}$/.test(scene)) throw new RangeError('a scene is 1 to 64 of A-Za-z0-9_-')
  const result = await call('qrcode/create', {
    ...(seconds === 'for-ever'
      ? { action_name: 'QR_LIMIT_STR_SCENE' }
      : { action_name: 'QR_STR_SCENE', expire_seconds: Math.min(seconds, MAX_SECONDS) }),
    action_info: { scene: { scene_str: scene } },
  })
  if (!result.ok) return result
  const { ticket, url } = Created.parse(result.value)
  const picture = `https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=${encodeURIComponent(ticket)}`
  return { ok: true, url, picture }
}
