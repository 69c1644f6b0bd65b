/** What is wrong, and where to look. `name` is one of few, so that a seeded bug can be told from another. */
export type Violation = { name: string; detail: string }

/** Prints figures as a table of two columns. */
export function printFigures(title: string, figures: Readonly<Record<string, string | number>>) {
  const rows = Object.entries(figures)
  const width = Math.max(...rows.map(([name]) => name.length))
  console.log(`\n${title}`)
  for (const [name, value] of rows) console.log(`  ${name.padEnd(width)}  ${value}`)
}

/** Prints what is wrong, the first of each name in full, and says how the process should end. */
export function printViolations(violations: readonly Violation[]): 0 | 1 {
  const byName = Map.groupBy(violations, ({ name }) => name)
  for (const [name, all] of byName) {
    console.log(`\n  VIOLATION ${name} (${all.length})`)
    for (const { detail } of all.slice(0, 5)) console.log(`    ${detail}`)
  }
  console.log(violations.length === 0 ? '\n  no violation\n' : '')
  return violations.length === 0 ? 0 : 1
}
