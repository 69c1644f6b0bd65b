import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeChannel } from '../conformance/channel.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { encrypt, envelope, openReply, sha1, toXml } from '../fakes/wechat-mp-envelope.ts'
import { createTestMp } from '../helpers/channels/wechat-mp.ts'

const NOW = '2018-06-01T02:00:00.000Z'
const SECONDS = Date.parse(NOW) / 1000
const HOOK = 'https://chat.test/webhooks/wechat-mp'
const PERSON = 'oA1'
const HEAD = { ToUserName: 'gh_fake', FromUserName: PERSON, CreateTime: SECONDS }
const TEXT = { ...HEAD, MsgType: 'text', Content: '钱多少' }

let fake: FakeWechatMp
beforeAll(async () => {
  fake = await startFakeWechatMp({ now: () => Date.parse(NOW) })
})
afterAll(() => fake.close())

const post = (query: string, body: BodyInit) =>
  new Request(`${HOOK}?${query}`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body })
const deliver = (elements: Record<string, unknown>, seconds = SECONDS, account = fake.account) => {
  const { query, body } = envelope(elements, account, { seconds })
  return post(query, body)
}
const signed = (more: Record<string, string> = {}, seconds = SECONDS) => {
  const timestamp = String(seconds)
  const signature = sha1(fake.account.token, timestamp, 'n')
  return String(new URLSearchParams({ signature, timestamp, nonce: 'n', ...more }))
}
const text = (id: string, content: string) =>
  deliver({ ...TEXT, Content: content, MsgId: id.padStart(17, '2') })

describeChannel('wechat-mp', async () => {
  const own = await startFakeWechatMp({ now: () => Date.parse(NOW) })
  const { channel, db } = await createTestMp(own, { now: () => NOW })
  const wrote = () => {
    const person = own.person(PERSON)
    Object.assign(person.windows, { messageAt: Date.parse(NOW), messages: -1000 })
    return db.write([
      {
        sql: `INSERT OR REPLACE INTO wechat_windows (open_id, last_at, message_at, message_sent)
          VALUES (?, ?, ?, -1000)`,
        args: [PERSON, NOW, NOW],
      },
    ])
  }
  await wrote()
  const error = (errcode: number) => () => own.trouble('message/custom/send', { errcode })
  return {
    channel: {
      ...channel,
      // Each failure is looked at alone, so the ledgers forget the one before.
      send: async (row) => {
        await wrote()
        return channel.send(row)
      },
    },
    deliver: text,
    forged: () => [
      post('', toXml({ ...TEXT, MsgId: '1' })),
      post(signed(), toXml({ ...TEXT, MsgId: '1' })),
      post(signed({ encrypt_type: 'aes' }), toXml({ ...TEXT, MsgId: '1' })),
      deliver({ ...TEXT, MsgId: '1' }, SECONDS, { ...fake.account, token: 'another' }),
      deliver({ ...TEXT, MsgId: '1' }, SECONDS, { ...fake.account, appId: 'wx0000000000000000' }),
      deliver({ ...TEXT, MsgId: '1' }, SECONDS - 301),
    ],
    malformed: (body) => post(signed({ encrypt_type: 'aes', msg_signature: 'x' }), body),
    failures: {
      throttled: error(45009),
      unavailable: () => own.trouble('message/custom/send', 'reset'),
      blocked: error(43004),
      'window-closed': error(45015),
      rejected: error(45002),
      misconfigured: error(40013),
    },
    seen: async (response) => openReply(await response.text(), fake.account).text,
    secrets: [fake.account.token, fake.account.secret, fake.account.aesKey, 'fake-access-token'],
    recipient: PERSON,
    close: () => own.close(),
  }
})

describe('the question whether the address is ours', () => {
  it('is answered with the very echo', async () => {
    const { channel } = await createTestMp(fake, { now: () => NOW })
    const ask = async (query: string) => {
      const response = await channel.verify?.(new Request(`${HOOK}?${query}`))
      return [response?.status, await response?.text()]
    }
    expect(await ask(signed({ echostr: '4375120948345356249' }))).toEqual([
      200,
      '4375120948345356249',
    ])
    expect((await ask(signed({ echostr: '<script>' })))[0]).toBe(403)
    expect((await ask(signed({ echostr: '1' }, SECONDS + 400)))[0]).toBe(403)
    expect((await ask(`${signed({ echostr: '1' })}0`))[0]).toBe(200)
    expect((await ask('signature=x&timestamp=1&nonce=2&echostr=3'))[0]).toBe(403)
    expect((await ask('echostr=3'))[0]).toBe(403)
  })
})

