import { encodeQR } from 'qr'

/** Pixels of one module in a picture: a code of 60 modules is 480 wide. */
const SCALE = 8

/** A QR code as modules, true where it is dark, with the quiet zone of four around it. */
function modulesOf(value: string): boolean[][] {
  return encodeQR(value, 'raw', { ecc: 'medium', border: 4 })
}

/** A QR code as the path of an SVG whose view box is `0 0 size size`. */
export function qrPath(value: string): { size: number; path: string } {
  const rows = modulesOf(value)
  const path = rows.flatMap((row, y) =>
    runsOf(row).map(({ x, width }) => `M${x} ${y}h${width}v1h-${width}z`),
  )
  return { size: rows.length, path: path.join('') }
}

/** A QR code as lines of text for a terminal, two modules in a character; light on dark reads as well. */
export function qrText(value: string): string {
  return encodeQR(value, 'ascii', { ecc: 'low', border: 2 })
}

/** A QR code as a picture: PNG (https://www.w3.org/TR/png-3/), one bit a pixel, black on white. */
export async function qrPng(value: string): Promise<Uint8Array<ArrayBuffer>> {
  const rows = modulesOf(value)
  const side = rows.length * SCALE
  const lineBytes = Math.ceil(side / 8)
  const pixels = new Uint8Array((1 + lineBytes) * side)
  for (let y = 0; y < side; y++) {
    const row = rows[Math.floor(y / SCALE)] ?? []
    for (let x = 0; x < side; x++) {
      if (row[Math.floor(x / SCALE)]) continue
      const at = y * (1 + lineBytes) + 1 + (x >> 3)
      pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, side)
  view.setUint32(4, side)
  // One bit of grey; deflate, no filter, not interlaced.
  header.set([1, 0, 0, 0, 0], 8)
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', await deflate(pixels)),
    chunk('IEND', new Uint8Array()),
  ])
}

function runsOf(row: readonly boolean[]): { x: number; width: number }[] {
  const runs: { x: number; width: number }[] = []
  for (const [x, dark] of row.entries()) {
    if (!dark) continue
    const last = runs.at(-1)
    if (last !== undefined && last.x + last.width === x) last.width += 1
    else runs.push({ x, width: 1 })
  }
  return runs
}

/** zlib, as PNG wants it. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function chunk(name: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, body.length)
  bytes.set(new TextEncoder().encode(name), 4)
  bytes.set(body, 8)
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)))
  return bytes
}

/** https://www.w3.org/TR/png-3/#D-CRCAppendix, bit by bit: a code is a few kilobytes. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
