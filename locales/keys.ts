import type * as en from './en/index.ts'

/** The languages of the product: Chinese first. */
export const LOCALES = ['zh-Hans', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/**
 * The namespaces of the texts: one file each, listed in `<language>/index.ts`. English gives the names, the
 * catalogue proves the others complete.
 */
export type Namespaces = typeof en

/** `namespace.key`, so that a text that does not exist cannot be named. */
export type MessageKey = {
  [N in keyof Namespaces & string]: `${N}.${keyof Namespaces[N] & string}`
}[keyof Namespaces & string]

/** The language of a BCP 47 tag as far as we speak it: `zh-*` is Chinese, all else English. */
export function localeOf(tag: string | null | undefined): Locale {
  return tag == null || /^(zh\b|\*|$)/i.test(tag) ? 'zh-Hans' : 'en'
}