describe('a delivery', () => {
  const refusal = async (request: Request, now = NOW) => {
    const { channel, logged } = await createTestMp(fake, { now: () => now })
    const received = await channel.receive(request)
    if (!(received instanceof Response)) throw new Error('was taken')
    const { error, message } = await received.json()
    expect(message.length).toBeGreaterThan(20)
    expect(logged).toEqual([expect.stringContaining(`"reason":"${error}"`)])
    expect(logged.join()).not.toMatch(/oA1|钱多少/)
    return [received.status, error]
  }
  const body = toXml({ ...TEXT, MsgId: '1' })
  const safe = (inner: string) => {
    const encrypted = encrypt(inner, fake.account)
    const timestamp = String(SECONDS)
    return post(
      signed({
        encrypt_type: 'aes',
        msg_signature: sha1(fake.account.token, timestamp, 'n', encrypted),
      }),
      toXml({ ToUserName: 'gh_fake', Encrypt: encrypted }),
    )
  }

  it('in plain or compatible mode is refused with what to do', async () => {
    expect(await refusal(post(signed(), body))).toEqual([403, 'plain-mode'])
    expect(await refusal(post(signed({ encrypt_type: 'raw' }), body))).toEqual([403, 'plain-mode'])
    expect(await refusal(post(signed({ encrypt_type: 'aes' }), body))).toEqual([403, 'plain-mode'])
    const both = toXml({ ...TEXT, MsgId: '1', Encrypt: encrypt(body, fake.account) })
    expect(await refusal(post(signed({ encrypt_type: 'aes' }), both))).toEqual([403, 'compat-mode'])
  })

  it('without, or with a wrong signature is refused', async () => {
    expect(await refusal(post('', body))).toEqual([403, 'unsigned'])
    expect(await refusal(post('signature=x&timestamp=1&nonce=2', body))).toEqual([
      403,
      'wrong-signature',
    ])
    const { query, body: sealed } = envelope(TEXT, fake.account, { seconds: SECONDS })
    const other = sealed.replace(/.{4}\]\]>\s*<\/Encrypt>/, 'AAAA]]></Encrypt>')
    expect(other).not.toBe(sealed)
    expect(await refusal(post(query, other))).toEqual([403, 'wrong-signature'])
    const unsealed = query.replace(/msg_signature=\w+/, 'msg_signature=')
    expect(await refusal(post(unsealed, sealed))).toEqual([403, 'wrong-signature'])
  })

  it('that is old, or from the future, is refused', async () => {
    expect(await refusal(deliver(TEXT, SECONDS - 301))).toEqual([403, 'stale'])
    expect(await refusal(deliver(TEXT, SECONDS + 301))).toEqual([403, 'stale'])
  })

  it('for another account, or with a lost key, does not open', async () => {
    const appId = 'wx0000000000000000'
    expect(await refusal(deliver(TEXT, SECONDS, { ...fake.account, appId }))).toEqual([
      403,
      'does-not-open',
    ])
    const aesKey = 'Z'.repeat(43)
    expect(await refusal(deliver(TEXT, SECONDS, { ...fake.account, aesKey }))).toEqual([
      403,
      'does-not-open',
    ])
  })

  it('that is too large, or no XML, or holds a DOCTYPE, is refused, inside and outside', async () => {
    expect(await refusal(post(signed({ encrypt_type: 'aes' }), 'x'.repeat(65_537)))).toEqual([
      413,
      'too-large',
    ])
    const doctype = `<!DOCTYPE xml>${body}`
    for (const wrong of [doctype, '<xml><a>', '{}', '<xml><b>1</b></xml>']) {
      expect(await refusal(post(signed({ encrypt_type: 'aes' }), wrong))).toEqual([400, 'not-xml'])
    }
    expect(await refusal(safe(doctype))).toEqual([400, 'not-xml'])
  })

  it('is taken again as a retry, and refused as a replay later', async () => {
    let now = NOW
    const { channel } = await createTestMp(fake, { now: () => now })
    const { query, body: sealed } = envelope({ ...TEXT, MsgId: '9' }, fake.account, {
      seconds: SECONDS,
    })
    const ids = async () => {
      const received = await channel.receive(post(query, sealed))
      return received instanceof Response
        ? (await received.json()).error
        : received.events.map(({ id }) => id)
    }
    expect(await ids()).toEqual(['wechat-mp:9'])
    now = '2018-06-01T02:00:12.000Z'
    expect(await ids()).toEqual(['wechat-mp:9'])
    now = '2018-06-01T02:00:31.000Z'
    expect(await ids()).toBe('replayed')
    now = '2018-06-01T02:04:59.000Z'
    expect(await ids()).toBe('replayed')
  })

  it('of a kind that we do not know is acknowledged', async () => {
    const { channel } = await createTestMp(fake, { now: () => NOW })
    for (const strange of [
      { ...HEAD, MsgType: 'event', Event: 'never_heard_of' },
      { ...HEAD, MsgType: 'text' },
      { a: '1' },
    ]) {
      const received = await channel.receive(deliver(strange))
      if (received instanceof Response) throw new Error('refused')
      expect(received.events).toEqual([])
      expect(await (await received.respond([])).text()).toBe('success')
    }
  })

  it('is answered with the key that opened it, while the key is being changed', async () => {
    const fresh = 'Z'.repeat(43)
    const { channel } = await createTestMp(fake, {
      now: () => NOW,
      settings: { WECHAT_MP_AES_KEY: fresh, WECHAT_MP_AES_KEY_OLD: fake.account.aesKey },
    })
    for (const aesKey of [fresh, fake.account.aesKey]) {
      const account = { ...fake.account, aesKey }
      const received = await channel.receive(deliver({ ...TEXT, MsgId: '1' }, SECONDS, account))
      if (received instanceof Response) throw new Error('refused')
      const reply = { turn: 1, messages: [{ text: '好 ]]> &', quickReplies: [] }] }
      const answer = await (await received.respond([reply])).text()
      expect(openReply(answer, account)).toEqual({ to: PERSON, text: '好 ]]> &' })
    }
  })

  it('that was overtaken does not say that the person left', async () => {
    const { channel } = await createTestMp(fake, { now: () => NOW })
    const inputs = async (event: string, seconds: number) => {
      const received = await channel.receive(
        deliver({ ...HEAD, CreateTime: seconds, MsgType: 'event', Event: event, EventKey: '' }),
      )
      if (received instanceof Response) throw new Error('refused')
      return received.events.map(({ input }) => input.type)
    }
    expect(await inputs('subscribe', SECONDS)).toEqual(['membership', 'command'])
    expect(await inputs('unsubscribe', SECONDS - 10)).toEqual([])
    expect(await inputs('unsubscribe', SECONDS + 10)).toEqual(['membership'])
  })

  it('is answered in one text where the account may not send others, with its options whole', async () => {
    const settings = { WECHAT_MP_SERVICE_MESSAGES: 'off' }
    const { channel } = await createTestMp(fake, { now: () => NOW, settings })
    expect(channel.limits.answerWithinSeconds).toBeUndefined()
    const received = await channel.receive(deliver({ ...TEXT, MsgId: '1' }))
    if (received instanceof Response) throw new Error('refused')
    const say = async (texts: string[]) => {
      const messages = texts.map((text) => ({ text, quickReplies: [] }))
      messages.push({ text: '', quickReplies: [{ value: 'a', label: '甲' }] as never[] })
      const answer = await received.respond([{ turn: 1, messages }])
      return openReply(await answer.text(), fake.account).text
    }
    expect(await say(['一', '二'])).toBe('一\n\n二\n\n1. 甲')
    const long = await say(['补助先到先得。'.repeat(200)])
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(2000)
    expect(long).toMatch(/^补助先到先得。.+\n\n1\. 甲$/s)
    expect(await say([])).toBe('1. 甲')
  })
})
