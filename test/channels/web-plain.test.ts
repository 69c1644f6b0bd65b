import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { announce } from '../../bots/web/conversation.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { fileOf } from '../helpers/files.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
beforeEach(async () => {
  world = await createWorld([
    createWebChannel({
      secret: 'a secret for tests only, 32 characters',
      newId: () => 'unused',
      now: () => '2018-06-01T02:00:00.000Z',
      secureCookie: false,
      translate: createTranslate(),
    }),
  ])
  app = createApp(world.deps)
})
afterEach(() => world.close())

const OWN = { origin: 'http://localhost', host: 'localhost' }
const post = (fields: Record<string, string | File>, headers: Record<string, string> = OWN) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return app.request('/plain', { method: 'POST', body: form, headers })
}
const hidden = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
const cookieOf = async (conversation: string) => {
  const headers = await announce(conversation, world.deps.sessionSecret, false)
  return headers['set-cookie']?.split(';')[0] ?? ''
}
const turns = async () =>
  Number((await world.db.read([{ sql: 'SELECT count(*) FROM turns', args: [] }]))[0]?.[0]?.[0])

describe('a form without scripts', () => {
  it('goes on by the token in it, where no cookie is kept, and no address holds it', async () => {
    const first = await post({ text: '钱多少' })
    expect(first.status).toBe(200)
    const page = await first.text()
    expect(page).toContain('4.5万')
    const conversation = hidden(page, 'conversation')
    const second = await post({ id: hidden(page, 'id'), conversation, command: 'menu' })
    expect(second.status).toBe(200)
    const next = await second.text()
    expect(hidden(next, 'conversation')).toBe(conversation)
    expect(next).toContain('钱多少')
    expect(next.match(/(?:href|src|action)="[^"]*"/g)?.join(' ')).not.toContain(conversation)
    expect(next).not.toContain('<script')
  })

  it('with a cookie leads to a page of its own, so that going back says nothing twice', async () => {
    const cookie = await cookieOf('somebody-1')
    const said = await post({ id: 'a', text: '钱多少' }, { ...OWN, cookie })
    expect([said.status, said.headers.get('location')]).toEqual([303, '/plain#now'])
    const page = await app.request('/plain', { headers: { cookie } })
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await page.text()).toContain('4.5万')
  })

  it('shows what was typed again with its numbers hidden', async () => {
    const cookie = await cookieOf('somebody-3')
    const headers = { ...OWN, cookie }
    for (const [id, text] of [
      '我要申请',
      '同意，开始填',
      '王小明，520102199001011234，13900000007',
    ].entries())
      await post({ id: `n${id}`, text }, headers)
    const page = await (await app.request('/plain', { headers: { cookie } })).text()
    expect(page).toContain('王小明')
    expect(page).toContain('139****0007')
    expect(page).not.toMatch(/13900000007|520102199001011234/)
  })

  it('that is pressed twice says it once; another word on the same page is another word', async () => {
    const cookie = await cookieOf('somebody-2')
    for (const text of ['钱多少', '钱多少', '菜单'])
      await post({ id: 'same', text }, { ...OWN, cookie })
    expect(await turns()).toBe(2)
  })

  it.each([
    ['another site', { origin: 'https://evil.test', host: 'localhost' }, {}],
    ['a page without an origin', { origin: 'null', host: 'localhost' }, {}],
    ['no origin and no token', { host: 'localhost' }, {}],
    ['no origin and another’s token', { host: 'localhost' }, { conversation: 'other' }],
  ])('from %s says nothing in a conversation that a cookie names', async (_, headers, fields) => {
    const cookie = await cookieOf('victim')
    const conversation = (await cookieOf('attacker')).split('=')[1] ?? ''
    const given = 'conversation' in fields ? { conversation } : {}
    const refused = await post({ text: '删除', ...given }, { ...headers, cookie })
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('请从这个页面重新发一次')
    expect(await turns()).toBe(0)
  })

  it('from an old browser that names no origin counts by its own token', async () => {
    const cookie = await cookieOf('old')
    const conversation = cookie.split('=')[1] ?? ''
    const said = await post({ text: '钱多少', conversation }, { host: 'localhost', cookie })
    expect(said.status).toBe(303)
  })

  it('takes a file with words, and says kindly what it does not take', async () => {
    const page = await (await post({ text: '你好' })).text()
    const conversation = hidden(page, 'conversation')
    const photo = new File([fileOf('jpeg')], 'a.jpg', { type: 'image/jpeg' })
    const sent = await (await post({ id: 'f1', conversation, text: '', file: photo })).text()
    expect(sent).toContain('照片或文件')
    const html = new File([fileOf('html')], 'a.jpg', { type: 'image/jpeg' })
    const refused = await post({ id: 'f2', conversation, text: '这是执照', file: html })
    expect(refused.status).toBe(422)
    const words = await refused.text()
    expect(words).toContain('四个角都拍进去')
    expect(words).toContain('>这是执照</textarea>')
    const early = await post({ file: photo })
    expect([early.status, (await early.text()).includes('先在聊天里说一句话')]).toEqual([422, true])
  })

  it('keeps what stands in the box while a button is pressed, and says that nothing came', async () => {
    const cookie = await cookieOf('writer')
    const pressed = await post({ text: '没写完', command: 'menu' }, { ...OWN, cookie })
    expect(await pressed.text()).toContain('>没写完</textarea>')
    const empty = await post({ text: '  ' }, { ...OWN, cookie })
    expect([empty.status, (await empty.text()).includes('没有收到您写的内容')]).toEqual([422, true])
  })

  it('writes what people typed as words', async () => {
    const page = await (await post({ text: '<img src=x onerror=1>"https://evil.test"' })).text()
    expect(page).toContain('&lt;img src=x onerror=1&gt;')
    expect(page).not.toContain('href="https://evil.test"')
  })
})
