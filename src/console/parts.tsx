import type { Child } from 'hono/jsx'

/** What a form came to, said at once by a screen reader. */
export function Alert({ tone, children }: { tone: 'problem' | 'done'; children: Child }) {
  return (
    <p class={`alert ${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}

/** What stands where a list would be. */
export function Empty({ title, children }: { title: string; children?: Child }) {
  return (
    <div class="empty">
      <p>
        <b>{title}</b>
      </p>
      {children !== undefined && <p>{children}</p>}
    </div>
  )
}

/** The header of a page: its name, a line of what it is for, and its main action at the side. */
export function PageHeader(props: { title: string; lead?: string; children?: Child }) {
  const { title, lead, children } = props
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children}
    </div>
  )
}

/** The way back to the list that a page belongs to. */
export function Crumb({ href, children }: { href: string; children: Child }) {
  return (
    <p class="crumbs">
      <a href={href}>{children}</a>
    </p>
  )
}

/** A part of a page on a ground of its own. `id`: of its title, which names it. */
export function Sheet(props: { title: string; id?: string; class?: string; children?: Child }) {
  const { title, id, children } = props
  return (
    <section class={props.class ?? 'sheet'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Tabs that lead to the pages of a section. `count`: how many are behind one. */
export function Tabs(props: {
  label: string
  tabs: readonly { href: string; label: string; here: boolean; count?: number }[]
  class?: string
}) {
  return (
    <nav class={props.class ?? 'tabs'} aria-label={props.label}>
      {props.tabs.map(({ href, label, here, count }) => (
        <a href={href} aria-current={here ? 'page' : undefined}>
          {label}
          {count !== undefined && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  )
}

/** Attributes of a part of a page that fetches itself anew. `every`: in seconds. */
export function renewed(href: string, id: string, every: number) {
  return {
    'data-hx-get': href,
    'data-hx-trigger': `every ${every}s`,
    'data-hx-select': `#${id}`,
    'data-hx-swap': 'outerMorph',
  }
}
