import { renderMessage } from '../../../bots/telegram/render.ts'
import { renderParts } from '../../../bots/wechat/channel.ts'
import { renderMessages } from '../../../bots/wechat-kf/render.ts'
import { renderTexts } from '../../../bots/wechat-mp/text.ts'
import type { Database } from '../../../db/core/database.ts'
import { outboxContext } from '../../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import type { FakeBotApi } from '../../fakes/bot-api.ts'
import type { KfPhone } from '../../fakes/wechat-kf-person.ts'
import type { MpPerson } from '../../fakes/wechat-mp-person.ts'
import { testVault } from '../../helpers/app.ts'
import type { Violation } from '../figures.ts'
import type { GatewayLog } from './gateway.ts'

/** What may have arrived how often. */
type Due = { least: number; most: number; rows: string[] }

/**
 * Compares what reached people with what the outbox says of it. A row that was sent and never in doubt
 * arrived once; each doubt is one more time that it may have arrived, and is counted. 微信客服 knows our rows by
 * their ids, so there nothing may be in doubt or arrive twice.
 */
export async function compareReceipts(
  db: Database,
  networks: {
    botApi: FakeBotApi
    followers: readonly MpPerson[]
    customers: readonly KfPhone[]
    gateway: GatewayLog
  },
): Promise<{ violations: Violation[]; counts: Record<string, number> }> {
  const violations: Violation[] = []
  const due = new Map<string, Due>()
  const [rows = []] = await db.read([
    {
      sql: `SELECT o.id, o.channel, o.external_id, o.status, o.body, o.attempts, c.title,
          (SELECT count(*) FROM outbox_history h WHERE h.seq = o.seq AND h.what = 'in-doubt')
        FROM outbox o LEFT JOIN campaigns c ON c.id = o.campaign_id WHERE o.channel <> 'web'`,
      args: [],
    },
  ])
  let doubted = 0
  for (const [id, channel, to, status, body, attempts, title, doubts] of rows) {
    doubted += Number(doubts)
    if (channel === 'wechat-kf' && Number(doubts) > 0) {
      violations.push({ name: 'doubt-without-need', detail: `${id} on 微信客服` })
    }
    const arrived = status === 'sent' || status === 'delivered'
    const texts =
      body instanceof Uint8Array
        ? textsOf(
            String(channel),
            JSON.parse(await testVault.openText(body, outboxContext(String(id)))),
          )
        : [String(title)]
    for (const text of texts) {
      const key = `${channel} ${to} ${text}`
      const before = due.get(key) ?? { least: 0, most: 0, rows: [] }
      before.least += arrived && Number(doubts) === 0 ? 1 : 0
      // A broadcast is never sent again by itself, whatever is in doubt.
      before.most += title === null ? Number(doubts) + (arrived || status === 'sending' ? 1 : 0) : 1
      before.rows.push(`${id} ${status} after ${attempts}, ${doubts} doubts`)
      due.set(key, before)
    }
  }
  const arrived = receiptsOf(networks)
  for (const [key, count] of arrived) {
    const { most, rows: known } = due.get(key) ?? { most: 0, rows: [] }
    if (count <= most) continue
    const name = known.length === 0 ? 'notice-of-nobody' : 'notice-twice'
    violations.push({
      name,
      detail: `${short(key)}: ${count} times, at most ${most}; ${known.join('; ')}`,
    })
  }
  let twice = 0
  for (const [key, { least, most, rows: known }] of due) {
    const count = arrived.get(key) ?? 0
    if (count > known.length) twice += count - known.length
    if (count >= least) continue
    violations.push({
      name: 'notice-lost',
      detail: `${short(key)}: ${count} times, at least ${least} of ${most}; ${known.join('; ')}`,
    })
  }
  const sum = [...arrived.values()].reduce((total, count) => total + count, 0)
  return {
    violations,
    counts: { arrived: sum, 'in doubt': doubted, 'arrived twice in doubt': twice },
  }
}

function textsOf(channel: string, { brief: _, ...message }: RenderedMessage & { brief?: unknown }) {
  switch (channel) {
    case 'telegram':
      return [renderMessage('', message).text]
    case 'wechat-mp':
      return renderTexts(message)
    case 'wechat-kf':
      return renderMessages(message).map((part) =>
        part.msgtype === 'text' ? part.text.content : part.msgmenu.head_content,
      )
    default:
      return [
        renderParts(message)
          .flatMap((part) => (part.type === 'text' ? [part.text] : []))
          .join('\n'),
      ]
  }
}

/** How often each text reached each person, besides what rode on a response. */
function receiptsOf({
  botApi,
  followers,
  customers,
  gateway,
}: Parameters<typeof compareReceipts>[1]) {
  const receipts = [
    ...botApi.calls
      .filter(({ method }) => /^send(Message|Photo)$/.test(method))
      .map(({ body }) => `telegram ${body.chat_id} ${marked(String(body.text ?? body.caption))}`),
    ...followers.flatMap(({ openId, seen }) =>
      seen.flatMap(({ by, text }) => (by === 'service' ? [`wechat-mp ${openId} ${text}`] : [])),
    ),
    ...customers.flatMap((person) =>
      person.texts().map((text) => `wechat-kf ${person.userId} ${marked(text)}`),
    ),
    ...gateway.said.map(({ to, text }) => `wechat ${to} ${text}`),
  ]
  const counts = new Map<string, number>()
  for (const key of receipts) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** A broadcast is known by the mark that its text begins with; all else by the whole text. */
function marked(text: string): string {
  // A form with a picture carries its lines as CRLF (https://html.spec.whatwg.org/#multipart-form-data).
  return /^第\d+期/.exec(text)?.[0] ?? text.replaceAll('\r\n', '\n')
}

/** Test people only, and no more than a log line should hold. */
function short(key: string): string {
  return key.replaceAll('\n', ' ').slice(0, 60)
}
