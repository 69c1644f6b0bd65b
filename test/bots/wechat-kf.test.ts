import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeChannel } from '../conformance/channel.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { encrypt, sha1, toXml } from '../fakes/wechat-mp-envelope.ts'
import { createTestKf } from '../helpers/channels/wechat-kf.ts'

const NOW = '2018-06-01T02:00:00.000Z'
const SECONDS = Date.parse(NOW) / 1000
const HOOK = 'https://chat.test/webhooks/wechat-kf'
const PERSON = 'wmPerson1'

let fake: FakeWechatKf
beforeAll(async () => {
  fake = await startFakeWechatKf({ now: () => Date.parse(NOW), webhook: HOOK })
})
afterAll(() => fake.close())

const rowOf = (msgid: string, more: Record<string, unknown>) => ({
  msgid,
  open_kfid: 'wkFakeAccount01',
  external_userid: PERSON,
  send_time: SECONDS,
  origin: 3,
  ...more,
})

describeChannel('wechat-kf', async () => {
  const own = await startFakeWechatKf({ now: () => Date.parse(NOW), webhook: HOOK })
  const { channel, db } = await createTestKf(own, { now: () => NOW })
  const person = own.person(PERSON)
  const wrote = () => {
    Object.assign(person, { heardAt: Date.parse(NOW), received: -1000, state: 0 })
    return db.write([
      {
        sql: 'INSERT OR REPLACE INTO wechat_kf_people (user_id, heard_at, sent) VALUES (?, ?, -1000)',
        args: [PERSON, NOW],
      },
    ])
  }
  const send: typeof channel.send = async (row) => {
    await wrote()
    return channel.send(row)
  }
  const told = (row: Record<string, unknown>) => {
    own.put(row)
    return own.callback()
  }
  const error = (errcode: number) => () => own.trouble('kf/send_msg', { errcode })
  await wrote()
  return {
    channel: {
      ...channel,
      send,
      // What is said goes by the outbox; here at once, so that it is seen.
      receive: async (request) => {
        const received = await channel.receive(request)
        if (received instanceof Response) return received
        const respond: typeof received.respond = async (replies) => {
          for (const body of replies.flatMap((reply) => reply?.messages ?? [])) {
            await send({ to: { channel: 'wechat-kf', id: PERSON }, body })
          }
          return received.respond([])
        }
        return { ...received, respond }
      },
    },
    deliver: (id, content) => told(rowOf(id, { msgtype: 'text', text: { content } })),
    choose: (id, value) =>
      told(rowOf(id, { msgtype: 'text', text: { content: '好', menu_id: value } })),
    forged: () => [
      new Request(HOOK, { method: 'POST', body: toXml({ Encrypt: 'x' }) }),
      fake.callback({ token: 'another' }),
      fake.callback({ appId: 'ww0000000000000000' }),
      fake.callback({ seconds: SECONDS - 301 }),
    ],
    malformed: (body) =>
      new Request(`${HOOK}?msg_signature=x&timestamp=${SECONDS}&nonce=n`, { method: 'POST', body }),
    failures: {
      throttled: error(45009),
      unavailable: () => own.trouble('kf/send_msg', 'reset'),
      'window-closed': error(95001),
      rejected: error(40058),
      misconfigured: error(60020),
    },
    seen: async () => person.seen.map((line) => JSON.stringify(line)).join('\n'),
    secrets: [fake.account.token, fake.account.secret, fake.account.aesKey, 'kf-access'],
    recipient: PERSON,
    close: () => own.close(),
  }
})

describe('the question whether the address is ours', () => {
  it('is answered with the echo that was sealed', async () => {
    const { channel } = await createTestKf(fake, { now: () => NOW })
    const ask = async (echo: string, token = fake.account.token) => {
      const query = new URLSearchParams({
        msg_signature: sha1(token, String(SECONDS), 'n', echo),
        timestamp: String(SECONDS),
        nonce: 'n',
        echostr: echo,
      })
      const response = await channel.verify?.(new Request(`${HOOK}?${query}`))
      return [response?.status, await response?.text()]
    }
    const sealed = encrypt('4375120948345356249', fake.account)
    expect(await ask(sealed)).toEqual([200, '4375120948345356249'])
    expect((await ask(sealed, 'another'))[0]).toBe(403)
    expect((await ask('not sealed'))[0]).toBe(403)
  })
})

