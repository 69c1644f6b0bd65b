import type { Child } from 'hono/jsx'
import type { ListPage } from '../../db/core/list-page.ts'
import type { SavedFilter } from '../../db/staff/saved-filters.ts'
import type { View } from './view.ts'

/** A column of a table. `head`: its cells name their rows. */
export type Column<Row> = {
  label: string
  cell: (row: Row) => Child
  class?: string | ((row: Row) => string)
  head?: true | undefined
}

/**
 * A table. One that is wider than the page scrolls in its own frame, which the keyboard reaches. `label`: what it is called
 * where no title says so; `frame`: the classes of that frame.
 */
export function Table<Row>(props: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  frame?: string
  class?: string
}) {
  const { label, columns, rows } = props
  return (
    <section class={props.frame ?? 'scroll'} tabindex={0} aria-label={label}>
      <table class={props.class}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map(({ cell, class: look, head }) => {
                const of = typeof look === 'function' ? look(row) : look
                return head === true ? (
                  <th scope="row" class={of}>
                    {cell(row)}
                  </th>
                ) : (
                  <td class={of}>{cell(row)}</td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Cell = string | number | null

/** The columns of a table that is there as rows of cells, such as one that is given as a file too; figures stand as figures. */
export function columnsOf(headings: readonly Cell[]): Column<readonly Cell[]>[] {
  return headings.map((label, index) => ({
    label: String(label),
    cell: (row) => row[index] ?? '—',
    class: (row) => (typeof row[index] === 'number' ? 'number' : ''),
  }))
}

/** Where filters are kept and given up. */
export const FILTERS_PATH = '/console/filters' as const

/**
 * What a list is narrowed by; it is in the address, and can be kept under a name. `keep`: what the address holds besides.
 */
export async function Filters(props: {
  view: View
  action: string
  class?: string
  keep?: Readonly<Record<string, string>>
  button?: string
  children: Child
}) {
  const { view, action } = props
  return (
    <>
      <form class={props.class ?? 'filters'} method="get" action={action}>
        <HiddenFields values={props.keep ?? {}} />
        {props.children}
        <button class="button plain" type="submit">
          {props.button ?? view.t('console.filter')}
        </button>
      </form>
      <Kept view={view} list={action} saved={await view.savedFilters(action)} />
    </>
  )
}

/** The filters that who looks has kept for this list, and keeping the one of now. */
function Kept(props: { view: View; list: string; saved: readonly SavedFilter[] }) {
  const { view, list, saved } = props
  const { t } = view
  const now = addressWith(view, {}, '').slice(1)
  const isNew = now !== '' && view.path === list && !saved.some(({ query }) => query === now)
  if (saved.length === 0 && !isNew) return null
  return (
    <details class="kept" open={saved.some(({ query }) => query === now)}>
      <summary>{t('console.filtersKept')}</summary>
      {saved.length > 0 && (
        <ul>
          {saved.map(({ name, query }) => (
            <li>
              <a href={`${list}?${query}`} aria-current={query === now ? 'true' : undefined}>
                {name}
              </a>
              <form method="post" action={`${FILTERS_PATH}/drop`}>
                <HiddenFields values={{ list, name, query: now }} />
                <button
                  class="link"
                  type="submit"
                  aria-label={t('console.filterDropOne', { name })}
                >
                  {t('console.filterDrop')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {isNew && (
        <form class="filters" method="post" action={FILTERS_PATH}>
          <HiddenFields values={{ list, query: now }} />
          <label class="field">
            <span>{t('console.filterName')}</span>
            <input name="name" maxlength={40} required />
          </label>
          <button class="button plain" type="submit">
            {t('console.filterKeep')}
          </button>
        </form>
      )}
    </details>
  )
}

/** Fields that go with a form and are not seen; a list is a field of several values. */
export function HiddenFields({
  values,
}: {
  values: Readonly<Record<string, string | readonly string[]>>
}) {
  return (
    <>
      {Object.entries(values).flatMap(([name, value]) =>
        [value].flat().map((one) => <input type="hidden" name={name} value={one} />),
      )}
    </>
  )
}

/** So many rows stand on a page of a list, where it does not say otherwise. */
export const ROWS = 50

/**
 * What is shown of how many, and the ways to the pages beside it; they keep what the list is narrowed and sorted by. `most`:
 * where the count stopped; `action`: the list's address, where the page is another.
 */
export function Pager(props: {
  view: View
  label: string
  page: ListPage<unknown>
  most?: number
  action?: string
}) {
  const { view, label, page } = props
  const { t } = view
  if (page.total === 0) return null
  const total =
    props.most !== undefined && page.total > props.most
      ? t('console.countMore', { count: props.most })
      : page.total
  const to = page.from + page.rows.length - 1
  const link = (cursor: string | null) => addressWith(view, { page: cursor ?? '' }, props.action)
  return (
    <nav class="pages" aria-label={label}>
      <p>{t('console.range', { from: page.from, to, total })}</p>
      {page.previous !== null && (
        <a class="button plain" href={link(null)}>
          {t('console.firstPage')}
        </a>
      )}
      {page.previous !== null && (
        <a class="button plain" rel="prev" href={link(page.previous)}>
          {t('console.previousPage')}
        </a>
      )}
      {page.next !== null && (
        <a class="button plain" rel="next" href={link(page.next)}>
          {t('console.nextPage')}
        </a>
      )}
    </nav>
  )
}

/** The address of a list with some of what it asks for changed; what becomes empty is left out, and so is the page. */
export function addressWith(
  view: Pick<View, 'path' | 'asked'>,
  change: Readonly<Record<string, string>>,
  path: string = view.path,
): string {
  const { lang: _lang, page: _page, ...kept } = view.asked
  const query = new URLSearchParams(
    Object.entries({ ...kept, ...change }).filter(
      ([name, value]) => value !== '' || (name in kept && !(name in change)),
    ),
  )
  return query.size === 0 ? path : `${path}?${query}`
}
