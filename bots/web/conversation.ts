import { sign, verify } from '../secret.ts'

const COOKIE = 'weiqitong'
/** A half-filled form must be found again after months. */
const COOKIE_SECONDS = 180 * 24 * 3600

/**
 * The conversation a request belongs to: from the signed cookie of the page, or from
 * `Authorization: Bearer` for clients without cookies. Null for a new or a forged one.
 */
export async function conversationOf(request: Request, secret: string): Promise<string | null> {
  if (wantsNew(request)) return null
  const bearer = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  const signed = bearer ?? cookieOf(request, COOKIE)
  return signed === null ? null : verify(secret, signed)
}

/** A page that begins a conversation of its own, which the browser is not to know afterwards. */
export function wantsNew(request: Request): boolean {
  return request.headers.get('x-conversation') === 'new'
}

/** The headers that make a new conversation known to a page (cookie) and to any other client. */
export async function announce(
  conversation: string,
  secret: string,
  secure: boolean,
): Promise<Record<string, string>> {
  const token = await sign(secret, conversation)
  return {
    'set-cookie': `${COOKIE}=${token}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
    'x-conversation': token,
  }
}

/** The value of a cookie of a request, or null. */
export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(/;\s*/)) {
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1)
  }
  return null
}
