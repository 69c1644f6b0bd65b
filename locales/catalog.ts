import * as en from './en/index.ts'
import type { Locale, MessageKey, Namespaces } from './keys.ts'
import * as chinese from './zh-Hans/index.ts'

/** Every text of the product, by language and namespace. That Chinese has each text of English, types prove. */
export const catalog = { 'zh-Hans': chinese, en } satisfies Record<Locale, Namespaces>

/** Whether there is a text of this name. */
export function isMessageKey(name: string): name is MessageKey {
  const [namespace = '', ...key] = name.split('.')
  const texts = Object.entries(catalog.en).find(([id]) => id === namespace)?.[1]
  return texts !== undefined && key.join('.') in texts
}
