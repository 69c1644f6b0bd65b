import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { SqlValue } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { openMemory, type TranscriptEntry } from './stored-sessions.ts'

/** What a transcript keeps of a tip-off. */
export const APART_MARK: RenderedMessage = {
  text: '[tip-off]',
  quickReplies: [],
  wants: 'apart',
}

/** What was said in a turn that no transcript keeps, as long as it is the newest; null: any other turn. */
export async function toldApart(
  vault: Vault,
  sessionId: string,
  eventId: string,
  entry: TranscriptEntry,
  memory: SqlValue | undefined,
): Promise<readonly RenderedMessage[] | null> {
  if (entry.apart !== true || !(memory instanceof Uint8Array)) return null
  const told = (await openMemory(vault, sessionId, memory))?.told
  return told?.eventId === eventId ? told.said : null
}
