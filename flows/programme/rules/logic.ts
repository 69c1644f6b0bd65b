/** Three-valued logic (Kleene): what is not known stays `unknown` until it can no longer matter. */
export type Truth = 'yes' | 'no' | 'unknown'

/** A fact as a truth. */
export function truthOf(fact: boolean): Truth {
  return fact ? 'yes' : 'no'
}

/** `no` as soon as one is no, `yes` when all are; nothing at all is `yes`. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no'
  return truths.includes('unknown') ? 'unknown' : 'yes'
}

/** `yes` as soon as one is yes, `no` when all are; nothing at all is `no`. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return truths.includes('unknown') ? 'unknown' : 'no'
}

/** The opposite; the opposite of not knowing is not knowing. */
export function negate(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown'
  return truth === 'yes' ? 'no' : 'yes'
}
