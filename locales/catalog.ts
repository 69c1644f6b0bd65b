import * as en from './en/index.ts'
import type { Locale, Namespaces } from './keys.ts'
import * as chinese from './zh-Hans/index.ts'

/** Every text of the product, by language and namespace. That Chinese has each text of English, types prove. */
export const catalog = { 'zh-Hans': chinese, en } satisfies Record<Locale, Namespaces>
