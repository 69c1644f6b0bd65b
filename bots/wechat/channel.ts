import type { Channel, Received, RenderedMessage } from '../../flows/engine/channel.ts'
import { withNumberedOptions } from '../fit.ts'
import { json } from '../json.ts'
import { isRoomAddress } from './identity.ts'
import type { ReplayGuard } from './signature.ts'
import { Inbound, MAX_INBOUND_BYTES, type Part } from './wire.ts'

/**
 * A personal WeChat account as a channel. The account itself is held by the gateway, a Node process
 * that may have no address of its own: it posts what people say here and gets the replies in the
 * response, and it fetches from `/webhooks/wechat/outbox` what is due later.
 *
 * @example
 * // POST /webhooks/wechat  {"id": "wechat:m1", "from": "id:wxid_1", "at": "2026-…", "input": {"type": "text", "text": "钱多少"}}
 * // 200 {"messages": [[{"type": "text", "text": "每户4.5万元。"}]]}
 */
export function createWechatChannel(options: { guard: ReplayGuard }): Channel {
  return {
    type: 'wechat',
    delivery: 'pull',
    limits: {
      textLength: 1000,
      quickReplies: 0,
      relayed: true,
      ratePerSecond: 1,
      sessionWindowHours: null,
      repliesInResponse: 5,
      pictures: 'apart',
    },
    async receive(request) {
      const opened = await options.guard(request, 'inbound', MAX_INBOUND_BYTES)
      if (opened instanceof Response) return opened
      const inbound = parseInbound(opened.body)
      if (inbound === null) {
        const message = 'This is no event of a gateway: are gateway and app of the same version?'
        return json({ error: 'not-understood', message }, 400)
      }
      return received(inbound)
    },
    // Asked by nobody: the dispatcher leaves pulled channels alone.
    send: async () => ({ ok: false, failure: 'unavailable', detail: 'the gateway fetches it' }),
  }
}

/**
 * A message as the gateway says it: options are numbered lines, since the network has no buttons. A picture
 * goes before its words; a QR code is left to the words.
 */
export function renderParts(message: RenderedMessage): Part[] {
  const { text } = withNumberedOptions(message)
  const { image } = message
  const picture: Part[] =
    image?.kind === 'picture'
      ? [{ type: 'file', name: image.url.split('/').at(-1) ?? 'picture', url: image.url }]
      : []
  return text === '' ? picture : [...picture, { type: 'text', text }]
}

function received({ from, ...event }: Inbound): Received {
  return {
    events: [
      {
        ...event,
        from: { channel: 'wechat', id: from },
        ...(isRoomAddress(from) ? { shared: true } : {}),
      },
    ],
    respond: ([reply]) => json({ messages: (reply?.messages ?? []).map(renderParts) }),
  }
}

function parseInbound(body: Uint8Array): Inbound | null {
  try {
    const inbound = Inbound.safeParse(JSON.parse(new TextDecoder().decode(body)))
    return inbound.success ? inbound.data : null
  } catch {
    return null
  }
}
