/** One figure of a plot. `href`: the rows that it counts. */
export type Bar = { label: string; value: number; href?: string; note?: string }

/**
 * A plot of bars that is a list at the same time: a label that leads to the rows, the bar, and the number,
 * so that nothing is said by colour or length alone.
 */
export function Bars({
  title,
  bars,
  most,
}: {
  title: string
  bars: readonly Bar[]
  most?: number
}) {
  const top = Math.max(1, most ?? 0, ...bars.map(({ value }) => value))
  return (
    <figure class="bars">
      <figcaption>{title}</figcaption>
      <ol>
        {bars.map(({ label, value, href, note }) => (
          <li>
            <span class="name">{href === undefined ? label : <a href={href}>{label}</a>}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" width="100" height="10" rx="1" />
              <rect class="bar" width={String((100 * value) / top)} height="10" rx="1" />
            </svg>
            <span class="value">
              {value}
              {note !== undefined && <small> {note}</small>}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
