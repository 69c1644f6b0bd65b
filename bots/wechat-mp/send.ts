import type { Channel, Counted, SendResult } from '../../flows/engine/channel.ts'
import type { CallWechat } from '../wechat-platform/api.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { type SubscriptionTemplate, sendNotice } from './notices.ts'
import { renderTexts } from './text.ts'
import { heardAt, type Permission, permissionOf, type WindowState } from './window.ts'

/** What is said by template while a message waits, and by which; null: it waits without a word. */
export type Nudge = { template: SubscriptionTemplate; words: string } | null

type NotSent = Extract<SendResult, { ok: false }>

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
}): Channel['send'] {
  const { call, ledger, nudge } = options

  return async ({ to, body, standing }) => {
    const before = await windowOf(to.id, standing)
    const counted = { message: 0, tap: 0 }
    for (const content of renderTexts(body)) {
      const permission = permissionOf(withSent(before, counted), options.now())
      const problem = permission.open
        ? await say(to.id, { msgtype: 'text', text: { content } }, before)
        : await stop(to.id, permission.why, before)
      if (problem !== null) {
        // What went before it would be said twice.
        return isNothing(counted) ? problem : { ...problem, counted, unsure: true }
      }
      if (permission.open) counted[permission.window] += 1
    }
    if (body.image?.kind === 'picture') {
      const permission = permissionOf(withSent(before, counted), options.now())
      if (permission.open && (await sendCard(to.id, body.image))) counted[permission.window] += 1
    }
    return { ok: true, externalId: '', counted }
  }

  /** As it stood when the row was taken; looked up where nothing may be said by that: they may have written since. */
  async function windowOf(openId: string, standing?: string | null): Promise<WindowState | null> {
    const known = standing == null ? null : ledger.readWindow(standing)
    return permissionOf(known, options.now()).open ? known : ledger.loadWindow(openId)
  }

  /** Says one message; null: it was taken. */
  async function say(
    openId: string,
    message: object,
    before: WindowState | null,
  ): Promise<NotSent | null> {
    const result = await call('message/custom/send', { touser: openId, ...message })
    if (result.ok) return null
    const { code: _, action, ...failure } = result
    if (action !== 'window-expired' && action !== 'window-spent') return failure
    const why = action === 'window-spent' ? 'spent' : 'expired'
    await ledger.closeWindow(openId, why)
    return hold(openId, why, failure.detail, before)
  }

  function stop(
    openId: string,
    why: Extract<Permission, { open: false }>['why'],
    before: WindowState | null,
  ): NotSent | Promise<NotSent> {
    return why === 'left'
      ? { ok: false, failure: 'blocked', detail: 'the person does not follow the account' }
      : hold(openId, why, 'our ledger says so', before)
  }

  /** The words have arrived, so the picture after them is sent where the window still allows it, or not at all. */
  async function sendCard(
    openId: string,
    { url, alt }: { url: string; alt: string },
  ): Promise<boolean> {
    const articles = [{ title: alt, url, picurl: url }]
    const message = { touser: openId, msgtype: 'news', news: { articles } }
    return (await call('message/custom/send', message)).ok
  }

  /** Whoever has had all messages of a window is here and will write; the others are asked to. */
  async function hold(
    openId: string,
    why: 'spent' | 'expired' | 'never',
    detail: string,
    before: WindowState | null,
  ): Promise<NotSent> {
    const asked = why === 'spent' || nudge === null ? 'not asked' : await callBack(openId, nudge)
    const whole = `the window is ${why}: ${detail}; the person: ${asked}`
    const heldSince = heardAt(before)
    return { ok: false, failure: 'window-closed', heldSince, detail: whole }
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

/** The windows after what has just been sent in them. */
function withSent(state: WindowState | null, { message, tap }: Counted): WindowState | null {
  if (state === null) return null
  return { ...state, messageSent: state.messageSent + message, tapSent: state.tapSent + tap }
}

function isNothing({ message, tap }: Counted): boolean {
  return message + tap === 0
}
