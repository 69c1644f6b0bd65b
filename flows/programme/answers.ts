import * as z from 'zod'

/** Said instead of an answer, to any question. */
export const NOT_SURE = 'not-sure'

/**
 * What a person said to a question of the rules: yes or no, a number, one option, or several options.
 * Of several, those in `unsure` were left open and the rest is no. Plain JSON.
 */
export const Answer = z.union([
  z.boolean(),
  z.number().int().nonnegative(),
  z.string().min(1),
  z.object({ has: z.array(z.string()), unsure: z.array(z.string()) }),
])
export type Answer = z.infer<typeof Answer>

/** By question; a question that is missing was not answered. The order means nothing. */
export type Answers = Readonly<Record<string, Answer>>
