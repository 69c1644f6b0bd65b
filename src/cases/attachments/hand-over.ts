import type { ChannelType } from '../../../flows/engine/types.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type FileDeps, keepFile } from './keep-file.ts'

/**
 * Keeps the files that a gateway hands over before the events that speak of them; none where the channel
 * may not take personal data. What is not kept is told to the person in the turn of that event.
 */
export function createHandOver(
  deps: FileDeps & Pick<Deps, 'personalData'>,
  channel: ChannelType,
): (file: { id: string; bytes: Uint8Array; name: string }) => Promise<void> {
  return async ({ id, bytes, name }) => {
    if (!deps.personalData(channel)) return
    await keepFile(deps, { source: handedOver(channel, id), channel, from: null, bytes, name })
  }
}

/** The source of a file that was handed over by this name. */
export function handedOver(channel: ChannelType, mediaId: string): string {
  return `${channel}:media:${mediaId}`
}
