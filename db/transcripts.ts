import type { Address, RenderedMessage } from '../flows/engine/types.ts'
import type { Database, Statement } from './database.ts'

/** One line of a conversation, as a person saw it. `id` grows with time. */
export type TranscriptLine = {
  id: number
  /** The turn it belongs to; 0 for a notice, which we began. */
  turn: number
  direction: 'in' | 'out'
  body: RenderedMessage
  at: string
}

/** The lines of an address's conversation after a line, oldest first; `after` 0 means the last ones. */
export async function loadTranscript(
  db: Database,
  { channel, id }: Address,
  after: number,
  limit: number,
): Promise<TranscriptLine[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, turn, direction, body, at FROM (
          SELECT m.id, m.turn, m.direction, m.body, m.at FROM messages m
          JOIN sessions s ON s.id = m.session_id
          WHERE s.channel = ? AND s.external_id = ? AND m.id > ?
          ORDER BY m.id ${after === 0 ? 'DESC' : 'ASC'} LIMIT ?
        ) ORDER BY id`,
      args: [channel, id, after, limit],
    },
  ])
  return rows.map(([line, turn, direction, body, at]) => ({
    id: Number(line),
    turn: Number(turn),
    direction: direction === 'in' ? 'in' : 'out',
    body: JSON.parse(String(body)) as RenderedMessage,
    at: String(at),
  }))
}

/** Puts a notice into the transcript as it is sent, so that the conversation shows it where it came. */
export function noteNotice({ channel, id }: Address, body: RenderedMessage, at: string): Statement {
  return {
    sql: `INSERT INTO messages (session_id, turn, ordinal, direction, body, at)
      SELECT id, 0, 0, 'out', ?, ? FROM sessions WHERE channel = ? AND external_id = ?`,
    args: [JSON.stringify(body), at, channel, id],
  }
}
