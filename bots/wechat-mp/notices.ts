import type { ApiResult, CallWechat } from '../wechat-platform/api.ts'
import { sayable } from '../wechat-platform/sayable.ts'

/**
 * How a person hears of us outside the windows. `template`: template messages, which a verified service
 * account may send to followers. `subscription`: each needs a consent, which is good for one. `long-term`:
 * a consent lasts; WeChat gives these to public services only. `field` is the template's that holds words.
 */
export type SubscriptionTemplate = {
  kind: 'template' | 'subscription' | 'long-term'
  id: string
  field: string
}

/** Words of a `thing` field: 20 characters at most, else 47003. */
const MAX_FIELD = 20

/**
 * Sends one template or subscription message. It is seen on a locked screen, so it holds no name and no
 * case: it asks the person to write to us, and what waits is then said in the conversation.
 * https://developers.weixin.qq.com/doc/service/guide/product/subscription_messages/intro.html
 */
export function sendNotice(
  call: CallWechat,
  notice: { template: SubscriptionTemplate; to: string; words: string },
): Promise<ApiResult> {
  const { template, to, words } = notice
  const path = template.kind === 'template' ? 'message/template/send' : 'message/subscribe/bizsend'
  const value = [...sayable(words)].slice(0, MAX_FIELD).join('')
  return call(path, {
    touser: to,
    template_id: template.id,
    data: { [template.field]: { value } },
  })
}
