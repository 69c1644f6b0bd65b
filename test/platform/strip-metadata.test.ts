import { describe, expect, it } from 'vitest'
import { stripMetadata } from '../../src/platform/files/strip-metadata.ts'
import { concat, fileOf } from '../helpers/files.ts'

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const u16 = (value: number) => [value >> 8, value & 255]
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]
const segment = (marker: number, body: Uint8Array) =>
  concat(Uint8Array.of(0xff, marker, ...u16(body.length + 2)), body)

/** Exif as a phone writes it: maker, model, which way up, and a GPS directory with a place (26.6 N, 106.7 E). */
function exif(turned = 6): Uint8Array {
  const gps = 8 + 2 + 4 * 12 + 4
  const text = gps + 2 + 2 * 12 + 4
  const entry = (tag: number, type: number, count: number, value: number[]) =>
    concat(Uint8Array.of(...u16(tag), ...u16(type), ...u32(count), ...value))
  return concat(
    latin('Exif\0\0MM'),
    Uint8Array.of(0, 42, ...u32(8), ...u16(4)),
    entry(0x010f, 2, 8, u32(text)),
    entry(0x0110, 2, 10, u32(text + 8)),
    entry(0x0112, 3, 1, [0, turned, 0, 0]),
    entry(0x8825, 4, 1, u32(gps)),
    Uint8Array.of(0, 0, 0, 0, ...u16(2)),
    entry(0x0001, 2, 2, [...latin('N\0'), 0, 0]),
    entry(0x0003, 2, 2, [...latin('E\0'), 0, 0]),
    Uint8Array.of(0, 0, 0, 0),
    latin('MadeBy!\0Phone 12X\0'),
  )
}

const SCAN = Uint8Array.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 5)
const FRAME = segment(0xc0, Uint8Array.of(8, 0, 1, 0, 1, 1, 1, 0x11, 0))
const JFIF = segment(0xe0, latin('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'))
const SOS = segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0))

function jpeg(turned?: number): Uint8Array {
  return concat(
    Uint8Array.of(0xff, 0xd8),
    JFIF,
    segment(0xe1, exif(turned)),
    segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Phone 12X</x:xmpmeta>')),
    segment(0xe2, latin('ICC_PROFILE\0\x01\x01colours')),
    segment(0xe2, latin('MPF\0MadeBy!')),
    segment(0xed, latin('Photoshop 3.0\0MadeBy!')),
    segment(0xfe, latin('a note by MadeBy!')),
    FRAME,
    SOS,
    SCAN,
    segment(0xc4, Uint8Array.of(0, 1)),
    SOS,
    SCAN,
    Uint8Array.of(0xff, 0xd9),
    latin('trailer with MadeBy!'),
  )
}

const chunk = (kind: string, body: Uint8Array) =>
  concat(Uint8Array.of(...u32(body.length)), latin(kind), body, Uint8Array.of(1, 2, 3, 4))
const png = () =>
  concat(
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', new Uint8Array(13)),
    chunk('eXIf', exif().slice(6)),
    chunk('tEXt', latin('Author\0MadeBy!')),
    chunk('iTXt', latin('XML:com.adobe.xmp\0Phone 12X')),
    chunk('tIME', Uint8Array.of(7, 226, 6, 1, 2, 3, 4)),
    chunk('IDAT', Uint8Array.of(9, 9, 9)),
    chunk('IEND', new Uint8Array(0)),
    latin('trailer with MadeBy!'),
  )

const le32 = (value: number) => u32(value).toReversed()
const part = (kind: string, body: Uint8Array) =>
  concat(latin(kind), Uint8Array.of(...le32(body.length)), body, new Uint8Array(body.length % 2))
function webp(): Uint8Array {
  const body = concat(
    part('VP8X', Uint8Array.of(0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    part('ICCP', latin('colours')),
    part('VP8 ', Uint8Array.of(9, 9, 9)),
    part('EXIF', exif().slice(6)),
    part('XMP ', latin('<x:xmpmeta>Phone 12X')),
  )
  return concat(latin('RIFF'), Uint8Array.of(...le32(body.length + 4)), latin('WEBP'), body)
}

const text = (bytes: Uint8Array | null) => new TextDecoder('latin1').decode(bytes ?? undefined)
const TELLING = /MadeBy|Phone 12X|xmpmeta|GPS|\x88\x25|trailer|eXIf|tEXt|iTXt|tIME|EXIF|XMP/

describe('a picture without what it tells', () => {
  it.each([
    ['image/jpeg', jpeg()],
    ['image/png', png()],
    ['image/webp', webp()],
  ])('%s loses place, device, day and author, and keeps the picture', (mime, bytes) => {
    expect(text(bytes)).toMatch(TELLING)
    const clean = stripMetadata(mime, bytes)
    expect(clean).not.toBeNull()
    expect(text(clean)).not.toMatch(TELLING)
    expect(stripMetadata(mime, clean ?? bytes)).toEqual(clean)
  })

  it('is, in JPEG, whole: frame, colours, every scan, and which way up it is', () => {
    const clean = text(stripMetadata('image/jpeg', jpeg(6)))
    for (const kept of [JFIF, FRAME, SOS, SCAN, latin('colours')])
      expect(clean).toContain(text(kept))
    expect(clean.split(text(SCAN))).toHaveLength(3)
    expect(clean).toContain(`Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06`)
    expect(clean.endsWith('\xff\xd9')).toBe(true)
    expect(text(stripMetadata('image/jpeg', jpeg(1)))).not.toContain('Exif')
  })

  it('is, in PNG and WebP, what is shown, and says no more that there is more', () => {
    expect(text(stripMetadata('image/png', png()))).toBe(
      text(
        concat(
          latin('\x89PNG\r\n\x1a\n'),
          chunk('IHDR', new Uint8Array(13)),
          chunk('IDAT', Uint8Array.of(9, 9, 9)),
          chunk('IEND', new Uint8Array(0)),
        ),
      ),
    )
    const clean = stripMetadata('image/webp', webp()) ?? new Uint8Array()
    expect(clean[20]).toBe(0x20)
    expect(new DataView(clean.buffer).getUint32(4, true)).toBe(clean.length - 8)
  })

  it('is not made of HEIC, nor of what breaks off in the middle of its words', () => {
    expect(stripMetadata('image/heic', fileOf('heic'))).toBeNull()
    expect(stripMetadata('image/jpeg', jpeg().slice(0, 60))).toBeNull()
    expect(stripMetadata('image/png', png().slice(0, 70))).toBeNull()
  })

  it('stays where a network has cut off nothing but the picture', () => {
    for (const kind of ['jpeg', 'png'] as const) {
      const cut = fileOf(kind, 'picture')
      expect(stripMetadata(`image/${kind}`, cut)).toEqual(cut)
    }
  })
})
