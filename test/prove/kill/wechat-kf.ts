import { setTimeout as pause } from 'node:timers/promises'
import type { FakeWechatKf } from '../../fakes/wechat-kf.ts'
import { ENDED } from './client.ts'
import type { Clock } from './clock.ts'
import type { Crowd, Talker, Wire } from './talker.ts'

/** Nobody waits longer for an answer, and over more kills: on a slow machine hardly one life fits into so long. */
const PATIENCE_MILLISECONDS = 120_000
const PATIENCE_LIVES = 40
const LOOK_MILLISECONDS = 20
/** How often WeCom calls back twice at once. */
const TWICE = 0.1

/**
 * Brings somebody who writes to 微信客服 into the crowd. The callback only says that there is something; what was said is
 * fetched, and the answer comes as a message of its own. So what they say counts as acknowledged once it is answered.
 */
export function createCustomer(
  { crowd, clock, kf }: { crowd: Crowd; clock: Clock; kf: FakeWechatKf },
  userId: string,
): Talker {
  const person = kf.person(userId)
  let ids = 0
  const callBack = async () => {
    const request = kf.callback({ seconds: Math.floor(clock.now() / 1000) })
    const { pathname, search } = new URL(request.url)
    const headers = { 'content-type': 'text/xml' }
    return { path: `${pathname}${search}`, headers, body: await request.text() }
  }
  const wire: Wire = {
    eventId: (id) => `wechat-kf:${userId}:${id}`,
    newId: () => `${userId}-${++ids}`,
    sign: callBack,
    // The answer to a callback is empty: delivered again, it fetches nothing new.
    read: () => '',
  }
  const talker: Talker = {
    address: { channel: 'wechat-kf', id: userId },
    said: [],
    pending: null,
    token: '',
    async say(text) {
      const id = wire.newId()
      const eventId = wire.eventId(id)
      const heard = person.seen.length
      talker.pending = { eventId, text }
      Object.assign(person, { heardAt: clock.now(), received: 0 })
      kf.put({
        msgid: id,
        open_kfid: kf.account.openKfId,
        external_userid: userId,
        send_time: Math.floor(clock.now() / 1000),
        origin: 3,
        msgtype: 'text',
        text: { content: text },
      })
      const copies = [crowd.client.deliver(callBack)]
      if (crowd.random.chance(TWICE)) copies.push(crowd.client.deliver(callBack))
      if (copies.length > 1) crowd.counts.twice++
      await Promise.all(copies)
      const until = performance.now() + PATIENCE_MILLISECONDS
      const lastLife = crowd.life() + PATIENCE_LIVES
      while (person.seen.length === heard) {
        if (crowd.client.ended()) throw ENDED
        if (performance.now() > until && crowd.life() > lastLife) {
          crowd.violations.push({ name: 'never-answered', detail: eventId })
          throw ENDED
        }
        await pause(LOOK_MILLISECONDS)
      }
      talker.said.push({ eventId, text, reply: '', life: crowd.life(), wire: () => wire, id })
      talker.pending = null
      crowd.counts.acknowledged++
      return person.texts().slice(heard).join('\n')
    },
  }
  crowd.talkers.push(talker)
  return talker
}
