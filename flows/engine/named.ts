/**
 * What a table holds under a name that a person sent, or undefined. `table[name]` alone would also find
 * what every object of JavaScript has: `toString`, `constructor`.
 */
export function named<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
