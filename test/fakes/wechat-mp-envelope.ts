import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What the account and WeChat share. */
export type Account = { appId: string; token: string; aesKey: string }

/** The SHA-1 of all parts, sorted. */
export function sha1(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

/** Encrypts as WeChat does, with `node:crypto`, so that it is none of our own code that checks our own. */
export function encrypt(message: string, { appId, aesKey }: Account): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const words = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(words.length)
  const plain = Buffer.concat([randomBytes(16), length, words, Buffer.from(appId)])
  const pad = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** Decrypts what was said to WeChat; throws for another account's. */
export function decrypt(encrypted: string, { appId, aesKey }: Account): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)
  if (plain.subarray(end).toString() !== appId) throw new Error('sealed for another account')
  return plain.subarray(20, end).toString()
}

/** `<xml>` with each text as CDATA, numbers bare and lists as elements within. */
export function toXml(elements: Record<string, unknown>): string {
  const render = (value: unknown): string => {
    if (Array.isArray(value)) return value.map((item) => `<List>${inside(item)}</List>`).join('')
    if (typeof value === 'object' && value !== null) return inside(value as Record<string, unknown>)
    return typeof value === 'number' ? String(value) : `<![CDATA[${value}]]>`
  }
  const inside = (node: Record<string, unknown>): string =>
    Object.entries(node)
      .map(([name, value]) => `<${name}>${render(value)}</${name}>`)
      .join('\n')
  return `<xml>${inside(elements)}\n</xml>`
}

/** The text of the first element of a name, out of its CDATA. */
function fromXml(xml: string, name: string): string {
  const raw = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? ''
  return raw.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
}

/** A delivery in safe mode: where it goes, with its signatures, and the body. */
export function envelope(
  elements: Record<string, unknown>,
  account: Account,
  sent: { seconds: number; nonce?: string },
): { query: string; body: string } {
  const timestamp = String(sent.seconds)
  const nonce = sent.nonce ?? String(randomBytes(4).readUInt32BE())
  const encrypted = encrypt(toXml(elements), account)
  const query = new URLSearchParams({
    signature: sha1(account.token, timestamp, nonce),
    timestamp,
    nonce,
    openid: String(elements.FromUserName),
    encrypt_type: 'aes',
    msg_signature: sha1(account.token, timestamp, nonce, encrypted),
  })
  const body = toXml({ ToUserName: elements.ToUserName, Encrypt: encrypted })
  return { query: String(query), body }
}

/** What a passive reply says, once its signature and seal are found to be right. Throws where not. */
export function openReply(body: string, account: Account): { to: string; text: string } {
  const encrypted = fromXml(body, 'Encrypt')
  const [timestamp, nonce] = [fromXml(body, 'TimeStamp'), fromXml(body, 'Nonce')]
  if (fromXml(body, 'MsgSignature') !== sha1(account.token, timestamp, nonce, encrypted)) {
    throw new Error('a reply with a wrong signature')
  }
  const xml = decrypt(encrypted, account)
  if (fromXml(xml, 'MsgType') !== 'text') throw new Error('a reply that is no text')
  return { to: fromXml(xml, 'ToUserName'), text: fromXml(xml, 'Content') }
}
