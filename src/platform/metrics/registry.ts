/** Upper ends of the classes of a duration, in seconds. */
const CLASSES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

type Labels = Readonly<Record<string, string>>
type Observed = { labels: Labels; classes: number[]; sum: number; count: number }

/** Durations since this process began. */
export type Durations = {
  /** Adds one, in seconds. Labels are few and known beforehand: a route, never an address. */
  observe(labels: Labels, seconds: number): void
  /** As Prometheus reads it. */
  render(): string[]
}

/** One figure of now, with its label if it has one. */
export type Figure = { labels?: Labels; value: number }

/** A histogram of durations (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export function createDurations(name: string, help: string): Durations {
  const observed = new Map<string, Observed>()
  return {
    observe(labels, seconds) {
      const key = Object.values(labels).join(' ')
      let one = observed.get(key)
      if (one === undefined) {
        one = { labels, classes: CLASSES.map(() => 0), sum: 0, count: 0 }
        observed.set(key, one)
      }
      one.sum += seconds
      one.count += 1
      const at = CLASSES.findIndex((end) => seconds <= end)
      if (at >= 0) one.classes[at] = (one.classes[at] ?? 0) + 1
    },
    render() {
      const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`]
      for (const { labels, classes, sum, count } of observed.values()) {
        let within = 0
        for (const [index, end] of CLASSES.entries()) {
          within += classes[index] ?? 0
          lines.push(`${name}_bucket${mark({ ...labels, le: String(end) })} ${within}`)
        }
        lines.push(`${name}_bucket${mark({ ...labels, le: '+Inf' })} ${count}`)
        lines.push(`${name}_sum${mark(labels)} ${sum}`, `${name}_count${mark(labels)} ${count}`)
      }
      return lines
    },
  }
}

/** A figure of now, as Prometheus reads it. */
export function renderGauge(name: string, help: string, figures: readonly Figure[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...figures.map(({ labels = {}, value }) => `${name}${mark(labels)} ${value}`),
  ]
}

function mark(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
