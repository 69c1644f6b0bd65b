import { createHmac } from 'node:crypto'

/** The six digits that an authenticator shows for an `otpauth://` address at a moment (RFC 6238). */
export function totpOf(uri: string, milliseconds = Date.now()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(milliseconds / 30_000)))
  const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '')
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The six digits after those, which are taken already: clocks differ. Those of now may have been used. */
export function nextTotpOf(uri: string): string {
  return totpOf(uri, Date.now() + 30_000)
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
