import { expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { createApp } from '../../src/app.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { openEverything } from '../helpers/residue.ts'

const web = () => {
  let ids = 0
  return createWebChannel({
    secret: 'a secret for tests only, 32 characters',
    newId: () => `web-${++ids}`,
    now: () => '2018-06-01T02:00:00.000Z',
    secureCookie: false,
    translate: (_, key) => key,
  })
}

type Given = Parameters<typeof createWorld>[1] & { relayed?: true; shared?: true }

/** Asks for a tip-off on a network of others; gives the link. */
async function ways({ relayed, shared, ...options }: Given) {
  const world = await createWorld([web()], options)
  const fake = createFakeChannel({ repliesInResponse: 10 })
  const limits = { ...fake.limits, ...(relayed === undefined ? {} : { relayed }) }
  const channel = { ...fake, limits, type: 'telegram' as const }
  const from = { channel: 'telegram', id: 'chat-77' } as const
  const say = async (text: string, id: string) =>
    (
      await handleEvent(world.deps, channel, {
        id,
        from,
        at: world.deps.now(),
        input: { type: 'text', text },
        ...(shared === undefined ? {} : { shared }),
      })
    )?.messages
      .map((message) => message.text)
      .join('\n') ?? ''
  const said = await say('我要举报', 'telegram:1')
  return { world, say, said, token: /#tip-off=([\w-]+)/.exec(said)?.[1] ?? '' }
}

it.each([
  ['a network of others', { relayed: true }],
  ['a channel that may not take personal data', { personalData: () => false }],
  ['a group', { shared: true }],
] as const)('leads to the web from %s, once, by a link that names nobody', async (_, options) => {
  const { world, said, token } = await ways(options)
  expect(said).toContain('四、(六)')
  expect(token).not.toBe('')
  const cells = await openEverything(world.db, world.deps.vault)
  const links = cells.filter(({ table }) => table === 'tip_off_links').map(({ text }) => text)
  expect(links.join()).not.toMatch(/chat-77|T\d\d/)
  await world.close()
})

it('opens a conversation of its own that the browser does not keep, and no second time', async () => {
  const { world, token } = await ways({ relayed: true })
  const app = createApp(world.deps)
  const open = async (id: string, headers: Record<string, string>) => {
    const response = await app.request('https://chat.test/webhooks/web', {
      method: 'POST',
      headers: {
        host: 'chat.test',
        origin: 'https://chat.test',
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({
        id,
        locale: 'zh-Hans',
        command: 'start',
        payload: `tip-off-${token}`,
      }),
    })
    const { replies } = (await response.json()) as { replies: { text: string }[] }
    return { headers: response.headers, text: replies.map(({ text }) => text).join('\n') }
  }
  const known = await open('a', {})
  const cookie = known.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(cookie).not.toBe('')
  expect(known.text).not.toContain('用过了')
  const again = await open('b', { cookie, 'x-conversation': 'new' })
  expect(again.headers.get('set-cookie')).toBeNull()
  expect(again.headers.get('x-conversation')).not.toBeNull()
  expect(again.text).toContain('用过了')
  expect((await world.db.read([{ sql: 'SELECT count(*) FROM sessions', args: [] }]))[0]).toEqual([
    [3],
  ])
  await world.close()
})
