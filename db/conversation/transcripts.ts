import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { toldApart } from './apart.ts'
import {
  entryContext,
  type HeardMessage,
  openEntry,
  type TranscriptEntry,
} from './stored-sessions.ts'

/** One line of a conversation, as a person saw it. `entry` grows with time and counts turns and notices. */
export type TranscriptLine = {
  entry: number
  /** The turn it belongs to; 0 for a notice, which we began. */
  turn: number
  direction: 'in' | 'out'
  body: RenderedMessage
  /** Of what came in: how it came, and whether staff have got it. */
  heard?: HeardMessage
  /** The event that brought it, or the notice. */
  event: string
  at: string
  /** The flows that spoke in its turn; none: a notice, or staff had the conversation. */
  path: readonly string[]
  /** The flow whose question was open when it was said. */
  asked: string | null
}

/**
 * The lines of an address's conversation after an entry, oldest first, for the person alone; `after` 0 means the last
 * entries. What no transcript keeps is there as long as it was said last.
 */
export async function loadTranscript(
  db: Database,
  vault: Vault,
  { channel, id }: Address,
  after: number,
  limit: number,
): Promise<TranscriptLine[]> {
  return select(db, vault, 's.channel = ? AND s.external_id = ?', [channel, id], after, limit, true)
}

/** The same of one session, for staff. */
export async function loadSessionTranscript(
  db: Database,
  vault: Vault,
  sessionId: string,
  after: number,
  limit: number,
): Promise<TranscriptLine[]> {
  return select(db, vault, 's.id = ?', [sessionId], after, limit)
}

/** A part of a conversation, oldest first; `earlier`: there is more before its first line. */
export type TalkPart = { lines: TranscriptLine[]; earlier: boolean }

/** The entries of a session that stand before one, or its last ones where `before` is 0: `limit` of them. */
export async function loadTalkPart(
  db: Database,
  vault: Vault,
  sessionId: string,
  { before, limit }: { before: number; limit: number },
): Promise<TalkPart> {
  const whose = before === 0 ? 's.id = ?' : 's.id = ? AND t.id < ?'
  const who = before === 0 ? [sessionId] : [sessionId, before]
  const lines = await select(db, vault, whose, who, 0, limit + 1)
  const entries = [...new Set(lines.map(({ entry }) => entry))]
  const earlier = entries.length > limit
  return { lines: earlier ? lines.filter(({ entry }) => entry !== entries[0]) : lines, earlier }
}

async function select(
  db: Database,
  vault: Vault,
  whose: string,
  who: readonly SqlValue[],
  after: number,
  limit: number,
  own = false,
): Promise<TranscriptLine[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, session_id, event_id, turn, body, at, path, before, memory FROM (
          SELECT t.id, t.session_id, t.event_id, t.turn, t.body, t.at, t.path, ${own ? 's.memory' : 'NULL AS memory'},
            (SELECT p.path FROM turns p WHERE p.session_id = t.session_id AND p.turn < t.turn AND p.path <> ''
              ORDER BY p.turn DESC LIMIT 1) AS before
          FROM turns t
          JOIN sessions s ON s.id = t.session_id
          WHERE ${whose} AND t.id > ?
          ORDER BY t.id ${after === 0 ? 'DESC' : 'ASC'} LIMIT ?
        ) ORDER BY id`,
      args: [...who, after, limit],
    },
  ])
  const entries = await Promise.all(
    rows.map(async ([id, session, event, turn, body, at, path, before, memory]) => {
      const [sessionId, eventId] = [String(session), String(event)]
      const entry = await openEntry(vault, sessionId, eventId, body)
      const said = (await toldApart(vault, sessionId, eventId, entry, memory)) ?? entry.said
      return {
        id: Number(id),
        turn: Number(turn ?? 0),
        at: String(at),
        path: flowsOf(path),
        asked: flowsOf(before).at(-1) ?? null,
        event: eventId,
        ...entry,
        said,
      }
    }),
  )
  return entries.flatMap(linesOf)
}

/** The flows of a turn's path, such as `apply.asking policy-question.answering`. */
function flowsOf(path: SqlValue | undefined): string[] {
  return String(path ?? '')
    .split(' ')
    .filter((step) => step !== '')
    .map((step) => step.slice(0, step.indexOf('.')))
}

function linesOf({
  id,
  turn,
  at,
  path,
  asked,
  event,
  heard,
  also = [],
  said,
}: TranscriptEntry &
  Pick<TranscriptLine, 'turn' | 'at' | 'path' | 'asked' | 'event'> & { id: number }) {
  const line = (direction: 'in' | 'out', body: RenderedMessage): TranscriptLine => ({
    entry: id,
    turn,
    direction,
    body,
    at,
    path,
    asked,
    event,
  })
  return [
    ...(heard === undefined ? [] : [heard, ...also]).map((one) => ({
      ...line('in', one),
      heard: one,
    })),
    ...said.map((body) => line('out', body)),
  ]
}

/**
 * Puts a notice into the transcript as it is sent, so that the conversation shows it where it came;
 * once, however often it is noted. Nothing where the address has never said a word.
 */
export async function noteNotice(
  db: Database,
  vault: Vault,
  { channel, id }: Address,
  notice: Notice,
): Promise<Statement[]> {
  const [rows = []] = await db.read([
    { sql: 'SELECT id FROM sessions WHERE channel = ? AND external_id = ?', args: [channel, id] },
  ])
  const [sessionId] = rows[0] ?? []
  return sessionId == null ? [] : noteNoticeIn(vault, String(sessionId), notice)
}

type Notice = { id: string; body: RenderedMessage; at: string }

/** The same for a conversation that is known; nothing where it is gone meanwhile. */
export async function noteNoticeIn(
  vault: Vault,
  sessionId: string,
  notice: Notice,
): Promise<Statement[]> {
  const eventId = `notice:${notice.id}`
  const body = await vault.seal(
    JSON.stringify({ said: [notice.body] }),
    entryContext(sessionId, eventId),
  )
  return [
    {
      sql: `INSERT OR IGNORE INTO turns (session_id, turn, event_id, path, replies, body, at)
        SELECT id, NULL, ?, '', 0, ?, ? FROM sessions WHERE id = ?`,
      args: [eventId, body, notice.at, sessionId],
    },
  ]
}
