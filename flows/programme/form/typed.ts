/** What is wrong with a number that was typed; `at` names its characters, counted from one. */
export type RefusedInput<Problem extends string> = {
  readonly ok: false
  readonly problem: Problem
  readonly at?: { readonly from: number; readonly to: number }
  /** How many characters were typed, where the length is what is wrong. */
  readonly length?: number
}

/**
 * Folds what only looks different in a typed number: full-width digits, spaces, hyphens and
 * invisible marks, small letters, and a label in front (`身份证号：1101…`).
 */
export function normaliseTyped(typed: string): string {
  const folded = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}−·._]/gu, '')
    .toUpperCase()
  return folded.replace(/^\p{Script=Han}+[:是为]?(?=[\dA-Z+(])/u, '')
}

/** A refusal, with the one place that looks wrong. */
export function refuse<Problem extends string>(
  problem: Problem,
  from?: number,
  to = from,
): RefusedInput<Problem> {
  return from === undefined || to === undefined
    ? { ok: false, problem }
    : { ok: false, problem, at: { from, to } }
}

/** The first character outside `allowed`, counted from one; null where there is none. */
export function firstOutside(text: string, allowed: string): number | null {
  const index = [...text].findIndex((char) => !allowed.includes(char))
  return index === -1 ? null : index + 1
}