describe('a callback', () => {
  const read = async (rows: readonly Record<string, unknown>[]) => {
    const own = await startFakeWechatKf({ now: () => Date.parse(NOW), webhook: HOOK })
    const { channel, logged } = await createTestKf(own, { now: () => NOW })
    for (const row of rows) own.put(row)
    const received = await channel.receive(own.callback())
    await own.close()
    if (received instanceof Response) throw new Error(`refused: ${received.status}`)
    return { inputs: received.events.map(({ input }) => input), logged }
  }

  it('about another account, or of another kind, is acknowledged and brings nothing', async () => {
    const { channel } = await createTestKf(fake, { now: () => NOW })
    for (const event of [{ OpenKfId: 'wkOther' }, { Event: 'kf_account_auth_change' }]) {
      const received = await channel.receive(fake.callback({ event }))
      expect(received).toMatchObject({ events: [] })
      if (!(received instanceof Response)) {
        expect(await (await received.respond([])).text()).toBe('success')
      }
    }
    expect(fake.calls).toEqual([])
  })

  it.each([
    ['words', { msgtype: 'text', text: { content: '钱多少' } }, { type: 'text', text: '钱多少' }],
    [
      'a picture',
      { msgtype: 'image', image: { media_id: 'M1' } },
      { type: 'media', kind: 'image', mediaId: 'M1', mime: 'image/jpeg' },
    ],
    [
      'a voice',
      { msgtype: 'voice', voice: { media_id: 'M2' } },
      { type: 'media', kind: 'voice', mediaId: 'M2', mime: 'audio/amr' },
    ],
    [
      'a file',
      { msgtype: 'file', file: { media_id: 'M3' } },
      { type: 'media', kind: 'document', mediaId: 'M3' },
    ],
    [
      'a place',
      { msgtype: 'location', location: { latitude: 26.6, longitude: 106.7, name: '某处' } },
      { type: 'location', lat: 26.6, lon: 106.7 },
    ],
    [
      'a link',
      { msgtype: 'link', link: { title: '通知', url: 'https://example.gov.cn/a' } },
      { type: 'text', text: '通知 https://example.gov.cn/a' },
    ],
    ['a film', { msgtype: 'video', video: { media_id: 'M4' } }, { type: 'unsupported' }],
    ['a card', { msgtype: 'business_card', business_card: {} }, { type: 'unsupported' }],
    ['what is new', { msgtype: 'hologram', hologram: {} }, { type: 'unsupported' }],
  ])('brings %s', async (_, row, input) => {
    expect((await read([rowOf('m1', row)])).inputs).toEqual([expect.objectContaining(input)])
  })

  it('brings how somebody came in, where it says something', async () => {
    const enter = (more: Record<string, unknown>) =>
      read([
        {
          msgid: 'e1',
          send_time: SECONDS,
          origin: 4,
          msgtype: 'event',
          event: { event_type: 'enter_session', external_userid: PERSON, ...more },
        },
      ])
    expect((await enter({ welcome_code: 'C' })).inputs).toEqual([
      { type: 'command', name: 'start' },
    ])
    expect(
      (await enter({ scene: 'link', scene_param: 'apply', welcome_code: 'C' })).inputs,
    ).toEqual([{ type: 'command', name: 'start', payload: 'apply' }])
    expect((await enter({})).inputs).toEqual([])
  })

  it('brings nothing of what we or staff said, and counts what cannot be read', async () => {
    const { inputs, logged } = await read([
      rowOf('s1', { origin: 5, msgtype: 'text', text: { content: '我来办' } }),
      { nonsense: true },
      rowOf('m2', { msgtype: 'text', text: { content: '好' } }),
    ])
    expect(inputs).toEqual([{ type: 'text', text: '好' }])
    expect(logged).toEqual([expect.stringContaining('"rows":1')])
  })
})
