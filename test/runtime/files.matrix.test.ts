import { expect, it } from 'vitest'
import { MAX_FILE_BYTES } from '../../src/platform/files/check-file.ts'
import { fileOf } from '../helpers/files.ts'
import { describeMatrix, type Runtime } from './matrix.ts'

type Person = {
  upload: (bytes: Uint8Array<ArrayBuffer>, headers?: Record<string, string>) => Promise<Response>
  say: (file: string) => Promise<string>
  load: (id: string) => Promise<Response>
}

/** Somebody who has said hello on the page, and so has a conversation. */
async function person(fetch: Runtime['fetch']): Promise<Person> {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch('/webhooks/web', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const hello = await post({ id: crypto.randomUUID(), command: 'start' })
  const authorization = `Bearer ${hello.headers.get('x-conversation')}`
  return {
    upload: (bytes, headers = {}) =>
      fetch('/webhooks/web/files', {
        method: 'POST',
        headers: { authorization, ...headers },
        body: bytes,
      }),
    say: async (file) => {
      const said = await post({ id: crypto.randomUUID(), file }, { authorization })
      const { replies } = (await said.json()) as { replies: { text: string }[] }
      return replies.map(({ text }) => text).join('\n')
    },
    load: (id) => fetch(`/webhooks/web/files/${id}`, { headers: { authorization } }),
  }
}

async function nameOf(uploaded: Response): Promise<string> {
  expect(uploaded.status).toBe(201)
  return ((await uploaded.json()) as { file: string }).file
}

describeMatrix('files of the web chat', ({ fetch }) => {
  it('come back to who sent them, as a download that runs nowhere', async () => {
    const zhang = await person(fetch)
    const bytes = fileOf('jpeg', '照片里的字')
    const name = encodeURIComponent('身份证.html')
    const id = await nameOf(await zhang.upload(bytes, { 'x-file-name': name }))
    const loaded = await zhang.load(id)
    expect(loaded.status).toBe(200)
    expect(new Uint8Array(await loaded.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(loaded.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename="file.jpg"; filename*=UTF-8''${encodeURIComponent('身份证.jpg')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(await zhang.say(id)).not.toBe('')
  })

  it('do not exist for anybody else', async () => {
    const [zhang, li] = await Promise.all([person(fetch), person(fetch)])
    const id = await nameOf(await zhang.upload(fileOf('pdf')))
    const answers = await Promise.all([
      li.load(id),
      fetch(`/webhooks/web/files/${id}`),
      fetch(`/webhooks/web/files/${id}`, { headers: { authorization: 'Bearer forged.token' } }),
      zhang.load('no-such-file'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(await li.say(id)).toBe(await li.say('no-such-file'))
    expect((await zhang.load(id)).status).toBe(200)
  })

  it('of 10 MiB are taken, and not one byte more', async () => {
    const zhang = await person(fetch)
    const largest = fileOf('png', '', MAX_FILE_BYTES)
    const id = await nameOf(await zhang.upload(largest))
    expect((await (await zhang.load(id)).arrayBuffer()).byteLength).toBe(MAX_FILE_BYTES)
    const refused = await zhang.upload(fileOf('png', '', MAX_FILE_BYTES + 1))
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ error: 'too-large' })
  })

  it('that are no photo and no PDF are refused in words, whatever they are called', async () => {
    const zhang = await person(fetch)
    const forged = { 'x-file-name': 'a.jpg', 'content-type': 'image/jpeg' }
    const html = await zhang.upload(fileOf('html'), forged)
    expect(html.status).toBe(415)
    expect(await html.json()).toMatchObject({
      error: 'wrong-kind',
      message: expect.stringContaining('四个角'),
    })
    const english = await zhang.upload(fileOf('zip'), { 'accept-language': 'en' })
    expect(await english.json()).toMatchObject({ message: expect.stringContaining('four corners') })
    expect((await zhang.upload(new Uint8Array())).status).toBe(400)
    expect((await zhang.upload(fileOf('png'), { 'x-file-id': '../x' })).status).toBe(400)
  })

  it('are not taken from strangers or from pages of other sites', async () => {
    const stranger = await fetch('/webhooks/web/files', { method: 'POST', body: fileOf('png') })
    expect(stranger.status).toBe(401)
    const zhang = await person(fetch)
    const foreign = await zhang.upload(fileOf('png'), { origin: 'https://elsewhere.test' })
    expect(foreign.status).toBe(403)
  })

  it('uploaded twice, or twice at once, are one file', async () => {
    const zhang = await person(fetch)
    const again = () => zhang.upload(fileOf('webp'), { 'x-file-id': 'u1' }).then(nameOf)
    const ids = [...(await Promise.all([again(), again(), again()])), await again()]
    expect(new Set(ids).size).toBe(1)
    const li = await person(fetch)
    const other = await nameOf(await li.upload(fileOf('webp'), { 'x-file-id': 'u1' }))
    expect(ids).not.toContain(other)
  })
})
