import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { createWebChannel } from '../../bots/web/channel.ts'
import { withPicture } from '../../bots/web/picture.ts'
import { renderParts } from '../../bots/wechat/channel.ts'
import { sweepImages } from '../../db/campaigns/images.ts'
import type { Channel, RenderedMessage } from '../../flows/engine/channel.ts'
import { createApp } from '../../src/app.ts'
import { renderCampaign } from '../../src/campaigns/bodies.ts'
import { Content } from '../../src/campaigns/content.ts'
import { MAX_IMAGE_BYTES } from '../../src/platform/files/check-file.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { CONTENT } from '../helpers/campaigns.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

const ALT = { altZh: '海报：六月九日宣讲会', altEn: 'Poster: information day on 9 June' }
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from('a poster'),
])

let world: TestWorld
let app: ReturnType<typeof createApp>
let author: SignedIn
beforeEach(async () => {
  const web = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    secureCookie: false,
    now: () => '2018-06-01T02:00:00.000Z',
    translate: (_, key) => key,
  })
  world = await createWorld([web])
  app = createApp(world.deps)
  author = await signInAs(world.deps, 'publicity')
  await post('/console/campaigns', {
    id: 'campaign-1',
    title: '宣讲会',
    zh: CONTENT['zh-Hans'],
    en: CONTENT.en,
  })
})
afterEach(() => world.close())

function post(path: string, fields: Record<string, string | Blob>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return app.request(`https://chat.test${path}`, {
    method: 'POST',
    headers: { host: 'chat.test', origin: 'https://chat.test', cookie: author.cookie },
    body,
  })
}
const illustrate = (version: number, fields: Record<string, string | Blob> = {}) =>
  post('/console/campaigns/campaign-1/image', {
    version: String(version),
    file: new File([PNG], 'x.png'),
    ...ALT,
    ...fields,
  })
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const content = async () =>
  Content.parse(JSON.parse(String((await rows('SELECT content FROM campaigns'))[0]?.[0])))
const looks = async (limits: Partial<Channel['limits']>, locale: 'zh-Hans' | 'en' = 'zh-Hans') =>
  renderCampaign(world.deps, {
    campaignId: 'campaign-1',
    content: await content(),
    locale,
    known: {},
    channel: {
      limits: {
        textLength: 4096,
        quickReplies: 12,
        ratePerSecond: 1,
        sessionWindowHours: null,
        repliesInResponse: 1,
        ...limits,
      },
    },
  })

