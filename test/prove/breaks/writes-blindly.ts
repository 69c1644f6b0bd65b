import { commitTurn as commit } from '../../../db/conversation/commit-turn.ts'
import { ConstraintError } from '../../../db/core/database.ts'

export * from '../../../db/conversation/commit-turn.ts'

/** A seeded bug: who comes second takes the next number and version, and writes what was thought out before the first. */
export const commitTurn: typeof commit = async (db, vault, write, store) => {
  try {
    await commit(db, vault, write, store)
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error
    const [events = [], sessions = []] = await db.read([
      { sql: 'SELECT 1 FROM turns WHERE event_id = ?', args: [write.eventId] },
      {
        sql: 'SELECT id, contact_id, turn, version FROM sessions WHERE channel = ? AND external_id = ?',
        args: [write.from.channel, write.from.id],
      },
    ])
    const [sessionId, contactId, turn, version] = sessions[0] ?? []
    if (events.length > 0 || sessionId == null) throw error
    const next = {
      sessionId: String(sessionId),
      contactId: String(contactId),
      turn: Number(turn) + 1,
      version: Number(version) + 1,
    }
    await commit(db, vault, { ...write, ...next, isNew: false }, store)
  }
}
