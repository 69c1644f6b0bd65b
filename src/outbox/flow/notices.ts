import { loadPreferences } from '../../../db/outbox/preferences.ts'
import {
  type NoticeChange,
  type NoticeSettings,
  type NoticesAsk,
  OwnKind,
} from '../../../flows/people/settings/reply.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'

/**
 * What this very contact has set about notices, with the change that is made in this turn; who has only
 * just come has set nothing.
 */
export async function answerNotices(
  { db }: Pick<Deps, 'db'>,
  { contactId, address }: Requester,
  { change }: NoticesAsk,
): Promise<NoticeSettings> {
  const set = await loadPreferences(db, contactId)
  const stored: NoticeSettings =
    set === null
      ? { muted: [], stopped: false, preferred: null, channels: [address.channel] }
      : { ...set, muted: [...set.muted], channels: [...set.channels] }
  return change === null ? stored : changed(stored, change)
}

function changed(settings: NoticeSettings, change: NoticeChange): NoticeSettings {
  if (!('kind' in change)) return { ...settings, ...change }
  const isMuted = (kind: OwnKind) =>
    kind === change.kind ? !change.on : settings.muted.includes(kind)
  return {
    ...settings,
    stopped: settings.stopped && !change.on,
    muted: OwnKind.options.filter(isMuted),
  }
}
