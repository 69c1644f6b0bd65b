import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { createApp } from '../../src/app.ts'
import { MAX_FILE_BYTES } from '../../src/platform/files/check-file.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { concat, fileOf } from '../helpers/files.ts'

const SECRET = 'a secret for tests only, 32 characters'
const FILES = '/webhooks/web/files'

let world: TestWorld
let app: ReturnType<typeof createApp>
let takesPersonalData: boolean
beforeEach(async () => {
  takesPersonalData = true
  let ids = 0
  const now = '2018-06-01T02:00:00.000Z'
  const web = createWebChannel({
    secret: SECRET,
    newId: () => `conversation${++ids}`,
    now: () => now,
    secureCookie: false,
    translate: createTranslate(),
  })
  world = await createWorld([web], { personalData: () => takesPersonalData })
  app = createApp(world.deps)
})
afterEach(() => world.close())

const say = (body: object, token?: string) =>
  app.request('/webhooks/web', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify(body),
  })
const bearer = (token?: string) => (token === undefined ? {} : { authorization: `Bearer ${token}` })
/** A new person, with the token of their conversation. */
const begin = async () =>
  (await say({ id: 'start', command: 'start' })).headers.get('x-conversation') ?? ''
const send = (
  bytes: Uint8Array<ArrayBuffer>,
  token?: string,
  headers: Record<string, string> = {},
) => app.request(FILES, { method: 'POST', headers: { ...bearer(token), ...headers }, body: bytes })
const sendPhoto = async (token: string, headers: Record<string, string> = {}) =>
  (await (await send(fileOf('jpeg', 'words of the photo'), token, headers)).json()).file as string
const fetchFile = (id: string, token?: string) =>
  app.request(`${FILES}/${id}`, { headers: bearer(token) })
const problemOf = async (response: Response) => [response.status, (await response.json()).error]
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []

describe('an upload', () => {
  it('is kept, and can be fetched by who sent it: as a download that nothing runs', async () => {
    const token = await begin()
    const file = await sendPhoto(token, { 'x-file-name': encodeURIComponent('身份证.html') })
    const response = await fetchFile(file, token)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(
      Buffer.from(fileOf('jpeg', 'words of the photo')),
    )
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename="file.jpg"; filename*=UTF-8''${encodeURIComponent('身份证.jpg')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it('that is spoken of becomes an attachment of that turn, once', async () => {
    const token = await begin()
    const file = await sendPhoto(token)
    const said = await say({ id: 'm1', file }, token)
    const answer = await said.json()
    expect([said.status, answer.turn]).toEqual([200, 2])
    expect(await (await say({ id: 'm1', file }, token)).json()).toEqual(answer)
    expect(await rows('SELECT status FROM attachments')).toEqual([['loose']])
  })

  it('that comes again by the same id is the same file', async () => {
    const token = await begin()
    const again = { 'x-file-id': 'u1' }
    const file = await sendPhoto(token, again)
    expect(await sendPhoto(token, again)).toBe(file)
    const many = await Promise.all([1, 2, 3].map(() => sendPhoto(token, { 'x-file-id': 'u2' })))
    expect(new Set(many).size).toBe(1)
    expect(await sendPhoto(await begin(), again)).not.toBe(file)
    expect(await rows("SELECT count(*) FROM attachments WHERE status = 'loose'")).toEqual([[3]])
  })

  it('is for a conversation that has begun', async () => {
    expect(await problemOf(await send(fileOf('jpeg')))).toEqual([401, 'no-conversation'])
    expect(await problemOf(await send(fileOf('jpeg'), 'forged.token'))).toEqual([
      401,
      'no-conversation',
    ])
  })

  it('is refused from the page of another site, and for an id that is none', async () => {
    const token = await begin()
    for (const origin of ['https://evil.test', 'null']) {
      const refused = await send(fileOf('jpeg'), token, { origin })
      expect(await problemOf(refused)).toEqual([403, 'wrongOrigin'])
    }
    const refused = await send(fileOf('jpeg'), token, { 'x-file-id': '../x' })
    expect(await problemOf(refused)).toEqual([400, 'notUnderstood'])
    expect(await rows('SELECT * FROM attachments')).toEqual([])
  })

  it.each([
    ['empty', new Uint8Array(), 400, 'empty', '空的'],
    ['a page with the name of a photo', fileOf('html'), 415, 'wrong-kind', '照片'],
    ['a page behind a mark', concat(fileOf('pdf after a mark')), 415, 'wrong-kind', 'PDF'],
  ])('that is %s is refused with what to do', async (_, bytes, status, problem, words) => {
    const token = await begin()
    const ask = (language: string) =>
      send(bytes, token, {
        'accept-language': language,
        'content-type': 'image/jpeg',
        'x-file-name': 'photo.jpg',
      })
    const chinese = await ask('zh-CN')
    const { error, message } = await chinese.json()
    expect([chinese.status, error]).toEqual([status, problem])
    expect(message).toContain(words)
    expect((await (await ask('en')).json()).message).toMatch(/photo/)
  })

  it('may have 10 MiB and not a byte more, announced or not', async () => {
    const token = await begin()
    const most = fileOf('jpeg', '', MAX_FILE_BYTES)
    const length = (bytes: Uint8Array) => ({ 'content-length': String(bytes.length) })
    expect((await send(most, token, length(most))).status).toBe(201)
    const more = fileOf('jpeg', '', MAX_FILE_BYTES + 1)
    for (const headers of [length(more), {}]) {
      expect(await problemOf(await send(more, token, headers))).toEqual([413, 'too-large'])
    }
  })

  it('is no way around the limit of a message', async () => {
    const token = await begin()
    const large = await say({ id: 'm', text: 'x'.repeat(70_000) }, token)
    expect(large.status).toBe(413)
  })

  it('is not taken where the web may take no personal data', async () => {
    const token = await begin()
    const file = await sendPhoto(token)
    takesPersonalData = false
    expect(await problemOf(await send(fileOf('jpeg'), token))).toEqual([403, 'not-here'])
    expect((await fetchFile(file, token)).status).toBe(404)
  })
})

describe("another person's file", () => {
  it('answers as one that is not there', async () => {
    const file = await sendPhoto(await begin())
    const answers = await Promise.all(
      [
        fetchFile(file, await begin()),
        fetchFile(file),
        fetchFile(file, 'forged.token'),
        fetchFile('no-such-file', await begin()),
      ].map(async (asked) => {
        const response = await asked
        return [response.status, await response.text(), response.headers.get('content-type')]
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.[0]).toBe(404)
  })

  it('cannot be spoken of', async () => {
    const file = await sendPhoto(await begin())
    const other = await begin()
    await say({ id: 'm1', file }, other)
    expect((await fetchFile(file, other)).status).toBe(404)
  })
})

it('leaves no words of a file, its name or its id in the log', async () => {
  const token = await begin()
  const file = await sendPhoto(token, { 'x-file-name': 'name-of-the-photo.jpg' })
  await send(fileOf('html', 'words of the page'), token, { 'x-file-name': 'name-of-the-page.html' })
  await fetchFile(file, await begin())
  const logged = world.logged.join('\n')
  expect(logged).toContain('request-refused')
  for (const secret of ['words of', 'name-of', file]) expect(logged).not.toContain(secret)
})
