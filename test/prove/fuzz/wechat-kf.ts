import fc from 'fast-check'
import { encrypt, sha1 } from '../../fakes/wechat-mp-envelope.ts'
import { hurt, rarely, shortWords, words } from './strings.ts'
import { or, type Target, target } from './target.ts'
import type { FuzzWorld } from './world.ts'

const media = or(fc.record({ media_id: or(fc.oneof(shortWords, fc.constant('photo'))) }))
const userId = fc.oneof(fc.constantFrom('wmFuzz1', 'wmFuzz2', '__proto__'), shortWords)

/** A row of `sync_msg` with anything in it that WeCom may think of. */
const row = fc.record(
  {
    msgid: or(fc.oneof(shortWords, fc.uuid())),
    open_kfid: or(shortWords),
    external_userid: or(userId),
    send_time: or(fc.oneof(fc.constant(1_527_818_400), fc.integer(), fc.double())),
    origin: or(fc.constantFrom(3, 3, 3, 4, 5, 0, 99)),
    servicer_userid: or(words),
    msgtype: or(
      fc.constantFrom('text', 'text', 'image', 'voice', 'file', 'event', 'location', 'link', 'x'),
    ),
    text: or(fc.record({ content: or(words), menu_id: or(shortWords) }, { requiredKeys: [] })),
    image: media,
    voice: media,
    file: media,
    location: or(fc.record({ latitude: or(fc.double()), longitude: or(fc.double()) })),
    link: or(fc.record({ title: or(words), url: or(words) })),
    event: or(
      fc.record(
        {
          event_type: or(
            fc.constantFrom(
              'enter_session',
              'msg_send_fail',
              'session_status_change',
              'servicer_status_change',
              'x',
            ),
          ),
          open_kfid: or(shortWords),
          external_userid: or(userId),
          scene: or(shortWords),
          scene_param: or(words),
          welcome_code: or(shortWords),
          msg_code: or(shortWords),
          fail_msgid: or(shortWords),
          fail_type: or(fc.nat(20)),
          change_type: or(fc.nat(6)),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['msgid', 'send_time', 'origin', 'msgtype'] },
)

/** 微信客服: callbacks well sealed with any rows behind them, and any text under a right signature. */
export function customerTargets(): Target[] {
  return [
    target({
      route: 'POST /webhooks/:channel',
      name: 'rows of 微信客服',
      share: 4,
      given: fc.array(row, { minLength: 1, maxLength: 4 }),
      shoot: async (rows, world, send) => {
        for (const id of ['wmFuzz1', 'wmFuzz2']) world.kf.person(id).received = 0
        for (const one of rows) world.kf.put(one)
        const request = world.kf.callback()
        const { pathname, search } = new URL(request.url)
        const path = `${pathname}${search}`
        await send({ method: 'POST', path, body: await request.text() })
        await goOn(world)
      },
    }),
    target({
      route: 'POST /webhooks/:channel',
      name: 'a callback of 微信客服 with any text',
      share: 2,
      given: fc.tuple(words, fc.nat(3), rarely(fc.tuple(fc.nat(7), fc.nat()))),
      shoot: ([inside, way, cut], world, send) => {
        const timestamp = String(Math.floor(Date.parse(world.deps.now()) / 1000))
        const nonce = String(world.next())
        const { account } = world.kf
        const sealed = way === 0 ? Buffer.from(inside).toString('base64') : encrypt(inside, account)
        const query = new URLSearchParams({
          timestamp,
          nonce,
          msg_signature: sha1(account.token, timestamp, nonce, sealed),
        })
        const body =
          way === 1 ? inside : `<xml><ToUserName>x</ToUserName><Encrypt>${sealed}</Encrypt></xml>`
        return send({
          method: 'POST',
          path: `/webhooks/wechat-kf?${query}`,
          body: cut === null ? body : hurt(body, ...cut),
        })
      },
    }),
  ]
}

/** What goes on behind the response: one bad row must not keep the others from being read. */
async function goOn(world: FuzzWorld): Promise<void> {
  await Promise.all(world.background.splice(0))
  const [[[left] = []] = []] = await world.db.read([
    { sql: 'SELECT count(*) FROM wechat_kf_accounts WHERE asked > done', args: [] },
  ])
  if (Number(left) > 0) throw new Error('rows of 微信客服 were left')
}
