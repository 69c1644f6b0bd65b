import type { ChannelType } from '../../../flows/engine/types.ts'
import type { MessageKey, Namespaces } from '../../../locales/keys.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'
import type { NoticeTemplate } from '../catalogue.ts'

type NoticesKey = keyof Namespaces['notices']
type Params = Readonly<Record<string, string | number>>

/** A view with the words of these pages. */
export type NoticesView = View & {
  n: (key: NoticesKey, params?: Params) => string
  templates: readonly NoticeTemplate[]
}

/** The view of a request. */
export function noticesViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
  templates: readonly NoticeTemplate[],
): NoticesView {
  const view = viewOf(deps, c)
  return {
    ...view,
    templates,
    n: (key, params) => deps.translate(view.locale, `notices.${key}` as MessageKey, params),
  }
}

/** An address as it may be shown: the channel, and what is needed to tell two apart. */
export function maskAddress({ t }: View, to: { channel: ChannelType; id: string }): string {
  return `${t(`channel-${to.channel}`)} ···${to.id.slice(-3)}`
}
