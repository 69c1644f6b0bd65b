import * as z from 'zod'
import type { Database, Rows, SqlValue } from './database.ts'
import type { Shape } from './query.ts'

/** By what a list is sorted: SQL that is never null; the last one tells every row from every other. */
export type SortKey = { sql: string; desc?: boolean }

/** A list as it is asked for. */
export type ListQuery<Row> = {
  shape: Shape<Row>
  /** What fills the `?` of the shape's columns. */
  shapeArgs?: readonly SqlValue[]
  from: string
  /** A narrower FROM in which the rows of a page are found first, by this column of both. */
  within?: { from: string; key: string }
  where: { sql: string; args: readonly SqlValue[] }
  order: readonly SortKey[]
  /** From `previous` or `next` of another page; anything else is the first page. */
  cursor?: string | undefined
  /** Rows of a page. */
  limit: number
  /** Rows to leap over where pages have numbers, as in a chat. */
  skip?: number
  /** A count stops here, and `total` is one more; without it all are counted. */
  countAtMost?: number
}

/**
 * A page of a list. `total`: rows of the whole list; `from`: the place of the first row, from 1, where nothing changed since the
 * first page; `previous` and `next`: the cursors of the pages beside it, null where there is none.
 */
export type ListPage<Row> = {
  rows: Row[]
  total: number
  from: number
  previous: string | null
  next: string | null
}

/** `before`: rows that stand before the row of `values`, and for a way back that row too. */
type Cursor = { back: boolean; before: number; values: readonly (string | number)[] }

const CursorText = z.tuple([
  z.boolean(),
  z.number().int().nonnegative(),
  z.array(z.union([z.string(), z.number()])),
])

/**
 * A page of a list by the place of its neighbours, not by a number of rows to leap over: what is added or taken away
 * meanwhile neither hides a row nor shows one twice. Rows and count are of one snapshot.
 */
export async function listPage<Row>(db: Database, list: ListQuery<Row>): Promise<ListPage<Row>> {
  const { shape, from, within, where, order, limit } = list
  const cursor = readCursor(list.cursor, order.length)
  const turned = cursor?.back === true
  const sorted = order.map(({ sql, desc = false }) => ({ sql, desc: desc !== turned }))
  const past = cursor === null ? null : beyond(sorted, cursor.values)
  const condition = past === null ? where.sql : `${where.sql} AND ${past.sql}`
  const by = sorted.map(({ sql, desc }) => (desc ? `${sql} DESC` : sql)).join(', ')
  const tail = `WHERE ${condition} ORDER BY ${by} LIMIT ? OFFSET ?`
  const columns = [shape.columns, ...order.map(({ sql }) => sql)].join(', ')
  const found =
    within === undefined
      ? `${from} ${tail}`
      : `${from} WHERE ${within.key} IN (SELECT ${within.key} FROM ${within.from} ${tail}) ORDER BY ${by}`
  const counted = within?.from ?? from
  const most = list.countAtMost
  const [read = [], [count] = []] = await db.read([
    {
      sql: `SELECT ${columns} FROM ${found}`,
      args: [
        ...(list.shapeArgs ?? []),
        ...where.args,
        ...(past?.args ?? []),
        limit + 1,
        list.skip ?? 0,
      ],
    },
    most === undefined
      ? { sql: `SELECT count(*) FROM ${counted} WHERE ${where.sql}`, args: where.args }
      : {
          sql: `SELECT count(*) FROM (SELECT 1 FROM ${counted} WHERE ${where.sql} LIMIT ?)`,
          args: [...where.args, most + 1],
        },
  ])
  return pageOf(read, Number(count?.[0] ?? 0), { shape, cursor, limit, keys: order.length })
}

/**
 * The rows of a list that stand right before and right after another row, by `key`; that one need not be on the list any more.
 * Null where there is none.
 */
