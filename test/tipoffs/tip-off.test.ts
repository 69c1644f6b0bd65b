import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { fileOf } from '../helpers/files.ts'
import { openEverything } from '../helpers/residue.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

type Replies = { text: string; quickReplies: { value: string; label: string }[] }[]

let world: TestWorld
let app: ReturnType<typeof createApp>
let supervision: SignedIn

beforeEach(async () => {
  let ids = 0
  const channel = createWebChannel({
    secret: 'a secret for tests only, 32 characters',
    newId: () => `web-${++ids}`,
    now: () => world.deps.now(),
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel])
  app = createApp(world.deps)
  supervision = await signInAs(world.deps, 'supervision')
})
afterEach(() => world.close())

/** A browser that talks to the web chat. */
function visitor() {
  let token = ''
  let count = 0
  let offered: Replies = []
  const headers = () => ({
    host: 'chat.test',
    origin: 'https://chat.test',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  })
  const post = async (body: object) => {
    const response = await app.request('https://chat.test/webhooks/web', {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ locale: 'zh-Hans', ...body }),
    })
    token = response.headers.get('x-conversation') ?? token
    const { replies } = (await response.json()) as { replies: Replies }
    offered = replies
    return replies.map(({ text }) => text).join('\n')
  }
  const me = {
    last: () => `m${count}`,
    say: (text: string, id = `m${++count}`) => post({ id, text }),
    tap: async (label: string, id = `m${++count}`) => {
      const reply = offered.flatMap((one) => one.quickReplies).find((one) => one.label === label)
      if (reply === undefined) throw new Error(`no button ${label} in ${JSON.stringify(offered)}`)
      return post({ id, choice: reply.value })
    },
    start: (payload: string) => post({ id: `m${++count}`, command: 'start', payload }),
    /** Sends what was sent last once more, as it was. */
    post,
    async upload(content: string) {
      const response = await app.request('https://chat.test/webhooks/web/files', {
        method: 'POST',
        headers: { ...headers(), 'x-file-name': encodeURIComponent('秘密名字.jpg') },
        body: Uint8Array.from(fileOf('jpeg', content)),
      })
      const { file } = (await response.json()) as { file: string }
      return post({ id: `m${++count}`, file })
    },
    async history() {
      const response = await app.request('https://chat.test/webhooks/web/history', {
        headers: headers(),
      })
      const { messages } = (await response.json()) as { messages: { body: { text: string } }[] }
      return messages.map(({ body }) => body.text)
    },
  }
  return me
}

const MARK = '张三收了两条烟'
const keyIn = (text: string) => {
  const number = /编号：(\d{3} \d{3} \d{3})/.exec(text)?.[1] ?? ''
  const word = /暗语：(\S+ \S+ \S+)/.exec(text)?.[1] ?? ''
  return { number, word }
}

/** Tells it anonymously, up to where number and word are shown. */
async function tell(me: ReturnType<typeof visitor>) {
  await me.say('你好')
  await me.say('举报')
  await me.tap('匿名举报')
  await me.say(MARK)
  await me.say('标记窗口')
  await me.say('标记时间')
  await me.upload('标记照片')
  return keyIn(await me.tap('下一步'))
}

const column = async (sql: string) =>
  ((await world.db.read([{ sql, args: [] }]))[0] ?? []).map(([first]) => first)

async function desk(path: string, form?: Record<string, string>, { cookie } = supervision) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', cookie, origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return { status: response.status, text: await response.text() }
}

