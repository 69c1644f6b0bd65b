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

/** By question; a question that is missing was not answered. The order means nothing. Looked at without a copy. */
export const Answers = z.custom<Readonly<Record<string, Answer>>>((answers) =>
  isRecordOf(answers, (value) => isPlainAnswer(value) || Answer.safeParse(value).success),
)
export type Answers = z.infer<typeof Answers>

/** Yes or no, an amount or a number, a text or an option's id. */
export function isPlainAnswer(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return true
    case 'number':
      return Number.isSafeInteger(value) && value >= 0
    case 'string':
      return value !== ''
    default:
      return false
  }
}

/** A plain object each of whose values is one of these. */
export function isRecordOf(value: unknown, isOne: (value: unknown) => boolean): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isOne)
  )
}
