import * as z from 'zod'

/** A condition on one answer. */
const Atom = z.discriminatedUnion('op', [
  /** A yes-no question was answered yes. */
  z.object({ op: z.literal('yes'), question: z.string() }),
  /** One of these options was chosen, or had among several. */
  z.object({ op: z.literal('is'), question: z.string(), options: z.array(z.string()).min(1) }),
  z.object({ op: z.literal('at-least'), question: z.string(), value: z.number().int().positive() }),
])
export type Atom = z.infer<typeof Atom>

export type Condition =
  | Atom
  | { op: 'all'; of: Condition[] }
  | { op: 'any'; of: Condition[] }
  | { op: 'not'; of: Condition }

/** A condition as data: atoms joined by all, any and not. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Atom,
    z.object({ op: z.literal('all'), of: z.array(Condition).min(1) }),
    z.object({ op: z.literal('any'), of: z.array(Condition).min(1) }),
    z.object({ op: z.literal('not'), of: Condition }),
  ]),
)

/** The atoms of a condition, left to right. */
export function atomsOf(condition: Condition): Atom[] {
  if (condition.op === 'not') return atomsOf(condition.of)
  return condition.op === 'all' || condition.op === 'any'
    ? condition.of.flatMap(atomsOf)
    : [condition]
}
