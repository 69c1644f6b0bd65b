const text = (latin1: string) => Uint8Array.from(latin1, (character) => character.charCodeAt(0))
const words = (utf8: string) => new TextEncoder().encode(utf8)

/** Bytes one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** A file of a kind by its beginning, with readable words in it; `size` fills it up with zeros. */
export function fileOf(kind: keyof typeof BEGINS, marker = '', size = 0): Uint8Array<ArrayBuffer> {
  const begin = concat(BEGINS[kind], words(marker))
  const whole = new Uint8Array(Math.max(size, begin.length))
  whole.set(begin)
  return whole
}

const BEGINS = {
  jpeg: text('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
  png: text(
    '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\x0aIDAT',
  ),
  webp: text('RIFF\x24\0\0\0WEBPVP8 '),
  heic: text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  heif: text('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'),
  pdf: text('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n'),
  gif: text('GIF89a\x01\0\x01\0'),
  svg: text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  html: text('<!doctype html><script>alert(1)</script>'),
  zip: text('PK\x03\x04\x14\0\0\0\x08\0'),
  exe: text('MZ\x90\0\x03\0\0\0'),
  mp4: text('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'),
  avif: text('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf'),
  tiff: text('II*\0\x08\0\0\0'),
  words: text('just some words'),
  'pdf after a tag': text('ID3\x03\0\0\0\0\0\x0a0123456789%PDF-1.7\n'),
  'pdf after a mark': text('\xef\xbb\xbf%PDF-1.7\n'),
  'pdf after a line': text('\n%PDF-1.7\n'),
} as const
