import type { Mutant } from './list.ts'

/**
 * Which change the product has now, null for none. It is an environment variable, so that the tests, the programs that they start and
 * the process that reads the code for them all see the same.
 */
export function mutantNow(): Mutant | null {
  const now = process.env.MUTANT
  return now === undefined ? null : (JSON.parse(now) as Mutant)
}

/** From here on the product has this change. */
export function mutate(mutant: Mutant | null): void {
  if (mutant === null) delete process.env.MUTANT
  else process.env.MUTANT = JSON.stringify(mutant)
}

/** Code of a file with its change. Throws where it is not the code that the mutant was made of. */
export function changed(code: string, { file, at, from, to }: Mutant): string {
  if (!code.startsWith(from, at)) throw new Error(`${file} is not what was mutated`)
  return code.slice(0, at) + to + code.slice(at + from.length)
}
