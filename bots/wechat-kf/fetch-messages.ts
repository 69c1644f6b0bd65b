import type { InboundEvent } from '../../flows/engine/types.ts'
import type { CallWechat } from '../wechat-platform/api.ts'
import { SYNC_TOKEN_OVER } from './errcodes.ts'
import { parseRows, SyncAnswer } from './parse.ts'
import type { KfClaim, KfFact, KfStore } from './store.ts'

const ROWS = 1000
/** Pages of one turn at fetching; what is left is fetched by the next. */
const PAGES = 50

/** What a turn at fetching brought. `handedBack`: the people whose conversation staff ended in the client of WeCom. */
export type FetchedMessages = { events: InboundEvent[]; handedBack: string[] }

/**
 * Fetches what people wrote since the last time by `kf/sync_msg`, page by page. Each page is kept with its place in
 * one batch before the next is asked for, so that a kill loses and doubles nothing. Nobody else fetches meanwhile;
 * who is told of more hears it from whoever does. https://developer.work.weixin.qq.com/document/path/94670
 */
export async function fetchMessages(options: {
  call: CallWechat
  store: KfStore
  openKfId: string
  onUnread: (rows: number) => void
}): Promise<FetchedMessages> {
  const { store } = options
  const fetched: FetchedMessages = { events: [], handedBack: [] }
  for (;;) {
    const claim = await store.claim()
    if (claim === null) return fetched
    const done = await fetchPages(claim)
    if (await store.release(claim, done)) return fetched
  }

  async function fetchPages(claim: KfClaim): Promise<'all' | 'broken-off'> {
    let { cursor, token } = claim
    for (let page = 0; page < PAGES; page++) {
      const asked = await options.call('kf/sync_msg', {
        ...(cursor === null ? {} : { cursor }),
        ...(token === null ? {} : { token }),
        limit: ROWS,
        voice_format: 0,
        open_kfid: options.openKfId,
      })
      if (!asked.ok && asked.code === SYNC_TOKEN_OVER && token !== null) {
        token = null
        continue
      }
      const answer = asked.ok ? SyncAnswer.safeParse(asked.value) : null
      if (answer === null || !answer.success) return 'broken-off'
      const { next_cursor: next, has_more: more, msg_list: rows } = answer.data
      const { events, facts, unread } = parseRows(rows)
      if (unread > 0) options.onUnread(unread)
      const place = next === '' ? cursor : next
      if (place !== null) await store.keep(claim, { cursor: place, events, facts })
      fetched.events.push(...events)
      fetched.handedBack.push(...endedIn(facts))
      if (more !== 1) return 'all'
      cursor = place
    }
    return 'broken-off'
  }
}

function endedIn(facts: readonly KfFact[]): string[] {
  return facts.flatMap((fact) => (fact.kind === 'state' && fact.state === 4 ? [fact.userId] : []))
}
