/**
 * A picture without what it tells besides what it shows: place, device, day, author, thumbnails, and whatever follows its
 * end. Of Exif a JPEG keeps which way up it is. What is cut off or damaged stays as it is from there on, where nothing
 * in it looks like such words. Null where something does, and for HEIC, whose parts are not told apart here. Sources: ISO/IEC 10918-1 (JPEG), W3C PNG, Google's WebP container.
 */
export function stripMetadata(mime: string, bytes: Uint8Array): Uint8Array | null {
  switch (mime) {
    case 'image/jpeg':
      return stripJpeg(bytes)
    case 'image/png':
      return stripPng(bytes)
    case 'image/webp':
      return stripWebp(bytes)
    default:
      return null
  }
}

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe]
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef]

function stripJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const kept = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return withRest(kept, bytes, at)
    const marker = bytes[at + 1] ?? 0
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) break
    const end = at + 2 + big(bytes, at + 2, 2)
    if (end > bytes.length || end < at + 4) return withRest(kept, bytes, at)
    const segment = bytes.subarray(at, end)
    const turned = marker === APP1 ? turnOf(segment) : null
    if (turned !== null) kept.push(exifOf(turned))
    if (isShown(marker, segment)) kept.push(segment)
    at = end
    if (marker !== SOS) continue
    const scanned = at
    while (at < bytes.length && !isMarker(bytes, at)) at += 1
    kept.push(bytes.subarray(scanned, at))
  }
  return bytes[at] === 0xff && bytes[at + 1] === EOI
    ? join([...kept, bytes.subarray(at, at + 2)])
    : withRest(kept, bytes, at)
}

/** How Exif, XMP, Photoshop's and Apple's words begin, and a PNG's text. */
const TELLS = [
  'Exif',
  'eXIf',
  'ns.adobe.com',
  'xmpmeta',
  'Photoshop',
  'Apple iOS',
  'tEXt',
  'iTXt',
  'zTXt',
]

/** What was kept and the rest of a file that ends too early; null where the rest tells something. */
function withRest(kept: readonly Uint8Array[], bytes: Uint8Array, at: number): Uint8Array | null {
  const rest = bytes.subarray(at)
  const words = new TextDecoder('latin1').decode(rest)
  return TELLS.some((tell) => words.includes(tell)) ? null : join([...kept, rest])
}

/** A marker within a scan: neither a stuffed zero nor one that restarts it. */
function isMarker(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] ?? 0
  return bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)
}

/** What a decoder needs: no comment, and of what applications add the frame, the colours and Adobe's transform. */
function isShown(marker: number, segment: Uint8Array): boolean {
  if (marker === COM) return false
  if (marker < APP0 || marker > APP15) return true
  if (marker === APP2) return text(segment, 4, 12) === 'ICC_PROFILE\0'
  // Behind fourteen bytes of the frame there may be a thumbnail.
  if (marker === APP0) return text(segment, 4, 5) === 'JFIF\0' && segment.length <= 18
  return marker === APP14 && text(segment, 4, 5) === 'Adobe'
}

const ORIENTATION = 0x0112

/** Which way up a picture is, by its Exif: 2 to 8; null where it stands upright or nothing is told. */
function turnOf(segment: Uint8Array): number | null {
  if (text(segment, 4, 6) !== 'Exif\0\0') return null
  const tiff = segment.subarray(10)
  const read = text(tiff, 0, 2) === 'MM' ? big : little
  const first = read(tiff, 4, 4)
  const count = first + 2 <= tiff.length ? read(tiff, first, 2) : 0
  for (let index = 0; index < count; index++) {
    const entry = first + 2 + index * 12
    if (entry + 12 > tiff.length) return null
    if (read(tiff, entry, 2) !== ORIENTATION) continue
    const turned = read(tiff, entry + 8, 2)
    return turned >= 2 && turned <= 8 ? turned : null
  }
  return null
}

/** Exif that tells which way up a picture is, and nothing else. */
function exifOf(turned: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  return Uint8Array.of(0xff, APP1, 0, body.length + 2, ...body)
}

/** Chunks by which a PNG is shown; all others tell something. */
const PNG_SHOWN = /^(?:IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|sBIT|bKGD|pHYs|acTL|fcTL|fdAT)$/

function stripPng(bytes: Uint8Array): Uint8Array | null {
  if (text(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + big(bytes, at, 4)
    if (end > bytes.length) return withRest(kept, bytes, at)
    const kind = text(bytes, at + 4, 4)
    if (PNG_SHOWN.test(kind)) kept.push(bytes.subarray(at, end))
    if (kind === 'IEND') return join(kept)
    at = end
  }
  return withRest(kept, bytes, bytes.length)
}

const WEBP_SHOWN = /^(?:VP8 |VP8L|VP8X|ALPH|ANIM|ANMF|ICCP)$/
/** Bits of VP8X that say that there is Exif, and XMP. */
const WEBP_TELLS = 0x0c

function stripWebp(bytes: Uint8Array): Uint8Array | null {
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return null
  const last = Math.min(bytes.length, 8 + little(bytes, 4, 4))
  const kept: Uint8Array[] = []
  for (let at = 12; at + 8 <= last; ) {
    const size = little(bytes, at + 4, 4)
    const end = at + 8 + size + (size % 2)
    const kind = text(bytes, at, 4)
    // Its last picture is cut off; whatever else is goes.
    const chunk = bytes.slice(at, end)
    if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~WEBP_TELLS
    if (WEBP_SHOWN.test(kind)) kept.push(chunk)
    at = end
  }
  const body = join(kept)
  const size = body.length + 4
  const head = Uint8Array.of(size & 255, (size >> 8) & 255, (size >> 16) & 255, (size >> 24) & 255)
  return join([bytes.slice(0, 4), head, bytes.slice(8, 12), body])
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function big(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
}

function little(bytes: Uint8Array, at: number, length: number): number {
  return big(bytes.slice(at, at + length).reverse(), 0, length)
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
