import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declaresEntities } from '../../bots/wechat-platform/xml.ts'
import type { Input } from '../../flows/engine/types.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { encrypt, sha1, toXml } from '../fakes/wechat-mp-envelope.ts'
import { createTestMp } from '../helpers/channels/wechat-mp.ts'

const NOW = new Date(1796022000 * 1000).toISOString()
const HOOK = 'https://chat.test/webhooks/wechat-mp'

let fake: FakeWechatMp
beforeAll(async () => {
  fake = await startFakeWechatMp({ now: () => Date.parse(NOW) })
})
afterAll(() => fake.close())

/** A delivery in safe mode of exactly this XML. */
function sealed(xml: string): Request {
  const encrypted = encrypt(xml, fake.account)
  const { token } = fake.account
  const timestamp = '1796022000'
  const query = new URLSearchParams({
    signature: sha1(token, timestamp, 'n'),
    timestamp,
    nonce: 'n',
    encrypt_type: 'aes',
    msg_signature: sha1(token, timestamp, 'n', encrypted),
  })
  const body = toXml({ ToUserName: 'gh_office', Encrypt: encrypted })
  return new Request(`${HOOK}?${query}`, { method: 'POST', body })
}

async function hear(xml: string): Promise<{ inputs: Input[]; logged: string[] }> {
  const { channel, logged } = await createTestMp(fake, { now: () => NOW })
  const received = await channel.receive(sealed(xml))
  if (received instanceof Response) throw new Error(`refused with ${received.status}`)
  expect(await (await received.respond([])).text()).toBe('success')
  return { inputs: received.events.map(({ input }) => input), logged }
}

const caseOf = (name: string) =>
  readFileSync(new URL(`./fixtures/cases/${name}.xml`, import.meta.url), 'utf8')
const text = (content: string) => ({ type: 'text', text: content })
const START = { type: 'command', name: 'start' }
const JOINED = { type: 'membership', state: 'joined' }

describe('what people send to the official account', () => {
  it.each([
    ['01-control-character', [text('钱多少\u001dc')]],
    ['02-text-with-doctype', [text('<!DOCTYPE html><html>钱多少</html>')]],
    ['02b-text-with-xml', [text('<status><user>钱多少</user></x>')]],
    ['03-subscribe-twice', [JOINED, START]],
    ['04-scan-lower-case', [{ ...START, payload: 'apply' }]],
    ['05-last-trade-no', [JOINED, START]],
    ['06-scancode-waitmsg', []],
    ['07-voice-with-recognition', [text('钱多少')]],
  ])('%s', async (name, inputs) => {
    expect((await hear(caseOf(name))).inputs).toEqual(inputs)
  })

  it.each(['Subscribe', 'SUBSCRIBE', 'subscribe'])(
    'an event %s counts in any case',
    async (name) => {
      const xml = caseOf('03-subscribe-twice').replace('[subscribe]', `[${name}]`)
      expect((await hear(xml)).inputs).toEqual([JOINED, START])
    },
  )

  it.each(['click', 'Click', 'CLICK'])('a tap %s counts in any case', async (name) => {
    const xml = caseOf('04-scan-lower-case').replace('[scan]', `[${name}]`)
    expect((await hear(xml)).inputs).toEqual([{ type: 'choice', value: 'apply' }])
  })

  it('is never judged by its words: a declaration counts by its place alone', () => {
    const written = [
      '<xml><a><![CDATA[<!ENTITY x "y">]]></a></xml>',
      '<xml><a><![CDATA[<!-- <!doctype x> -->]]></a></xml>',
      '<xml><a>1</a><!-- <!DOCTYPE x> --></xml>',
    ]
    expect(written.map(declaresEntities)).toEqual([false, false, false])
    const declared = [
      '<!DOCTYPE xml [<!ENTITY x "y">]><xml><a>1</a></xml>',
      '<xml><a><![CDATA[x]]></a><!doctype xml></xml>',
      '<xml><!-- <![CDATA[ --><!DOCTYPE xml><a><![CDATA[]]></a></xml>',
    ]
    expect(declared.map(declaresEntities)).toEqual([true, true, true])
  })

  it.each([
    ['<xml><a>', 'not-xml'],
    ['秘密', 'not-xml'],
    ['', 'not-xml'],
    [toXml({ MsgType: 'hologram', Content: '秘密' }), 'hologram'],
    [toXml({ MsgType: '秘密' }), 'unknown'],
  ])(
    'that cannot be understood is acknowledged, and logged without its words: %j',
    async (xml, kind) => {
      const { inputs, logged } = await hear(xml)
      expect(inputs).toEqual([])
      expect(logged).toEqual([expect.stringContaining(`"kind":"${kind}"`)])
      expect(logged.join()).not.toContain('秘密')
    },
  )
})
