import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

/** What is said where a notice has no words for a channel that may carry nothing personal. */
export function elsewhereWords(
  { translate, webUrl }: Pick<Deps, 'translate' | 'webUrl'>,
  locale: Locale,
): RenderedMessage {
  const text = translate(locale, 'notices.elsewhere', { url: webUrl() })
  return { text, quickReplies: [], numbered: false }
}
