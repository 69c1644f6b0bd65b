import fc from 'fast-check'
import { fileOf } from '../../helpers/files.ts'
import { headers, shortWords, words } from './strings.ts'
import { inPath, or, type Target, target } from './target.ts'
import { gatewaySigned } from './turns.ts'

const gatewayBody = fc.record(
  {
    gateway: or(fc.constantFrom('g1', 'g2')),
    wait: or(fc.constant(0)),
    most: or(fc.nat(100)),
    held: or(fc.array(shortWords, { maxLength: 3 })),
    acks: or(
      fc.array(
        fc.record({
          id: or(shortWords),
          attempt: or(fc.nat(3)),
          result: or(
            fc.oneof(
              fc.constantFrom('in-doubt', 'expired'),
              fc.constant({ ok: true, externalId: 'x' }),
              fc.constant({ ok: false, failure: 'blocked', detail: 'd' }),
            ),
          ),
        }),
        { maxLength: 3 },
      ),
    ),
    state: or(
      fc.record({
        phase: or(fc.constantFrom('starting', 'logged-in', 'stopped')),
        puppet: or(fc.constant('p')),
        qr: or(shortWords),
        since: or(fc.constant('2018-06-01T02:00:00.000Z')),
        lastMessageAt: fc.constant(null),
        waiting: or(fc.constant({ inbound: 0, outbound: 0 })),
        sentToday: or(fc.nat()),
        dailyCap: or(fc.nat()),
        problem: or(shortWords),
      }),
    ),
    id: or(shortWords.map((text) => `wechat:${text}`)),
    from: or(shortWords),
    at: or(fc.constant('2018-06-01T02:00:00.000Z')),
    input: or(
      fc.oneof(
        fc.record({ type: fc.constant('text'), text: or(words) }),
        fc.record({
          type: fc.constant('media'),
          kind: or(fc.constant('image')),
          mediaId: or(shortWords),
        }),
      ),
    ),
  },
  { requiredKeys: ['gateway', 'wait', 'most', 'held'] },
)

/** What only the holder of the gateway's secret can send, of any shape; and what nobody signed. */
export function gatewayTargets(): Target[] {
  const posts = [
    ['POST /webhooks/wechat/outbox', 'outbox'],
    ['POST /webhooks/wechat/outbox/acks', 'acks'],
    ['POST /webhooks/wechat/state', 'state'],
    ['POST /webhooks/:channel', 'inbound'],
  ] as const
  return [
    ...posts.map(([route, purpose]) =>
      target({
        route,
        name: `the gateway: ${purpose}`,
        share: 1.5,
        given: fc.tuple(gatewayBody, fc.nat(12)),
        shoot: async ([body, way], world, send) => {
          const path = purpose === 'inbound' ? '/webhooks/wechat' : route.slice('POST '.length)
          const signed = await gatewaySigned(world, purpose, {
            method: 'POST',
            path,
            body: JSON.stringify(body),
          })
          if (way === 0) return send({ ...signed, body: `${JSON.stringify(body)} ` })
          if (way === 1) return send({ ...signed, headers: {} })
          await send(signed)
          return way === 2 ? send(signed) : null
        },
      }),
    ),
    target({
      route: 'PUT /webhooks/wechat/media/:id{[\\w-]+}',
      share: 1,
      given: fc.tuple(shortWords, fc.constantFrom('jpeg', 'pdf', 'html', 'zip', 'words'), headers),
      shoot: async ([name, kind, given], world, send) => {
        const id = /^[\w-]+$/.test(name) ? name.slice(0, 60) : `m${world.next()}`
        const body = fileOf(kind, name)
        const path = `/webhooks/wechat/media/${id}`
        return send(
          await gatewaySigned(world, `media ${id}`, {
            method: 'PUT',
            path,
            body,
            headers: { ...given, 'x-media-name': inPath(name) },
          }),
        )
      },
    }),
  ]
}