describe('the picture of a broadcast', () => {
  it('is kept once, shown to all at an address nobody guesses, and stays when the words change', async () => {
    expect((await illustrate(1)).status).toBe(303)
    const { image } = await content()
    expect(image).toMatchObject({ mime: 'image/png', 'zh-Hans': ALT.altZh, en: ALT.altEn })
    const shown = await app.request(`https://chat.test/pictures/${image?.id}.png`)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await shown.arrayBuffer()).equals(PNG)).toBe(true)
    for (const file of ['nobody.png', `${image?.id}`, `${image?.id}.svg`]) {
      expect((await app.request(`https://chat.test/pictures/${file}`)).status).toBe(404)
    }
    const forged = { imageId: 'forged', imageMime: 'image/png', altZh: 'x', altEn: 'x' }
    const changed = { version: '2', title: '宣讲会', zh: '改了', en: 'Changed', ...forged }
    expect((await post('/console/campaigns/campaign-1', changed)).status).toBe(303)
    expect(await content()).toMatchObject({ 'zh-Hans': '改了', image })
    const page = await app.request('https://chat.test/console/campaigns/campaign-1', {
      headers: { cookie: author.cookie },
    })
    const html = await page.text()
    expect(html).toContain(`<img src="/pictures/${image?.id}.png" alt="${ALT.altZh}"`)
    expect(html).toContain('图和文字在一条消息里')
  })

  it.each([
    ['no file', { file: '' }, '没有收到图片'],
    ['an empty file', { file: new File([], 'x.png') }, '没有收到图片'],
    ['a GIF by another name', { file: new File(['GIF89a…………'], 'x.png') }, '不是PNG或JPG图片'],
    ['no words in English', { altEn: '  ' }, '请写好中文和英文的图片说明'],
    ['long words', { altZh: '长'.repeat(121) }, '请写好中文和英文的图片说明'],
    [
      'a large one',
      { file: new File([PNG, new Uint8Array(MAX_IMAGE_BYTES)], 'x.png') },
      '图片超过了2 MB',
    ],
  ])('is refused with %s', async (_, fields, words) => {
    const refused = await illustrate(1, fields)
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(words)
    expect(await rows('SELECT count(*) FROM campaign_images')).toEqual([[0]])
  })

  it('cannot be put on what was changed meanwhile, or has been handed in', async () => {
    expect((await illustrate(7)).status).toBe(409)
    await post('/console/campaigns/campaign-1/cancel', { version: '1' })
    expect((await illustrate(2)).status).toBe(400)
    expect((await content()).image).toBeUndefined()
  })

  it('has its words changed alone, is taken out, and what nobody has any more is dropped', async () => {
    await illustrate(1)
    await illustrate(2, { file: '', altEn: 'Poster' })
    expect((await content()).image).toMatchObject({ en: 'Poster', 'zh-Hans': ALT.altZh })
    await illustrate(3)
    const { image } = await content()
    world.tick(25 * 3600)
    expect(await sweepImages(world.deps, world.deps.now())).toBe(1)
    expect((await app.request(`https://chat.test/pictures/${image?.id}.png`)).status).toBe(200)
    expect((await post('/console/campaigns/campaign-1/bare', { version: '4' })).status).toBe(303)
    expect((await content()).image).toBeUndefined()
    expect(await sweepImages(world.deps, world.deps.now())).toBe(1)
    expect([
      await rows('SELECT * FROM campaign_images'),
      await rows('SELECT * FROM blobs'),
    ]).toEqual([[], []])
  })

  it('goes as each network shows it, and in words where one shows none', async () => {
    await illustrate(1)
    const { image } = await content()
    const url = `https://chat.test/pictures/${image?.id}.png`
    const whole = await looks({ pictures: 'with-words' })
    expect(whole.image).toEqual({ kind: 'picture', url, alt: ALT.altZh })
    expect(withPicture(whole)).toMatchObject({
      image: { src: `/pictures/${image?.id}.png`, alt: ALT.altZh },
    })
    const apart = await looks({ pictures: 'apart', quickReplies: 0 }, 'en')
    expect(renderParts(apart)).toEqual([
      { type: 'file', name: `${image?.id}.png`, url },
      { type: 'text', text: apart.text },
    ])
    const none = await looks({}, 'en')
    expect(none.image).toBeUndefined()
    expect(none.text).toContain(`[Picture: ${ALT.altEn}]`)
  })

  it('is fetched by Telegram, and the words come alone where that fails', async () => {
    const calls: { method: string; parameters: Record<string, unknown> }[] = []
    const channel = createTelegramChannel({
      secret: 's',
      now: () => '',
      background: () => {},
      call: async (method, parameters) => {
        calls.push({ method, parameters: { ...parameters } })
        return method === 'sendPhoto' && calls.length > 1
          ? { ok: false, failure: 'rejected', detail: 'failed to get HTTP URL content' }
          : { ok: true, value: { message_id: 5 } }
      },
    })
    const body: RenderedMessage = {
      text: '欢迎来听',
      quickReplies: [],
      image: { kind: 'picture', url: 'https://chat.test/pictures/x.png', alt: '海报' },
    }
    const row = { to: { channel: 'telegram' as const, id: '7' }, body }
    expect(await channel.send(row)).toEqual({ ok: true, externalId: '5' })
    expect(await channel.send(row)).toEqual({ ok: true, externalId: '5' })
    expect(calls.map(({ method }) => method)).toEqual(['sendPhoto', 'sendPhoto', 'sendMessage'])
    expect(calls[0]?.parameters).toMatchObject({
      chat_id: '7',
      caption: '欢迎来听',
      photo: 'https://chat.test/pictures/x.png',
    })
  })
})
