import type { Context } from 'hono'

/**
 * Where a request comes from: an IP address, or null where the runtime does not say. On Node the socket
 * says it, and only a proxy on this very machine is believed about somebody behind it; on Workers
 * Cloudflare's header does (https://developers.cloudflare.com/fundamentals/reference/http-headers/).
 */
export function networkAddress(c: Context): string | null {
  const { incoming } = (c.env ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } }
  }
  if (incoming === undefined) return c.req.header('cf-connecting-ip') ?? null
  const socket = incoming.socket?.remoteAddress ?? null
  const behind = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return isOwn(socket) ? (behind ?? socket) : socket
}

/** True for this machine itself, by IPv4 or IPv6. */
export function isOwn(address: string | null): boolean {
  return address !== null && /^(::1$|(::ffff:)?127\.)/.test(address)
}
