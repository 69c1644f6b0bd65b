import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateSync } from 'node:zlib'
import jsQR from 'jsqr'
import decodeQR from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { qrPath, qrPng, qrText } from '../../bots/qr-code.ts'
import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { withPicture } from '../../bots/web/picture.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { renderTurn } from '../../src/conversation/render.ts'

const VALUE = `https://chat.test/console/redeem#v=ABCDEFGHJKLMNPQR.bookkeeping.20181128.${'x'.repeat(86)}`
const MESSAGE = {
  text: '券码：ABCD-EFGH-JKLM-NPQR',
  quickReplies: [{ value: '!voucher', label: '我的电子券' }],
  image: { kind: 'qr' as const, value: VALUE, alt: '二维码' },
}

/** The pixels of a PNG of one bit, as another reader sees them. */
function pixelsOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset)
  const width = view.getUint32(16)
  const parts: Uint8Array[] = []
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    if (Buffer.from(png.subarray(at + 4, at + 8)).toString() === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + length))
    }
    at += 12 + length
  }
  const raw = inflateSync(Buffer.concat(parts))
  const line = 1 + Math.ceil(width / 8)
  const data = new Uint8Array(width * width * 4)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const light = ((raw[y * line + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      data.set([light * 255, light * 255, light * 255, 255], (y * width + x) * 4)
    }
  }
  return { width, height: width, data }
}

/** By a reader of others, which knows nothing of the writer: its pixels are clamped bytes. */
function scan({ data, width, height }: ReturnType<typeof pixelsOf>): string | undefined {
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data
}

describe('a QR code', () => {
  it('is read from the PNG by another reader', async () => {
    const pixels = pixelsOf(await qrPng(VALUE))
    expect(decodeQR(pixels)).toBe(VALUE)
    expect(scan(pixels)).toBe(VALUE)
  })

  it('is the same as a path, with its quiet zone', () => {
    const { size, path } = qrPath(VALUE)
    const dark = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((found) =>
      found.slice(1).map(Number),
    )
    const scale = 6
    const data = new Uint8Array((size * scale) ** 2 * 4).fill(255)
    for (const [x = 0, y = 0, width = 0] of dark) {
      expect(x).toBeGreaterThanOrEqual(4)
      for (let row = y * scale; row < (y + 1) * scale; row++) {
        for (let at = x * scale; at < (x + width) * scale; at++) {
          data.set([0, 0, 0, 255], (row * size * scale + at) * 4)
        }
      }
    }
    const pixels = { width: size * scale, height: size * scale, data }
    expect(decodeQR(pixels)).toBe(VALUE)
    expect(scan(pixels)).toBe(VALUE)
  })

  it('goes to the web page as a path: nothing there holds what it says', () => {
    const seen = withPicture(MESSAGE)
    expect(JSON.stringify(seen)).not.toContain('#v=')
    expect(seen).toMatchObject({
      text: MESSAGE.text,
      image: { alt: '二维码', size: expect.any(Number) },
    })
    const plain: RenderedMessage = { text: 'x', quickReplies: [] }
    expect(withPicture(plain)).toEqual(plain)
  })

  it('is drawn in a terminal', async () => {
    expect(qrText(VALUE).split('\n').length).toBeGreaterThan(20)
    let written = ''
    const terminal = createTerminalChannel({
      now: () => 'x',
      write: (text) => {
        written = text
      },
    })
    await terminal.send({ to: { channel: 'terminal', id: 'me' }, body: MESSAGE })
    expect(written).toMatch(/[█▀▄]/)
    expect(written).toMatch(/二维码[\s\S]*ABCD-EFGH/)
  })

  it('is a photo on Telegram, with the words and the buttons under it', async () => {
    const got: { url: string; form: FormData }[] = []
    let refuse = true
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const type = String(request.headers['content-type'])
      const form = await new Response(Buffer.concat(parts), {
        headers: { 'content-type': type },
      }).formData()
      got.push({ url: request.url ?? '', form })
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify(
          refuse
            ? {
                ok: false,
                error_code: 429,
                description: 'Too Many Requests',
                parameters: { retry_after: 7 },
              }
            : { ok: true, result: { message_id: 12 } },
        ),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const channel = createTelegramChannel({
      secret: 's',
      now: () => 'x',
      background: () => {},
      call: createApi({ token: '1:t', apiRoot: `http://127.0.0.1:${port}` }),
    })
    const row = { to: { channel: 'telegram' as const, id: '5' }, body: MESSAGE }
    expect(await channel.send(row)).toMatchObject({
      ok: false,
      failure: 'throttled',
      retryAfter: 7,
    })
    refuse = false
    expect(await channel.send(row)).toEqual({ ok: true, externalId: '12' })
    const { url, form } = got[1] ?? { url: '', form: new FormData() }
    expect(url).toBe('/bot1:t/sendPhoto')
    expect([form.get('chat_id'), form.get('caption')]).toEqual(['5', MESSAGE.text])
    expect(JSON.parse(String(form.get('reply_markup'))).inline_keyboard[0][0].text).toBe(
      '我的电子券',
    )
    const photo = form.get('photo') as File
    expect(decodeQR(pixelsOf(new Uint8Array(await photo.arrayBuffer())))).toBe(VALUE)
    server.close()
  })

  it('follows the words where it cannot ride on the response', () => {
    const message = {
      text: { text: MESSAGE.text },
      quickReplies: [{ value: 'how', label: { text: '怎么用' } }],
      image: { ...MESSAGE.image, alt: { text: '二维码' } },
    }
    const limits = {
      textLength: 4000,
      quickReplies: 12,
      ratePerSecond: 1,
      sessionWindowHours: null,
      repliesInResponse: 1,
    }
    const spoken = [{ message, locale: 'zh-Hans' as const }]
    const apart = renderTurn(spoken, 3, { ...limits, picturesApart: true }, createTranslate())
    expect(apart.said).toEqual([
      { text: MESSAGE.text, quickReplies: [] },
      { text: '二维码', quickReplies: [{ value: 'how~3', label: '怎么用' }], image: MESSAGE.image },
    ])
    expect(renderTurn(spoken, 3, limits, createTranslate()).said).toEqual([
      {
        text: MESSAGE.text,
        quickReplies: [{ value: 'how~3', label: '怎么用' }],
        image: MESSAGE.image,
      },
    ])
  })
})
