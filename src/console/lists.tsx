import type { Child } from 'hono/jsx'
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

/** What a list is narrowed by; it is in the address. `keep`: what the address holds besides. */
export function Filters(props: {
  view: View
  action: string
  class?: string
  keep?: Readonly<Record<string, string>>
  button?: string
  children: Child
}) {
  return (
    <form class={props.class ?? 'filters'} method="get" action={props.action}>
      <HiddenFields values={props.keep ?? {}} />
      {props.children}
      <button class="button plain" type="submit">
        {props.button ?? props.view.t('console.filter')}
      </button>
    </form>
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

/** The ways to the page before and the one after; nothing where a list has one page. `range`: what is shown of how many. */
export function Pager(props: {
  label: string
  range?: string
  previous?: { href: string; label: string } | null
  next?: { href: string; label: string } | null
}) {
  const { label, range, previous, next } = props
  if (previous == null && next == null && range === undefined) return null
  return (
    <nav class="pages" aria-label={label}>
      {range !== undefined && <p>{range}</p>}
      {previous != null && (
        <a class="button plain" rel="prev" href={previous.href}>
          {previous.label}
        </a>
      )}
      {next != null && (
        <a class="button plain" rel="next" href={next.href}>
          {next.label}
        </a>
      )}
    </nav>
  )
}
