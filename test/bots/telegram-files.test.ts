import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type CallApi, createApi } from '../../bots/telegram/api.ts'
import { createFetchFile } from '../../bots/telegram/fetch-file.ts'
import { startFakeBotApi } from '../fakes/bot-api.ts'
import { fileOf } from '../helpers/files.ts'

const TOKEN = '123456:fake-token-for-tests'
const MIB = 1024 * 1024
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A Bot API whose `getFile` says what a test wants; resolves to its requests and how to fetch. */
async function startFileServer(file: object, serve: RequestListener) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  server.unref()
  const { port } = server.address() as AddressInfo
  const apiRoot = `http://127.0.0.1:${port}`
  const call: CallApi = async () => ({ ok: true, value: file })
  return { asked, apiRoot, fetchFile: createFetchFile({ token: TOKEN, apiRoot, call }) }
}

describe('a file on Telegram', () => {
  it('is fetched as it was sent', async () => {
    const api = await startFakeBotApi({ token: TOKEN })
    closing.push(() => api.close())
    const fetchFile = createFetchFile({
      token: TOKEN,
      apiRoot: api.url,
      call: createApi({ token: TOKEN, apiRoot: api.url }),
    })
    const bytes = fileOf('jpeg', 'x', 300_000)
    api.keepFile('photo-1', bytes)
    const fetched = await fetchFile('photo-1')
    expect(fetched.ok && Buffer.compare(fetched.bytes, bytes)).toBe(0)
    expect(await fetchFile('gone')).toEqual({ ok: false, problem: 'unavailable' })
    api.keepFile('large', new Uint8Array(10 * MIB + 1))
    expect(await fetchFile('large')).toEqual({ ok: false, problem: 'too-large' })
    api.keepFile('very-large', new Uint8Array(21 * MIB))
    expect(await fetchFile('very-large')).toEqual({ ok: false, problem: 'too-large' })
    api.trouble('getFile', { kind: 'reset' })
    expect(await fetchFile('photo-1')).toEqual({ ok: false, problem: 'unavailable' })
  })

  it.each([
    ['of another server', '//evil.test/x.jpg'],
    ['of an address', 'https://evil.test/x.jpg'],
    ['above the root', 'documents/../../bot/getMe'],
    ['of a folder of the server', '/var/lib/telegram/x.jpg'],
    ['with a query', 'documents/x?y=z'],
    ['with a login', '@evil.test/x'],
    ['that is none', ''],
  ])('with a path %s is not asked for', async (_, path) => {
    const { fetchFile, asked } = await startFileServer({ file_path: path }, (_request, response) =>
      response.end('x'),
    )
    expect(await fetchFile('x')).toEqual({ ok: false, problem: 'unavailable' })
    expect(asked).toEqual([])
  })

  it('follows no redirect', async () => {
    const { fetchFile, asked } = await startFileServer(
      { file_path: 'documents/x.jpg' },
      (_request, response) => {
        response.writeHead(302, { location: '/elsewhere' }).end()
      },
    )
    expect(await fetchFile('x')).toEqual({ ok: false, problem: 'unavailable' })
    expect(asked).toEqual([`/file/bot${TOKEN}/documents/x.jpg`])
  })

  it('is not fetched to its end where it has none, whatever was announced', async () => {
    let sent = 0
    const { fetchFile } = await startFileServer(
      { file_path: 'documents/x.jpg', file_size: 5 },
      (_request, response) => {
        const more = () => {
          if (response.destroyed || sent > 40 * MIB) return
          sent += MIB
          response.write(new Uint8Array(MIB), () => setImmediate(more))
        }
        more()
      },
    )
    expect(await fetchFile('x')).toEqual({ ok: false, problem: 'too-large' })
    expect(sent).toBeLessThan(35 * MIB)
  })

  it('that breaks off is not taken for a whole one', async () => {
    const { fetchFile } = await startFileServer({ file_path: 'x.jpg' }, (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('abc')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await fetchFile('x')).toEqual({ ok: false, problem: 'unavailable' })
  })
})
