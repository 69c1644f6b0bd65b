import { NOTICE_KINDS } from '../../../db/outbox/kinds.ts'
import type { NoticeFilter } from '../../../db/outbox/list.ts'
import { CHANNEL_TYPES } from '../../../flows/engine/types.ts'
import { ROWS } from '../../console/lists.tsx'

export const SHOWS = ['trouble', 'waiting', 'sent', 'all'] as const
export const KINDS = [
  ...(Object.keys(NOTICE_KINDS) as (keyof typeof NOTICE_KINDS)[]),
  'reply',
] as const

/** What an address asks for; what it does not know means all. */
export function filterOf(query: (name: string) => string | undefined): NoticeFilter {
  return {
    show: SHOWS.find((show) => show === query('show')) ?? 'all',
    kind: KINDS.find((kind) => kind === query('kind')) ?? null,
    channel: CHANNEL_TYPES.find((channel) => channel === query('channel')) ?? null,
    cursor: query('page') ?? '',
    limit: ROWS,
  }
}

/** The address of a list. */
export function listUrl(filter: Partial<NoticeFilter>): `/console${string}` {
  const query = new URLSearchParams(
    (['show', 'kind', 'channel'] as const).flatMap((name) => {
      const value = filter[name]
      return value == null || value === 'all' ? [] : [[name, String(value)]]
    }),
  )
  return query.size === 0 ? '/console/notices' : `/console/notices?${query}`
}
