import type { ChannelType } from '../../../flows/engine/types.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'
import type { NoticeTemplate } from '../catalogue.ts'

/** A view with the words of these pages. */
export type NoticesView = View & {
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
  }
}

/** An address as it may be shown: the channel, and what is needed to tell two apart. */
export function maskAddress({ t }: View, to: { channel: ChannelType; id: string }): string {
  return `${t(`console.channel-${to.channel}`)} ···${to.id.slice(-3)}`
}
