import { currentRevision } from '../../../db/policy/packs.ts'
import type { ChannelType } from '../../../flows/engine/types.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'
import { listTemplates, type NoticeTemplate } from '../catalogue.ts'

/** A view with the words of these pages. */
export type NoticesView = View & {
  templates: readonly NoticeTemplate[]
}

/** The view of a request, with every notice as today's programme words it. */
export async function noticesViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<NoticesView> {
  const revision = await currentRevision(deps.db, deps.programme)
  const policy = revision === null ? null : await deps.policies.load(revision)
  const templates = policy === null ? [] : listTemplates(policy.pack, deps.translate, deps.webUrl())
  return { ...viewOf(deps, c), templates }
}

/** An address as it may be shown: the channel, and what is needed to tell two apart. */
export function maskAddress({ t }: View, to: { channel: ChannelType; id: string }): string {
  return `${t(`console.channel-${to.channel}`)} ···${to.id.slice(-3)}`
}
