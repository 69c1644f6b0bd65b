import { describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { conversationOf } from '../../bots/web/conversation.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { describeChannel } from '../conformance/channel.ts'

const SECRET = 'a secret for tests only, 32 characters'
let ids = 0
const channel = createWebChannel({
  secret: SECRET,
  newId: () => `new${++ids}`,
  now: () => '2018-06-01T02:00:00.000Z',
  secureCookie: true,
  translate: createTranslate(),
})

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('https://chat.test/webhooks/web', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
const said = (body: object, headers?: Record<string, string>) => post(JSON.stringify(body), headers)

async function tokenOf(request: Request): Promise<string> {
  const received = await channel.receive(request)
  if (received instanceof Response) throw new Error(`refused: ${received.status}`)
  return (await received.respond([null])).headers.get('x-conversation') ?? ''
}
const token = await tokenOf(said({ id: '0', text: 'x' }))

describeChannel('web', async () => ({
  channel,
  deliver: (id, text) => said({ id, text }, { authorization: `Bearer ${token}` }),
  choose: (id, value) => said({ id, choice: value }),
  forged: () => [
    said({ id: '1', text: 'x' }, { origin: 'https://evil.test' }),
    said({ id: '1', text: 'x' }, { origin: 'null' }),
    said({ id: '1', text: 'x' }, { 'content-type': 'text/plain' }),
  ],
  malformed: (body) => post(body),
  failures: {},
  seen: async (response) => JSON.stringify(await response.json()),
  secrets: [SECRET],
  recipient: 'new1',
}))

describe('a conversation', () => {
  it('is kept by a signed cookie that scripts cannot read', async () => {
    const received = await channel.receive(said({ id: '1', text: 'x' }))
    if (received instanceof Response) throw new Error('refused')
    const cookie = (await received.respond([null])).headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax; Secure$/)
    const value = cookie.split(';')[0] ?? ''
    const request = said({ id: '2', text: 'x' }, { cookie: `other=1; ${value}` })
    expect(await conversationOf(request, SECRET)).toBe(received.events[0]?.from.id)
  })

  it.each([
    ['forged', (value: string) => value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ["another's id", (value: string) => value.replace(/^\w+/, 'victim')],
    ['nonsense', () => '...'],
    ['empty', () => ''],
  ])('a %s token begins a new one', async (_, change) => {
    const request = said({ id: '2', text: 'x' }, { cookie: `weiqitong=${change(token)}` })
    expect(await conversationOf(request, SECRET)).toBeNull()
  })

  it("cannot be answered with another's reply: the event id holds the conversation", async () => {
    const other = await tokenOf(said({ id: '0', text: 'x' }))
    const idOf = async (bearer: string) => {
      const received = await channel.receive(
        said({ id: 'same', text: 'x' }, { authorization: `Bearer ${bearer}` }),
      )
      return received instanceof Response ? null : received.events[0]?.id
    }
    expect(await idOf(token)).not.toBe(await idOf(other))
  })
})

describe('a body', () => {
  it.each([
    [
      { id: 'a', text: '' },
      { type: 'text', text: '' },
    ],
    [
      { id: 'a', choice: '!menu' },
      { type: 'choice', value: '!menu' },
    ],
    [
      { id: 'a', command: 'start', payload: 'apply' },
      { type: 'command', name: 'start', payload: 'apply' },
    ],
    [{ id: 'a', text: '字'.repeat(5000) }, { type: 'text' }],
  ])('%j', async (body, input) => {
    const received = await channel.receive(said(body))
    expect(received).not.toBeInstanceOf(Response)
    if (!(received instanceof Response)) expect(received.events[0]?.input).toMatchObject(input)
  })

  it.each([
    [{ text: 'x' }],
    [{ id: '', text: 'x' }],
    [{ id: 'a b', text: 'x' }],
    [{ id: 'x'.repeat(65), text: 'x' }],
    [{ id: 'a', text: 5 }],
    [{ id: 'a', text: 'x', choice: 'y' }],
    [{ id: 'a', command: 'rm' }],
    [{ id: 'a', text: 'x', locale: 'xx' }],
  ])('%j is refused with what to do, in the language of the client', async (body) => {
    const chinese = await channel.receive(said(body, { 'accept-language': 'zh-CN' }))
    const english = await channel.receive(said(body, { 'accept-language': 'en' }))
    if (!(chinese instanceof Response && english instanceof Response)) throw new Error('taken')
    expect(chinese.status).toBe(400)
    expect((await chinese.json()).message).toContain('请发送')
    expect((await english.json()).message).toContain('Please send')
  })
})
