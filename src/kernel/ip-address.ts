import { createMemory } from '../../flows/engine/memory.ts'

/** Addresses that begin with the same bits, of the 128 that `groupsOf` gives. */
export type Range = { groups: readonly number[]; bits: number }

/**
 * An IP address as eight groups of 16 bits, IPv4 as the IPv6 address that stands for it (`::ffff:192.0.2.1`,
 * https://www.rfc-editor.org/rfc/rfc4291#section-2.2); null for what is no address. A zone (`%eth0`) is left out.
 */
export function groupsOf(address: string): readonly number[] | null {
  return KNOWN(address, () => ({ groups: readAnew(address) })).groups
}

/** Networks come from few addresses, and each is asked about several times a request. */
const KNOWN = createMemory<{ groups: readonly number[] | null }>(256)

function readAnew(address: string): readonly number[] | null {
  const text = address.replace(/%.*$/, '')
  if (!text.includes(':')) {
    const four = groupsOfV4(text)
    return four === null ? null : [0, 0, 0, 0, 0, 0xffff, ...four]
  }
  const [, words = text, dotted = ''] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? []
  const last = dotted === '' ? [] : groupsOfV4(dotted)
  if (last === null) return null
  const halves = (dotted === '' ? words : words.replace(/([^:]):$/, '$1')).split('::')
  if (halves.length > 2) return null
  const [before, after] = halves.map((half) =>
    half === '' ? [] : half.split(':').map((group) => (HEX.test(group) ? parseInt(group, 16) : -1)),
  )
  const known = [...(before ?? []), ...(after ?? []), ...last]
  if (known.includes(-1)) return null
  if (after === undefined) return known.length === 8 ? known : null
  const left = 8 - known.length
  return left < 1 ? null : [...(before ?? []), ...Array(left).fill(0), ...after, ...last]
}

const HEX = /^[0-9a-f]{1,4}$/i

/** `10.0.0.0/8`, `2001:db8::/32` or one address; null for what is neither. */
export function rangeOf(text: string): Range | null {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const groups = groupsOf(address)
  if (groups === null) return null
  const most = address.includes(':') ? 128 : 32
  const bits = length === undefined ? most : Number(length)
  return bits > most ? null : { groups, bits: 128 - most + bits }
}

/** Whether an address is in one of the ranges. */
export function isWithin(address: string, ranges: readonly Range[]): boolean {
  const own = groupsOf(address)
  if (own === null) return false
  return ranges.some(({ groups, bits }) =>
    own.every((group, index) => {
      const compared = Math.min(16, Math.max(0, bits - index * 16))
      return (group ^ (groups[index] ?? 0)) >> (16 - compared) === 0
    }),
  )
}

function groupsOfV4(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return null
  }
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number)
  return [a * 256 + b, c * 256 + d]
}

/** What TRUST_PROXY says; null where it cannot be read. `loopback` is this machine, `none` nobody. */
export function proxiesOf(text: string): readonly Range[] | null {
  if (text === 'none') return []
  const ranges = text
    .split(',')
    .map((part) => part.trim())
    .flatMap((part) => (part === 'loopback' ? ['127.0.0.0/8', '::1'] : [part]))
    .map(rangeOf)
  return ranges.includes(null) ? null : ranges.filter((range) => range !== null)
}
