import { isWithin, type Range, rangeOf } from '../../kernel/ip-address.ts'

/**
 * Addresses that are nobody's on the internet: our own machine, private and shared networks, link-local ones with the
 * metadata of clouds among them, those that stand for IPv4 in IPv6, and what is reserved
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry). An IPv4-mapped address is the
 * IPv4 one.
 */
const SPECIAL: readonly Range[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]
  .map(rangeOf)
  .filter((range) => range !== null)

/** Whether somebody may be told there: an address of the internet, or one of the networks that settings name. */
export function mayCall(address: string, own: readonly Range[]): boolean {
  if (isWithin(address, own)) return true
  return rangeOf(address) !== null && !isWithin(address, SPECIAL)
}

/** Whether an address of the web can be one of a webhook: whole, without a name or a password in it. */
export function isHookUrl(text: string): boolean {
  if (!URL.canParse(text) || text.length > 500) return false
  const { protocol, username, password, hash } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === ''
}
