import type { Channel, SendResult } from '../../flows/engine/channel.ts'
import type { CallWechat } from '../wechat-platform/api.ts'
import type { Failed } from '../wechat-platform/errors.ts'
import { type KfMessage, renderMessages } from './render.ts'
import { type KfPerson, type KfStanding, type KfStore, STATE } from './store.ts'
import { permissionOf } from './window.ts'

/** Where staff answer: in our own console, or in the client of WeCom, into whose queue the conversation then goes. */
export type KfDesk = 'console' | 'wecom'

type Row = Parameters<Channel['send']>[0]

type Hold = (detail: string) => SendResult

const TOO_FEW = 'too few messages are left'

/**
 * Sends by `kf/send_msg` under the id of the outbox's row, which the network takes once: what may have arrived is sent
 * again, and "used before" means that it had. Where the window is closed, by the code of an event, if there is one;
 * else the message is held until the person writes. https://developer.work.weixin.qq.com/document/path/96427
 */
export function createSend(options: {
  call: CallWechat
  store: KfStore
  openKfId: string
  desk: KfDesk
  now: () => string
}): Channel['send'] {
  const { call, store, openKfId } = options

  return async (row) => {
    const standing = row.standing == null ? null : store.readStanding(row.standing)
    const result = await send(row, standing)
    const mayWait = row.standing === undefined || standing?.isHandedOver === true
    if (result.ok && options.desk === 'wecom' && mayWait) await handOver(row.to.id)
    return result
  }

  async function send({ id, to, body }: Row, standing: KfStanding | null): Promise<SendResult> {
    const messages = renderMessages(body)
    const key = id ?? crypto.randomUUID()
    const isFree = whyNot(standing, messages.length) === null
    const person = isFree ? standing : await store.loadPerson(to.id)
    const hold = (detail: string) => heldOf(person, detail)
    if (isWithStaff(person?.state)) return sayBesideStaff(to.id, key, messages, hold)
    const why = whyNot(person, messages.length)
    if (why === TOO_FEW) return hold(`our ledger says: ${why}`)
    if (why !== null) {
      return (await sayByCode(to.id, key, messages)) ?? hold(`our ledger says: ${why}`)
    }
    const counted = { message: 0, tap: 0 }
    const ids = await Promise.all(messages.map((_, part) => messageId(key, part)))
    for (const [part, message] of messages.entries()) {
      const head = { touser: to.id, open_kfid: openKfId, msgid: ids[part] }
      const said = await call('kf/send_msg', { ...head, ...message })
      if (said.ok) counted.message += 1
      else if (said.action !== 'already-sent') {
        return { ...(await failed(to.id, key, messages, said, hold)), counted }
      }
    }
    return { ok: true, externalId: ids[0] ?? '', counted }
  }

  /** Why a person may not be written to now; null: they may. */
  function whyNot(person: KfPerson | null, messages: number): string | null {
    const permission = permissionOf(person, options.now())
    if (!permission.open) return permission.why
    if (isWithStaff(person?.state)) return 'staff have the conversation'
    if (person?.state === STATE.ended) return 'the conversation has ended'
    return permission.left < messages ? TOO_FEW : null
  }

  async function failed(
    userId: string,
    key: string,
    messages: readonly KfMessage[],
    { code: _, action, unsure: __, ...failure }: Failed,
    hold: Hold,
  ): Promise<SendResult> {
    if (action === 'window-spent' || action === 'window-expired') {
      await store.closeWindow(userId, action === 'window-spent' ? 'spent' : 'expired')
      return (await sayByCode(userId, key, messages)) ?? hold(failure.detail)
    }
    if (action !== 'with-staff') return failure
    const asked = await call('kf/service_state/get', {
      open_kfid: openKfId,
      external_userid: userId,
    })
    const state = asked.ok ? Number(asked.value.service_state) : Number.NaN
    if (Number.isInteger(state)) await store.setState(userId, state)
    if (isWithStaff(state)) return sayBesideStaff(userId, key, messages, hold)
    return (await sayByCode(userId, key, messages)) ?? hold(failure.detail)
  }

  /** Staff have the conversation in their client. Where they are done by our own account, it is ended there. */
  async function sayBesideStaff(
    userId: string,
    key: string,
    messages: readonly KfMessage[],
    hold: Hold,
  ): Promise<SendResult> {
    if (await store.isHandedOver(userId)) {
      return hold('staff have the conversation in the client of WeCom: answer the person there')
    }
    const ended = await move(userId, STATE.ended)
    if (!ended.ok) return hold(ended.detail)
    const code = ended.value.msg_code
    if (typeof code !== 'string' || code === '') return hold('the conversation was ended')
    return (await sayWith(code, key, messages)) ?? hold('the conversation was ended')
  }

  async function sayByCode(
    userId: string,
    key: string,
    messages: readonly KfMessage[],
  ): Promise<SendResult | null> {
    const code = await store.loadCode(userId)
    if (code === null) return null
    const said = await sayWith(code, key, messages)
    if (said === null || said.ok || said.failure !== 'unavailable') await store.dropCode(userId)
    return said
  }

  /** One message at most; null: the code is good no more. */
  async function sayWith(
    code: string,
    key: string,
    [message]: readonly KfMessage[],
  ): Promise<SendResult | null> {
    if (message === undefined) return null
    const msgid = await messageId(key, 0)
    const said = await call('kf/send_msg_on_event', { code, msgid, ...message })
    if (said.ok || said.action === 'already-sent') return { ok: true, externalId: msgid }
    const { failure, detail } = said
    return failure === 'unavailable' ? { ok: false, failure, detail } : null
  }

  /** Once the bot's last words are said, the conversation goes to the queue of the client, if staff are called. */
  async function handOver(userId: string): Promise<void> {
    const person = await store.loadPerson(userId)
    if (isWithStaff(person?.state) || !(await store.isHandedOver(userId))) return
    // Where WeCom will not, staff answer in our own console as before.
    if ((await move(userId, STATE.queue)).ok) await store.setState(userId, STATE.queue)
  }

  async function move(userId: string, state: number) {
    const moved = await call('kf/service_state/trans', {
      open_kfid: openKfId,
      external_userid: userId,
      service_state: state,
    })
    if (moved.ok) await store.setState(userId, state)
    return moved
  }
}

function isWithStaff(state: number | undefined): boolean {
  return state === STATE.queue || state === STATE.person
}

function heldOf(person: KfPerson | null, detail: string): SendResult {
  return { ok: false, failure: 'window-closed', heldSince: person?.heardAt ?? null, detail }
}

/** Our id of a message, 32 letters at most: always the same for the same row, so that it cannot arrive twice. */
async function messageId(key: string, part: number): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${key}:${part}`))
  const bytes = String.fromCharCode(...new Uint8Array(digest, 0, 24))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_')
}
