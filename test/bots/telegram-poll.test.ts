import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApi } from '../../bots/telegram/api.ts'
import { pollUpdates } from '../../bots/telegram/poll.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'

let api: FakeBotApi
let handled: string[]
let problems: string[]
let pauses: number[]
let stop: AbortController

beforeEach(async () => {
  api = await startFakeBotApi()
  handled = []
  problems = []
  pauses = []
  stop = new AbortController()
})
afterEach(() => {
  stop.abort()
  return api.close()
})

/** Polls until `stop`; what `handle` makes of a chat and its words. */
function poll(handle: (chat: number, text: string) => Promise<void> = async () => {}) {
  return pollUpdates({
    call: createApi({ token: api.token, apiRoot: api.url }),
    signal: stop.signal,
    pause: async (seconds) => {
      pauses.push(seconds)
      await new Promise((resolve) => setTimeout(resolve, 5))
    },
    onProblem: (detail) => problems.push(detail),
    handle: async (update) => {
      const text = 'message' in update && 'text' in update.message ? update.message.text : ''
      const chat = 'message' in update ? update.message.chat.id : 0
      await handle(chat, text)
      handled.push(`${chat}${text}`)
    },
  })
}

async function until(holds: () => boolean) {
  for (let tries = 0; tries < 400 && !holds(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(holds()).toBe(true)
}

async function stopped(polling: Promise<void>) {
  stop.abort()
  await polling
}

const ofChat = (chat: number) => handled.filter((done) => done.startsWith(`${chat}`)).join(' ')
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('long polling', () => {
  it('takes each update once, each chat in its order', async () => {
    const people = [api.person(1), api.person(2)]
    for (const text of ['a', 'b', 'c']) for (const person of people) await person.type(text)
    const polling = poll((_, text) => later(text === 'a' ? 20 : 0).then(() => {}))
    await until(() => handled.length === 6)
    await people[0]?.type('d')
    await until(() => handled.length === 7)
    await stopped(polling)
    expect(ofChat(1)).toBe('1a 1b 1c 1d')
    expect(ofChat(2)).toBe('2a 2b 2c')
    expect(problems).toEqual([])
  })

  it('removes a webhook first, and again when somebody has set one', async () => {
    const call = createApi({ token: api.token, apiRoot: api.url })
    const set = () => call('setWebhook', { url: 'https://x.test', secret_token: 'abc' })
    await set()
    const polling = poll()
    await until(() => api.calls.at(-1)?.method === 'deleteWebhook')
    await set()
    await until(() => api.calls.at(-1)?.method === 'deleteWebhook')
    await api.person(1).type('a')
    await until(() => handled.length === 1)
    await stopped(polling)
    expect(problems.join()).toContain('409')
  })

  it('goes on when the network was away, later and later', async () => {
    for (const _ of [1, 2, 3]) api.trouble('deleteWebhook', { kind: 'reset' })
    api.trouble('getUpdates', { kind: 'error', code: 502, description: 'Bad Gateway' })
    api.trouble('getUpdates', {
      kind: 'error',
      code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    })
    const polling = poll()
    await api.person(1).type('a')
    await until(() => handled.length === 1)
    await stopped(polling)
    expect(pauses.slice(0, 5)).toEqual([1, 2, 4, 8, 7])
    expect(problems).toHaveLength(5)
  })

  it('tries again what failed: its chat waits, nobody is told twice, others go on', async () => {
    const [first, second] = [api.person(1), api.person(2)]
    for (const text of ['a', 'b', 'c']) await first.type(text)
    await second.type('a')
    let isAway = true
    const polling = poll(async (chat, text) => {
      if (isAway && chat === 1 && text === 'b') throw new TypeError('私下的话')
    })
    await until(() => problems.length >= 3)
    await second.type('b')
    await until(() => ofChat(2) === '2a 2b')
    expect(ofChat(1)).toBe('1a')
    isAway = false
    await until(() => handled.length === 5)
    await stopped(polling)
    expect(ofChat(1)).toBe('1a 1b 1c')
    expect(ofChat(2)).toBe('2a 2b')
    expect(problems[0]).toContain('TypeError')
    expect(problems.join()).not.toContain('私下的话')
    expect(api.unconfirmed()).toBe(0)
  })

  it('does not wait for a slow chat to hear another', async () => {
    const [slow, quick] = [api.person(1), api.person(2)]
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await slow.type('a')
    const polling = poll((chat) => (chat === 1 ? held : Promise.resolve()))
    await quick.type('a')
    await quick.type('b')
    await until(() => ofChat(2) === '2a 2b')
    expect(ofChat(1)).toBe('')
    release()
    await until(() => handled.length === 3)
    await stopped(polling)
  })

  it('leaves out what is no update, and does not stumble over it again', async () => {
    await api.deliver({ update_id: 1, message: { text: 'no chat' } })
    await api.person(1).type('a')
    const polling = poll()
    await until(() => handled.length === 1)
    await stopped(polling)
    expect(problems).toEqual(['an update of an unknown shape was left out'])
    expect(api.unconfirmed()).toBe(0)
  })

  it('takes ids as they come: after a quiet week the next one may be smaller', async () => {
    const person = api.person(1)
    await person.type('a')
    const polling = poll()
    await until(() => handled.length === 1)
    await api.deliver({ ...person.update('b'), update_id: 3 })
    await until(() => handled.length === 2)
    await stopped(polling)
    expect(ofChat(1)).toBe('1a 1b')
    expect(api.unconfirmed()).toBe(0)
  })

  it('stops at once while it waits, and after what it has in hand', async () => {
    const idle = poll()
    await until(() => api.calls.at(-1)?.method === 'deleteWebhook')
    await stopped(idle)

    stop = new AbortController()
    for (const text of ['a', 'b']) await api.person(1).type(text)
    const busy = poll(async () => {
      stop.abort()
      await later(20)
    })
    await busy
    expect(ofChat(1)).toBe('1a')
    // Done is confirmed, not begun is not: it comes to whoever polls next.
    expect(api.unconfirmed()).toBe(1)
    stop = new AbortController()
    const next = poll()
    await until(() => handled.length === 2)
    await stopped(next)
    expect(ofChat(1)).toBe('1a 1b')
  })
})
