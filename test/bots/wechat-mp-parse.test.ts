import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDelivery, readEnvelope } from '../../bots/wechat-mp/parse.ts'
import { renderTexts } from '../../bots/wechat-mp/text.ts'
import { parseXml, renderXml } from '../../bots/wechat-platform/xml.ts'
import { toXml } from '../fakes/wechat-mp-envelope.ts'

const HEAD = { ToUserName: 'gh_1', FromUserName: 'oA_1-x', CreateTime: 1527818400 }
const AT = '2018-06-01T02:00:00.000Z'
const FROM = { channel: 'wechat-mp', id: 'oA_1-x' }
const read = (elements: Record<string, unknown>) => {
  const xml = parseXml(toXml({ ...HEAD, ...elements }))
  return xml === null ? null : parseDelivery(xml)
}
const message = (elements: Record<string, unknown>) =>
  read({ ...elements, MsgId: '24000000000000001' })
const event = (name: string, more: Record<string, unknown> = {}) =>
  read({ MsgType: 'event', Event: name, ...more })

describe('a message', () => {
  it.each([
    [
      { MsgType: 'text', Content: ' 钱多少\n?' },
      { type: 'text', text: ' 钱多少\n?' },
    ],
    [
      { MsgType: 'text', Content: '' },
      { type: 'text', text: '' },
    ],
    [
      { MsgType: 'text', Content: '1 < 2 & 3' },
      { type: 'text', text: '1 < 2 & 3' },
    ],
    [
      { MsgType: 'text', Content: '007' },
      { type: 'text', text: '007' },
    ],
    [
      { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' },
      { type: 'unsupported', what: 'sticker' },
    ],
    [
      { MsgType: 'image', PicUrl: 'http://x/y', MediaId: 'm_1' },
      { type: 'media', kind: 'image', mediaId: 'm_1' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm_2', Format: 'amr', Recognition: '' },
      { type: 'media', kind: 'voice', mediaId: 'm_2', mime: 'audio/amr' },
    ],
    [
      { MsgType: 'location', Location_X: '26.647', Location_Y: '106.63', Scale: 20, Label: '贵阳' },
      { type: 'location', lat: 26.647, lon: 106.63 },
    ],
    [
      { MsgType: 'location', Location_X: '', Location_Y: '' },
      { type: 'unsupported', what: 'other' },
    ],
    [
      { MsgType: 'location', Location_X: '999', Location_Y: '1' },
      { type: 'unsupported', what: 'other' },
    ],
    [
      { MsgType: 'video', MediaId: 'm_3' },
      { type: 'unsupported', what: 'video' },
    ],
    [
      { MsgType: 'shortvideo', MediaId: 'm_3' },
      { type: 'unsupported', what: 'video' },
    ],
    [
      { MsgType: 'link', Title: 'x', Url: 'http://x' },
      { type: 'unsupported', what: 'other' },
    ],
    [{ MsgType: 'tomorrow' }, { type: 'unsupported', what: 'other' }],
  ])('%j', (elements, input) => {
    expect(message(elements)).toEqual({
      openId: 'oA_1-x',
      account: 'gh_1',
      at: AT,
      events: [{ id: 'wechat-mp:24000000000000001', from: FROM, at: AT, input }],
      facts: [{ kind: 'heard', window: 'message' }],
    })
  })

  it('without a sender, a time or an id is none', () => {
    expect(message({ MsgType: 'text', FromUserName: '' })).toBeNull()
    expect(message({ MsgType: 'text', FromUserName: '../x' })).toBeNull()
    expect(message({ MsgType: 'text', CreateTime: 'now' })).toBeNull()
    expect(message({ MsgType: '' })).toBeNull()
    expect(read({ MsgType: 'text', Content: 'x' })).toBeNull()
  })
})

describe('an event', () => {
  const TAP = [{ kind: 'heard', window: 'tap' }]
  const start = (payload?: string) => ({
    type: 'command',
    name: 'start',
    ...(payload === undefined ? {} : { payload }),
  })
  const JOINED = { type: 'membership', state: 'joined' }

  it.each([
    ['subscribe', { EventKey: '' }, [JOINED, start()], TAP],
    ['subscribe', { EventKey: 'qrscene_apply', Ticket: 't' }, [JOINED, start('apply')], TAP],
    ['SCAN', { EventKey: 'link-8', Ticket: 't' }, [start('link-8')], TAP],
    ['SCAN', { EventKey: '不是我们的', Ticket: 't' }, [start()], TAP],
    ['CLICK', { EventKey: '!prescreen' }, [{ type: 'choice', value: '!prescreen' }], TAP],
    ['unsubscribe', { EventKey: '' }, [{ type: 'membership', state: 'left' }], [{ kind: 'left' }]],
    ['VIEW', { EventKey: 'https://x' }, [], []],
    ['LOCATION', { Latitude: '1', Longitude: '2', Precision: '3' }, [], []],
    ['TEMPLATESENDJOBFINISH', { MsgID: '1', Status: 'success' }, [], []],
    ['something_new', { EventKey: 'x' }, [], []],
  ])('%s %j', (name, more, inputs, facts) => {
    const delivery = event(name, more)
    expect(delivery?.events.map(({ input }) => input)).toEqual(inputs)
    expect(delivery?.facts).toEqual(facts)
  })

  it('is known again by who, when and what', () => {
    const ids = (seconds: number, key: string) =>
      event('CLICK', { EventKey: key, CreateTime: seconds })?.events.map(({ id }) => id)
    expect(ids(1, 'a')).toEqual(ids(1, 'a'))
    expect(ids(1, 'a')).not.toEqual(ids(2, 'a'))
    expect(ids(1, 'a')).not.toEqual(ids(1, 'b'))
    const both = event('subscribe', { EventKey: '' })?.events.map(({ id }) => id) ?? []
    expect(new Set(both).size).toBe(2)
  })

  it('brings consents, one or several, and takes them back', () => {
    const item = (id: string, status: string) => ({ TemplateId: id, SubscribeStatusString: status })
    const popup = (items: object[]) =>
      event('subscribe_msg_popup_event', { SubscribeMsgPopupEvent: items })
    expect(popup([item('T1', 'accept')])?.facts).toEqual([
      { kind: 'consents', answers: [{ template: 'T1', accepted: true }] },
    ])
    expect(popup([item('T1', 'accept'), item('T2', 'reject')])?.facts).toEqual([
      {
        kind: 'consents',
        answers: [
          { template: 'T1', accepted: true },
          { template: 'T2', accepted: false },
        ],
      },
    ])
    const change = event('subscribe_msg_change_event', {
      SubscribeMsgChangeEvent: [item('T1', 'reject')],
    })
    expect(change?.facts).toEqual([{ kind: 'withdrawn', templates: ['T1'] }])
    expect(popup([])?.facts).toEqual([{ kind: 'consents', answers: [] }])
  })
})

describe('XML', () => {
  it.each([
    ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>'],
    ['a small doctype', '<!doctype xml><xml><a>1</a></xml>'],
    ['an entity', '<xml><!ENTITY a SYSTEM "file:///etc/passwd"><a>&a;</a></xml>'],
    ['two roots', '<xml><a>1</a></xml><xml><a>2</a></xml>'],
    ['another root', '<html><a>1</a></html>'],
    ['a cut one', '<xml><a>1</a>'],
    ['a prototype', '<xml><__proto__>1</__proto__></xml>'],
    ['20,000 levels', `<xml>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</xml>`],
    ['JSON', '{"a":1}'],
    ['nothing', ''],
  ])('%s is refused', (_, xml) => {
    expect(parseXml(xml)).toBeNull()
  })

  it('whatever comes is read or refused, and what we write is read as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseXml(`<xml>${text}</xml>`)).not.toThrow()
      }),
    )
    const sayable = fc
      .string({ unit: fc.constantFrom(']', '>', '<', '&', '!', '[', '补', '😀', '\n', ' ', 'x') })
      .filter((text) => text !== '')
    fc.assert(
      fc.property(sayable, (text) => {
        expect(parseXml(renderXml({ Content: text, CreateTime: 1 }))).toEqual({
          Content: text,
          CreateTime: '1',
        })
      }),
    )
  })

  it('has no half characters and no control characters', () => {
    expect(renderXml({ a: 'x\u0000\ud83d\u0007y]]>z' })).toBe(
      '<xml><a><![CDATA[x\ufffdy]]]]><![CDATA[>z]]></a></xml>',
    )
  })

  it('tells safe mode from the others', () => {
    const mode = (elements: Record<string, string>) => {
      const xml = parseXml(toXml(elements))
      return xml === null ? 'none' : readEnvelope(xml)
    }
    expect(mode({ ToUserName: 'gh_1', Encrypt: 'abc' })).toEqual({ encrypted: 'abc' })
    expect(mode({ ...HEADS, Encrypt: 'abc' })).toBe('compat')
    expect(mode(HEADS)).toBe('plain')
    expect(mode({ ToUserName: 'gh_1' })).toBeNull()
  })
})

const HEADS = { ToUserName: 'gh_1', FromUserName: 'oA', MsgType: 'text', Content: 'x' }

it('a message is texts of 2,000 bytes, with numbered options', () => {
  const texts = renderTexts({
    text: '每户补助4.5万元，先到先得。😀\n'.repeat(200),
    quickReplies: [{ value: 'a', label: '甲' }],
  })
  expect(texts.length).toBeGreaterThan(3)
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000)
  expect(texts.at(-1)).toMatch(/1\. 甲$/)
  expect(texts.join('')).not.toContain('\ufffd')
})