describe('a tip-off without a name', () => {
  it('is told, handed in once, answered and followed up by number and word', async () => {
    const me = visitor()
    const key = await tell(me)
    expect(key.number).not.toBe('')
    const done = await me.tap('记好了，交上去')
    expect(done).toContain('已经交给监督人员')
    const [id] = await column('SELECT id FROM tip_offs')
    const page = await desk(`/console/tipoffs/${id}`)
    expect(page.text).toContain(MARK)
    const asked = { key: 'a1', text: '请问是哪一天' }
    expect((await desk(`/console/tipoffs/${id}/answer`, asked)).status).toBe(303)
    expect((await desk(`/console/tipoffs/${id}/answer`, asked)).status).toBe(303)

    const other = visitor()
    await other.say('举报')
    await other.tap('查以前的举报')
    const seen = await other.say(`${key.number} ${key.word}`)
    expect(seen.match(/请问是哪一天/g)).toHaveLength(1)
    expect(await other.say('六月三号上午')).toContain('送到了')
    expect((await desk(`/console/tipoffs/${id}`)).text).toContain('六月三号上午')
    const closing = { key: 'c1', text: '查实了，已经处理' }
    await desk(`/console/tipoffs/${id}/close`, closing)
    expect(await other.tap('再看一次')).toMatch(/已经办结[\s\S]*查实了，已经处理/)
    await other.tap('不看了')
    expect(
      await column("SELECT count(*) FROM tip_off_messages WHERE side = 'supervision'"),
    ).toEqual([2])
  })

  it('gives the number once: the same event gets the same answer, and there is one tip-off', async () => {
    const me = visitor()
    const before = await tell(me)
    const again = keyIn(await me.post({ id: me.last(), choice: 'next' }))
    expect(again).toEqual(before)
    await me.tap('记好了，交上去')
    const repeated = await me.post({ id: me.last(), choice: 'hand-in' })
    expect(repeated).toContain('已经交给监督人员')
    expect(repeated).not.toContain(before.number)
    expect(await column('SELECT count(*) FROM tip_offs')).toEqual([1])
  })

  it('is shown anew to a page that is loaded again, and to no later one', async () => {
    const me = visitor()
    const { number } = await tell(me)
    expect((await me.history()).at(-1)).toContain(number)
    await me.tap('记好了，交上去')
    expect((await me.history()).join()).not.toContain(number)
    expect((await me.history()).join()).not.toContain(MARK)
  })

  it('keeps nothing of a tip-off that was not handed in', async () => {
    const me = visitor()
    await tell(me)
    await me.say('菜单')
    const cells = await openEverything(world.db, world.deps.vault)
    const left = cells.filter(({ text }) => /收了两条烟|标记窗口|标记时间/.test(text))
    expect(left).toEqual([])
    expect(await column('SELECT count(*) FROM tip_offs')).toEqual([0])
  })

  it('locks after five wrong words, for the right one too, and makes no difference in words', async () => {
    const me = visitor()
    const key = await tell(me)
    await me.tap('记好了，交上去')
    const other = visitor()
    await other.say('举报')
    await other.tap('查以前的举报')
    const unknown = await other.say(`111111111 ${key.word}`)
    for (let count = 0; count < 5; count++) {
      expect(await other.say(`${key.number} 青山 青山 青山`)).toBe(unknown)
    }
    expect(await other.say(`${key.number} ${key.word}`)).toBe(unknown)
    expect(await column('SELECT failures FROM tip_offs')).toEqual([5])
  })

  it('counts wrong words from many chats at once, five and no more', async () => {
    const me = visitor()
    const key = await tell(me)
    await me.tap('记好了，交上去')
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const other = visitor()
        await other.say('举报')
        await other.tap('查以前的举报')
        return other
      }),
    )
    await Promise.all(others.map((other) => other.say(`${key.number} 青山 青山 青山`)))
    expect(await column('SELECT failures FROM tip_offs')).toEqual([5])
    const last = visitor()
    await last.say('举报')
    await last.tap('查以前的举报')
    expect(await last.say(`${key.number} ${key.word}`)).toContain('锁上')
  })

  it('takes the word in any dressing, apart from the number too', async () => {
    const me = visitor()
    const key = await tell(me)
    await me.tap('记好了，交上去')
    await me.say('举报')
    await me.tap('查以前的举报')
    expect(await me.say(key.number.replaceAll(' ', ''))).toContain('暗语')
    expect(await me.say(key.word.replaceAll(' ', '-'))).toContain('已经收到')
  })

  it('closes after half an hour', async () => {
    const me = visitor()
    const key = await tell(me)
    await me.tap('记好了，交上去')
    await me.say('举报')
    await me.tap('查以前的举报')
    await me.say(`${key.number} ${key.word}`)
    world.tick(31 * 60)
    expect(await me.say('还有一件事')).toContain('半小时')
    expect(await column('SELECT count(*) FROM tip_off_messages')).toEqual([0])
  })

  it('ends where staff are called, who learn nothing of it', async () => {
    const me = visitor()
    await tell(me)
    expect(await me.say('人工')).toContain('没有交')
    expect(await column('SELECT flow FROM handoffs')).toEqual(['menu'])
    const { cookie } = await signInAs(world.deps, 'agent')
    const [handoff] = await column('SELECT id FROM handoffs')
    const page = await desk(`/console/inbox/${handoff}`, undefined, { id: '', cookie })
    expect(page.text).not.toMatch(/张三|标记|编号/)
    expect(page.text).toContain('[tip-off]')
  })

  it('answers a life in danger with the numbers, and calls nobody', async () => {
    const me = visitor()
    await me.say('举报')
    await me.tap('匿名举报')
    expect(await me.say('他逼得我不想活了')).toContain('12356')
    expect(await column('SELECT count(*) FROM handoffs')).toEqual([0])
  })
})
