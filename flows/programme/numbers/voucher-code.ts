/** 32 characters that no one confuses: without 0 O 1 I. Each is five bits. */
export const VOUCHER_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A code is so many by chance, so many of an HMAC by which the office knows its own, and two of check. */
export const CODE_PARTS = { chance: 9, proof: 5, check: 2 } as const

const LENGTH = CODE_PARTS.chance + CODE_PARTS.proof + CODE_PARTS.check

export type VoucherCode =
  | { readonly ok: true; readonly code: string }
  /** malformed: not 16 of the characters that codes have · slip: it looks like one, with a slip in it. */
  | { readonly ok: false; readonly problem: 'empty' | 'malformed' | 'slip' }

/**
 * Reads a code that was typed, with or without dashes, in small letters or full width. The two check
 * characters (a Reed-Solomon code over GF(32)) find every one or two wrong characters and every swap, so
 * that a slip is found without asking anybody. A good code may still be nobody's: only the office knows.
 */
export function parseVoucherCode(typed: string): VoucherCode {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.·_]/gu, '')
  if (code === '') return { ok: false, problem: 'empty' }
  if (code.length !== LENGTH || [...code].some((one) => !VOUCHER_ALPHABET.includes(one))) {
    return { ok: false, problem: 'malformed' }
  }
  return withCheck(code.slice(0, -CODE_PARTS.check)) === code
    ? { ok: true, code }
    : { ok: false, problem: 'slip' }
}

/**
 * A code with its two check characters. Every code word is a multiple of (x - 1)(x - 2) over GF(32): two
 * words differ in three places at least. Throws for what is not of the alphabet.
 */
export function withCheck(body: string): string {
  let first = 0
  let second = 0
  for (const character of body) {
    const value = VOUCHER_ALPHABET.indexOf(character)
    if (value < 0) throw new Error('a voucher code has another alphabet')
    // The remainder of division by x² + 3x + 2, that is (x + 1)(x + 2) in characteristic two.
    const lead = first ^ value
    first = second ^ times(3, lead)
    second = times(2, lead)
  }
  return body + character(first) + character(second)
}

/** Four groups of four, as people read it: `ABCD-EFGH-JKLM-NPQR`. */
export function formatVoucherCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}

function character(value: number): string {
  return VOUCHER_ALPHABET[value] ?? ''
}

/** Multiplication in GF(32) by x⁵ + x² + 1. */
function times(left: number, right: number): number {
  let product = 0
  for (let bit = 0; bit < 5; bit++) {
    if ((right >> bit) & 1) product ^= left << bit
  }
  for (let bit = 9; bit >= 5; bit--) {
    if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5)
  }
  return product
}
