import type { ChannelType } from '../../flows/engine/types.ts'
import type { Deps } from '../kernel/deps.ts'

/** The channels on which broadcasts go out. */
export function broadcastChannels(channels: Deps['channels']): ChannelType[] {
  return [...channels.values()]
    .filter(({ limits }) => limits.broadcasts !== false)
    .map(({ type }) => type)
}
