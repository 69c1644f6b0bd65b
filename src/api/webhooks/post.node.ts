import { lookup as resolve } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { PostOut } from '../../kernel/deps.ts'
import { isWithin, type Range } from '../../kernel/ip-address.ts'
import { mayCall } from './addresses.ts'

const TIMEOUT_MILLISECONDS = 10_000
const MOST_BYTES = 64 * 1024

/**
 * Tells another system something, from Node: the name is looked up here, the address is checked, and that very one is
 * connected to, so that no second answer of a name server leads elsewhere. No redirect is followed; an answer has 64 KiB
 * and ten seconds. Plain http only into `own`, the networks that settings name.
 */
export function createNodePost(own: readonly Range[]): PostOut {
  return (to, { headers, body }) =>
    new Promise((settle) => {
      const url = new URL(to)
      const isPlain = url.protocol === 'http:'
      const allowed = isPlain
        ? (address: string) => isWithin(address, own)
        : (address: string) => mayCall(address, own)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !allowed(host)) return settle({ ok: false, error: 'address-refused' })
      const lookup: LookupFunction = (name, options, done) =>
        resolve(name, { ...options, all: true }, (error, found) => {
          const [first] = found ?? []
          if (error !== null || first === undefined)
            return done(error ?? new Error('no address'), [])
          if (!found.every(({ address }) => allowed(address))) return done(new Refused(), [])
          return options.all === true ? done(null, found) : done(null, first.address, first.family)
        })
      const request = (isPlain ? requestHttp : requestHttps)(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup,
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      request.on('response', (response) => {
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > MOST_BYTES) {
            settle({ ok: false, error: 'answer-too-large' })
            response.destroy()
          }
        })
        response.on('end', () => settle({ ok: true, status: response.statusCode ?? 0 }))
        response.on('error', () => settle({ ok: false, error: 'broken-off' }))
      })
      request.on('error', (error) =>
        settle({ ok: false, error: error instanceof Refused ? 'address-refused' : 'unreachable' }),
      )
      request.end(body)
      return undefined
    })
}

class Refused extends Error {
  override readonly name = 'Refused'
}
