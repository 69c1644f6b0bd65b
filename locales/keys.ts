import type common from './en/common.json'
import type menu from './en/menu.json'
import type policy from './en/policy.json'
import type prescreen from './en/prescreen.json'
import type programme from './en/programme.json'
import type settings from './en/settings.json'
import type telegram from './en/telegram.json'
import type web from './en/web.json'

/** The languages of the product: Chinese first. */
export const LOCALES = ['zh-Hans', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** One file per namespace; English gives the names, the catalogue proves the others complete. */
export type Namespaces = {
  common: typeof common
  menu: typeof menu
  policy: typeof policy
  prescreen: typeof prescreen
  programme: typeof programme
  settings: typeof settings
  telegram: typeof telegram
  web: typeof web
}

/** `namespace.key`, so that a text that does not exist cannot be named. */
export type MessageKey = {
  [N in keyof Namespaces & string]: `${N}.${keyof Namespaces[N] & string}`
}[keyof Namespaces & string]

/** The language of a BCP 47 tag as far as we speak it: `zh-*` is Chinese, all else English. */
export function localeOf(tag: string | null | undefined): Locale {
  return tag == null || /^(zh\b|\*|$)/i.test(tag) ? 'zh-Hans' : 'en'
}