export async function findBeside(
  db: Database,
  list: Pick<ListQuery<unknown>, 'from' | 'where' | 'order'>,
  { key, value }: { key: string; value: string },
): Promise<{ previous: string | null; next: string | null }> {
  const { from, where, order } = list
  const columns = order.map(({ sql }) => sql).join(', ')
  const [[row] = []] = await db.read([
    { sql: `SELECT ${columns} FROM ${from} WHERE ${key} = ?`, args: [value] },
  ])
  const values = (row ?? []).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' ? [one] : [],
  )
  if (values.length !== order.length) return { previous: null, next: null }
  const nearest = (turned: boolean) => {
    const sorted = order.map(({ sql, desc = false }) => ({ sql, desc: desc !== turned }))
    const past = beyond(sorted, values)
    const by = sorted.map(({ sql, desc }) => (desc ? `${sql} DESC` : sql)).join(', ')
    return {
      sql: `SELECT ${key} FROM ${from} WHERE ${where.sql} AND ${past.sql} ORDER BY ${by} LIMIT 1`,
      args: [...where.args, ...past.args],
    }
  }
  const [before = [], after = []] = await db.read([nearest(true), nearest(false)])
  const idOf = (rows: Rows) => (rows[0] === undefined ? null : String(rows[0][0]))
  return { previous: idOf(before), next: idOf(after) }
}

/** A page of a list that is in memory anyway, such as the entries of the pack. */
export function slicePage<Row>(
  all: readonly Row[],
  cursor: string | undefined,
  limit: number,
): ListPage<Row> {
  const asked = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 0
  const begin = asked < all.length ? asked : 0
  const rows = all.slice(begin, begin + limit)
  const end = begin + rows.length
  return {
    rows,
    total: all.length,
    from: begin + 1,
    previous: begin === 0 ? null : String(Math.max(0, begin - limit)),
    next: end < all.length ? String(end) : null,
  }
}

function pageOf<Row>(
  read: Rows,
  total: number,
  at: { shape: Shape<Row>; cursor: Cursor | null; limit: number; keys: number },
): ListPage<Row> {
  const { shape, cursor, limit, keys } = at
  const turned = cursor?.back === true
  const more = read.length > limit
  const shown = read.slice(0, limit)
  if (turned) shown.reverse()
  const before =
    cursor === null ? 0 : turned ? (more ? cursor.before - shown.length : 0) : cursor.before
  const cursorAt = (back: boolean): string | null => {
    const row = back ? shown[0] : shown.at(-1)
    if (row === undefined) return null
    const values = row.slice(row.length - keys).map((value) => {
      if (typeof value === 'string' || typeof value === 'number') return value
      throw new Error('a list is sorted by what is neither text nor number')
    })
    return writeCursor({ back, before: back ? before : before + shown.length, values })
  }
  return {
    rows: shown.map((row) => shape.read(row.slice(0, row.length - keys))),
    total,
    from: Math.max(0, before) + 1,
    previous: (turned ? more : cursor !== null) ? cursorAt(true) : null,
    next: (turned ? true : more) ? cursorAt(false) : null,
  }
}

/** What comes after these values in that order: one comparison where all keys run one way, which an index answers. */
function beyond(order: readonly Required<SortKey>[], values: Cursor['values']) {
  const [first] = order
  if (order.every(({ desc }) => desc === first?.desc)) {
    const keys = order.map(({ sql }) => sql).join(', ')
    const marks = order.map(() => '?').join(', ')
    return { sql: `(${keys}) ${first?.desc === true ? '<' : '>'} (${marks})`, args: values }
  }
  const nested = order.reduceRight(
    (rest, { sql, desc }) =>
      rest === ''
        ? `${sql} ${desc ? '<' : '>'} ?`
        : `${sql} ${desc ? '<' : '>'} ? OR (${sql} = ? AND (${rest}))`,
    '',
  )
  const args = values.flatMap((value, index) => (index < order.length - 1 ? [value, value] : value))
  return { sql: `(${nested})`, args }
}

function writeCursor({ back, before, values }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([back, before, values]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function readCursor(text: string | undefined, keys: number): Cursor | null {
  if (text === undefined || !/^[\w-]{8,600}$/.test(text)) return null
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    const read = CursorText.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    if (!read.success || read.data[2].length !== keys) return null
    const [back, before, values] = read.data
    return { back, before, values }
  } catch {
    return null
  }
}
