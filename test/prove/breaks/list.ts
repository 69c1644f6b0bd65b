/** Seeded bugs: which module of the product each one stands in for, with what, and which proofs can find it. */
const BREAKS = {
  'forgets-events': ['db/conversation/commit-turn.ts', 'forgets-events.ts', ['kill', 'race']],
  'acknowledges-early': ['db/conversation/commit-turn.ts', 'acknowledges-early.ts', ['kill']],
  'writes-blindly': ['db/conversation/commit-turn.ts', 'writes-blindly.ts', ['race']],
  'answers-anew': ['db/conversation/turns.ts', 'answers-anew.ts', ['kill', 'race']],
  'outbox-apart': ['db/conversation/commit-turn.ts', 'outbox-apart.ts', ['kill', 'race']],
  'audit-apart': ['db/staff/audit.ts', 'audit-apart.ts', ['kill']],
  'lease-for-ever': ['db/outbox/record.ts', 'lease-for-ever.ts', ['kill']],
  'sends-unnoted': ['db/outbox/record.ts', 'sends-unnoted.ts', ['kill']],
} as const

/** A proof that takes seeded bugs. */
export type Proof = 'kill' | 'race'

export type BreakName = keyof typeof BREAKS

const NAMES = Object.keys(BREAKS) as BreakName[]

/** The seeded bugs that a proof can find, for its help and for whoever tries them all. */
export function breaksOf(proof: Proof): BreakName[] {
  return NAMES.filter((name) => BREAKS[name][2].some((one) => one === proof))
}

/** True for the name of a seeded bug. */
export function isBreak(name: string): name is BreakName {
  return Object.hasOwn(BREAKS, name)
}

/** What to say of `--break NAME` where it proves nothing here; null: the proof can find it. */
export function breakProblem(proof: Proof, name: string | undefined): string | null {
  if (name === undefined) return null
  if (!isBreak(name)) return `There is no seeded bug ${name}; see --help.`
  const finders = BREAKS[name][2].map((one) => `npm run prove:${one}`)
  return BREAKS[name][2].some((one) => one === proof)
    ? null
    : `This proof cannot find ${name}: ${finders.join(' and ')} can.`
}

/** The URLs of the module that is replaced and of what stands in for it. */
export function replacementOf(name: BreakName): { product: string; broken: string } {
  const [product, broken] = BREAKS[name]
  return {
    product: new URL(`../../../${product}`, import.meta.url).href,
    broken: new URL(broken, import.meta.url).href,
  }
}
