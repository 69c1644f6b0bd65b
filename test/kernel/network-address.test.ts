import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { groupsOf, proxiesOf } from '../../src/kernel/ip-address.ts'
import { isOwn, networkAddress, networkOf } from '../../src/kernel/network-address.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['2001::7:8', '2001:0:0:0::/64'],
    ['::1:2:3:4:5', '0:0:0:1::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['no address', 'no address'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
  ])('%s is none', (text) => expect(groupsOf(text)).toBeNull())

  it('knows this machine in every spelling', () => {
    for (const own of ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])
      expect(isOwn(own), own).toBe(true)
    for (const other of ['128.0.0.1', '::2', '::ffff:10.0.0.1', null])
      expect(isOwn(other)).toBe(false)
  })
})

describe('who is behind a proxy', () => {
  const app = new Hono().get('/', (c) => c.text(networkAddress(c) ?? '-'))
  const seen = async (remoteAddress: string, passed: string, trust?: string) => {
    const env = {
      incoming: { socket: { remoteAddress } },
      ...(trust === undefined ? {} : { proxies: proxiesOf(trust) }),
    }
    const headers = passed === '' ? {} : { 'x-forwarded-for': passed }
    return (await app.request('/', { headers }, env)).text()
  }

  it.each([
    [
      'this machine alone where nothing is set',
      '127.0.0.1',
      '1.1.1.1, 203.0.113.9',
      undefined,
      '203.0.113.9',
    ],
    ['nobody else then', '10.0.0.2', '203.0.113.9', undefined, '10.0.0.2'],
    ['nobody at all', '127.0.0.1', '203.0.113.9', 'none', '127.0.0.1'],
    ['a network of proxies', '10.0.0.2', '203.0.113.9', '10.0.0.0/8', '203.0.113.9'],
    [
      'several in a row',
      '127.0.0.1',
      '203.0.113.9, 10.1.2.3',
      'loopback,10.0.0.0/8',
      '203.0.113.9',
    ],
    [
      'an entry that somebody made up',
      '10.0.0.2',
      '6.6.6.6, 203.0.113.9',
      '10.0.0.0/8',
      '203.0.113.9',
    ],
    [
      'IPv6 and ports',
      '2001:db8:ff::1',
      '[2001:db8:7::9]:443',
      '2001:db8:ff::/48',
      '2001:db8:7::9',
    ],
    ['no more than addresses', '127.0.0.1', 'unknown', 'loopback', '127.0.0.1'],
    ['no header', '127.0.0.1', '', 'loopback', '127.0.0.1'],
  ])('is believed of %s', async (_, socket, passed, trust, expected) => {
    expect(await seen(socket, passed, trust)).toBe(expected)
  })

  it.each(['10.0.0.0/33', 'proxy.example', '10.0.0.0/8,', ''])('%s is no setting', (text) => {
    expect(proxiesOf(text)).toBeNull()
  })
})
