import type { OutboxRow, SendResult } from '../../flows/engine/channel.ts'
import type { CallWechat } from '../wechat-platform/api.ts'
import type { Failed } from '../wechat-platform/errors.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { type SubscriptionTemplate, sendNotice } from './notices.ts'
import { renderTexts } from './text.ts'
import { permissionOf } from './window.ts'

/** What is said by template while a message waits, and by which; null: it waits without a word. */
export type Nudge = { template: SubscriptionTemplate; words: string } | null

/**
 * Sends by customer-service message, as far as the person's windows allow; else the message is held
 * until they write, and they are asked to by a template message, where there is one and they consented.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Service_Center_messages.html
 */
export function createSend(options: {
  call: CallWechat
  ledger: DeliveryLog
  now: () => string
  nudge: Nudge
}): (row: Pick<OutboxRow, 'to' | 'body'>) => Promise<SendResult> {
  const { call, ledger, nudge } = options

  return async ({ to, body }) => {
    let sent = 0
    for (const content of renderTexts(body)) {
      const permission = permissionOf(await ledger.loadWindow(to.id), options.now())
      if (!permission.open) {
        return permission.why === 'left'
          ? { ok: false, failure: 'blocked', detail: 'the person does not follow the account' }
          : hold(to.id, permission.why, 'our ledger says so')
      }
      const message = { touser: to.id, msgtype: 'text', text: { content } }
      const result = await call('message/custom/send', message)
      if (!result.ok) {
        const sorted = await failed(to.id, result)
        // What went before it would be said twice.
        return sent === 0 || sorted.ok ? sorted : { ...sorted, unsure: true }
      }
      await ledger.countSent(to.id, permission.window)
      sent++
    }
    if (body.image?.kind === 'picture') await sendCard(to.id, body.image)
    return { ok: true, externalId: '' }
  }

  /** The words have arrived, so the picture after them is sent where the window still allows it, or not at all. */
  async function sendCard(openId: string, { url, alt }: { url: string; alt: string }) {
    const permission = permissionOf(await ledger.loadWindow(openId), options.now())
    if (!permission.open) return
    const articles = [{ title: alt, url, picurl: url }]
    const message = { touser: openId, msgtype: 'news', news: { articles } }
    if ((await call('message/custom/send', message)).ok) {
      await ledger.countSent(openId, permission.window)
    }
  }

  async function failed(
    openId: string,
    { code: _, action, ...failure }: Failed,
  ): Promise<SendResult> {
    if (action !== 'window-expired' && action !== 'window-spent') return failure
    const why = action === 'window-spent' ? 'spent' : 'expired'
    await ledger.closeWindow(openId, why)
    return hold(openId, why, failure.detail)
  }

  /** Whoever has had all messages of a window is here and will write; the others are asked to. */
  async function hold(
    openId: string,
    why: 'spent' | 'expired' | 'never',
    detail: string,
  ): Promise<SendResult> {
    const asked = why === 'spent' || nudge === null ? 'not asked' : await callBack(openId, nudge)
    const whole = `the window is ${why}: ${detail}; the person: ${asked}`
    return { ok: false, failure: 'window-closed', held: true, detail: whole }
  }

  async function callBack(
    openId: string,
    { template, words }: NonNullable<Nudge>,
  ): Promise<string> {
    const needsConsent = template.kind !== 'template'
    const lasts = template.kind === 'long-term'
    if (needsConsent && !(await ledger.takeCredit(openId, template.id, lasts))) {
      return 'not asked, without a consent'
    }
    const result = await sendNotice(call, { template, to: openId, words })
    if (result.ok) return 'asked to write'
    if (result.action === 'drop-credits') await ledger.dropCredits(openId, template.id)
    return result.detail
  }
}
