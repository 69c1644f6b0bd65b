/** Seeded bugs: which module of the product each one stands in for, and with what. */
const BREAKS = {
  'forgets-events': ['db/conversation/turns.ts', 'forgets-events.ts'],
  'acknowledges-early': ['db/conversation/turns.ts', 'acknowledges-early.ts'],
  'writes-blindly': ['db/conversation/turns.ts', 'writes-blindly.ts'],
  'answers-anew': ['db/conversation/turns.ts', 'answers-anew.ts'],
  'outbox-apart': ['db/conversation/turns.ts', 'outbox-apart.ts'],
  'audit-apart': ['db/staff/audit.ts', 'audit-apart.ts'],
  'lease-for-ever': ['db/outbox/record.ts', 'lease-for-ever.ts'],
  'sends-unnoted': ['db/outbox/record.ts', 'sends-unnoted.ts'],
} as const

export type BreakName = keyof typeof BREAKS

/** The names, for the help and for whoever tries them all. */
export const BREAK_NAMES = Object.keys(BREAKS) as BreakName[]

/** True for the name of a seeded bug. */
export function isBreak(name: string): name is BreakName {
  return Object.hasOwn(BREAKS, name)
}

/** The URLs of the module that is replaced and of what stands in for it. */
export function replacementOf(name: BreakName): { product: string; broken: string } {
  const [product, broken] = BREAKS[name]
  return {
    product: new URL(`../../../${product}`, import.meta.url).href,
    broken: new URL(broken, import.meta.url).href,
  }
}
