import * as en from './en/chat.ts'
import type { Locale } from './keys.ts'
import * as chinese from './zh-Hans/chat.ts'

/** The texts that people meet, and staff in their own chats, without those of the office's pages. */
export const chatCatalog = { 'zh-Hans': chinese, en } satisfies Record<Locale, typeof en>
