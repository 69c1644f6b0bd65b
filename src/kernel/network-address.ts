import type { Context } from 'hono'
import { groupsOf, isWithin, proxiesOf, type Range } from './ip-address.ts'

/** This machine itself, by IPv4 or IPv6. */
const OWN: readonly Range[] = proxiesOf('loopback') ?? []

/**
 * Where a request comes from: an IP address, or null where the runtime does not say. On Node the socket says it; only
 * a proxy of TRUST_PROXY (`proxies` in the environment of the request; this very machine where it is not set) is
 * believed about who is behind it, also through several of them. On Workers Cloudflare's header does
 * (https://developers.cloudflare.com/fundamentals/reference/http-headers/).
 */
export function networkAddress(c: Context): string | null {
  return addressBehind(c.env, (name) => c.req.header(name))
}

/** The same of a request that no context was made for: its environment, and how its headers are read. */
export function addressBehind(
  env: unknown,
  header: (name: string) => string | null | undefined,
): string | null {
  const { incoming, proxies = OWN } = (env ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } }
    proxies?: readonly Range[]
  }
  if (incoming === undefined) return header('cf-connecting-ip') ?? null
  let address = incoming.socket?.remoteAddress ?? null
  if (address === null || !isWithin(address, proxies)) return address
  const passed = header('x-forwarded-for')?.split(',') ?? []
  while (address !== null && isWithin(address, proxies)) {
    const behind = withoutPort(passed.pop()?.trim() ?? '')
    if (groupsOf(behind) === null) break
    address = behind
  }
  return address
}

/** True for this machine itself, by IPv4 or IPv6. */
export function isOwn(address: string | null): boolean {
  return address !== null && isWithin(address, OWN)
}

/**
 * The network of an address, which counts as one: a household or an office has one IPv4 address, or a whole /64 of IPv6
 * (https://www.rfc-editor.org/rfc/rfc6177), however it is written. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const groups = groupsOf(address)
  if (groups === null) return address
  const isV4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  const [high = 0, low = 0] = groups.slice(6)
  if (isV4) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** `[2001:db8::1]:443` and `192.0.2.1:443` as some proxies write them. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
}
