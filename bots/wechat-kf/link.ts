import * as z from 'zod'
import type { CallWechat } from '../wechat-platform/api.ts'
import type { Failed } from '../wechat-platform/errors.ts'

const Made = z.object({ url: z.url({ protocol: /^https$/ }) })

/**
 * A link that opens the conversation in WeChat and says `scene` there, as `/start scene` does elsewhere: up to 64 of
 * `A-Za-z0-9_-`, or nothing. https://developer.work.weixin.qq.com/document/path/94665
 */
export async function createKfLink(
  call: CallWechat,
  openKfId: string,
  scene: string,
): Promise<{ ok: true; url: string } | Failed> {
  if (!/^[\w-]{0,64}$/.test(scene)) throw new RangeError('a scene is up to 64 of A-Za-z0-9_-')
  const result = await call('kf/add_contact_way', { open_kfid: openKfId, scene: 'link' })
  if (!result.ok) return result
  const { url } = Made.parse(result.value)
  if (scene === '') return { ok: true, url }
  return { ok: true, url: `${url}${url.includes('?') ? '&' : '?'}scene_param=${scene}` }
}
