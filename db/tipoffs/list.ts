import type { TipOffState } from '../../flows/programme/tip-off.ts'
import type { Database } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { maybe, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { tipOffMessages, tipOffs } from '../schema/tipoffs.ts'
import { openBody } from './desk.ts'

/** A tip-off as supervision sees it in the list. */
export type TipOffHead = {
  id: string
  number: string
  named: boolean
  state: TipOffState
  /** In China. */
  day: string
  movedDay: string
  /** The person wrote last. */
  waits: boolean
}

const t = alias(tipOffs, 't')
const HEAD = shape({
  id: t.id,
  body: t.body,
  state: t.state,
  day: t.day,
  movedDay: t.movedDay,
  last: maybe(
    tipOffMessages.side,
    `(SELECT m.side FROM tip_off_messages m WHERE m.tip_off_id = t.id ORDER BY m.ordinal DESC LIMIT 1)`,
  ),
})

/** The tip-offs: those that are not closed first, the newest before others. */
export async function listTipOffs(
  db: Database,
  vault: Vault,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<TipOffHead>> {
  const page = await listPage(db, {
    shape: HEAD,
    from: 'tip_offs t',
    where: { sql: 'TRUE', args: [] },
    order: [
      { sql: "(t.state <> 'closed')", desc: true },
      { sql: 't.day', desc: true },
      { sql: 't.id', desc: true },
    ],
    cursor,
    limit,
  })
  const rows = await Promise.all(
    page.rows.map(async ({ body, last, ...head }) => {
      const { number, name } = await openBody(vault, head.id, body)
      const waits = head.state === 'new' || last === 'person'
      return { ...head, number, named: name !== null, waits }
    }),
  )
  return { ...page, rows }
}
