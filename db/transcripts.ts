import type { Address, RenderedMessage } from '../flows/engine/types.ts'
import type { Database } from './database.ts'

/** One line of a conversation, as a person saw it. `id` grows with time. */
export type TranscriptLine = {
  id: number
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
      sql: `SELECT id, direction, body, at FROM (
          SELECT m.id, m.direction, m.body, m.at FROM messages m
          JOIN sessions s ON s.id = m.session_id
          WHERE s.channel = ? AND s.external_id = ? AND m.id > ?
          ORDER BY m.id ${after === 0 ? 'DESC' : 'ASC'} LIMIT ?
        ) ORDER BY id`,
      args: [channel, id, after, limit],
    },
  ])
  return rows.map(([line, direction, body, at]) => ({
    id: Number(line),
    direction: direction === 'in' ? 'in' : 'out',
    body: JSON.parse(String(body)) as RenderedMessage,
    at: String(at),
  }))
}
