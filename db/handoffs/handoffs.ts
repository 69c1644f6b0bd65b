import type { HandoffReason, Urgency } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'

/** A hand-off that keeps the bot silent, as a turn reads it. */
export type HeldHandoff = {
  id: string
  /** When the person last heard why nobody speaks. */
  toldAt: string
  /** When staff last answered; null: not yet. */
  answeredAt: string | null
  /** When the person has waited too long; null: it is not on us to speak. */
  dueAt: string | null
}

/** A hand-off that a turn opens. `dueAt`: when the person will have waited too long. */
export type OpenedHandoff = {
  id: string
  reason: HandoffReason
  flow: string | null
  dueAt: string
  urgent?: Urgency | null
}

/** What a silent turn changes: the person was told once more, or begins to wait again after an answer. */
/** `urgent`: staff are told anew. */
export type HeardHandoff = {
  id: string
  told: boolean
  dueAt: string | null
  urgent?: Urgency | null
}

/**
 * Who gives the conversation back to the bot, and whether that is the end of it. `dueAt`: only where this
 * is still when the wait has been too long.
 */
export type ReleasedHandoff = {
  id: string
  by: 'person' | 'staff' | 'time'
  dueAt?: string
}

type Turn = { sessionId: string; turn: number; at: string }

/** Opens a hand-off; one that ran out of time before is replaced by it. Constraint `handoffs.session_id`: one is held. */
export function openHandoff(
  { id, reason, flow, dueAt, urgent = null }: OpenedHandoff,
  { sessionId, turn, at }: Turn,
): Statement[] {
  return [
    {
      sql: `UPDATE handoffs SET closed_at = ?
        WHERE session_id = ? AND closed_at IS NULL AND released_at IS NOT NULL`,
      args: [at, sessionId],
    },
    {
      sql: `INSERT INTO handoffs (id, session_id, turn, reason, opened_at, flow, since_turn, due_at, told_at, urgent)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [id, sessionId, turn, reason, at, flow, turn, dueAt, at, urgent],
    },
  ]
}

/** What a silent turn leaves behind; nothing where it changes nothing. */
export function hearHandoff(
  { id, told, dueAt, urgent = null }: HeardHandoff,
  { turn, at }: Pick<Turn, 'turn' | 'at'>,
): Statement[] {
  const waits: Statement = {
    sql: 'UPDATE handoffs SET due_at = ?, since_turn = ? WHERE id = ? AND due_at IS NULL',
    args: [dueAt, turn, id],
  }
  const tells: Statement = {
    sql: 'UPDATE handoffs SET told_at = ? WHERE id = ?',
    args: [at, id],
  }
  // A new turn to wait from: the staff's group hears of it once more.
  const alarms: Statement = {
    sql: 'UPDATE handoffs SET urgent = coalesce(urgent, ?), since_turn = ? WHERE id = ?',
    args: [urgent, turn, id],
  }
  return [
    ...(dueAt === null ? [] : [waits]),
    ...(urgent === null ? [] : [alarms]),
    ...(told ? [tells] : []),
  ]
}

/** The bot speaks again. What merely ran out of time stays in the inbox. */
export function releaseHandoff({ id, by }: ReleasedHandoff, at: string): Statement {
  return {
    sql: `UPDATE handoffs SET released_at = ?, released_by = ?, due_at = NULL, closed_at = ?
      WHERE id = ? AND released_at IS NULL`,
    args: [at, by, by === 'time' ? null : at, id],
  }
}

/**
 * The session of a hand-off, as a value of a batch: null, which no turn accepts, once it is not held any more or
 * somebody has answered.
 */
export function sessionHeldBy({ id, dueAt }: ReleasedHandoff): Statement {
  return dueAt === undefined
    ? {
        sql: '(SELECT session_id FROM handoffs WHERE id = ? AND released_at IS NULL)',
        args: [id],
      }
    : {
        sql: '(SELECT session_id FROM handoffs WHERE id = ? AND released_at IS NULL AND due_at = ?)',
        args: [id, dueAt],
      }
}

/** Staff have answered: nobody waits for us until the person speaks again. */
export function noteAnswered(id: string, at: string): Statement {
  return {
    sql: `UPDATE handoffs SET answered_at = ?, first_answered_at = coalesce(first_answered_at, ?), due_at = NULL
      WHERE id = ?`,
    args: [at, at, id],
  }
}

/** Writes down an answer that was not written in the console. Constraint `handoff_desk_answers.id`: taken before. */
export function insertDeskAnswer(answer: {
  id: string
  handoffId: string
  by: string
  at: string
}): Statement {
  return {
    sql: 'INSERT INTO handoff_desk_answers (id, handoff_id, by, at) VALUES (?, ?, ?, ?)',
    args: [answer.id, answer.handoffId, answer.by, answer.at],
  }
}

/** The hand-offs in which somebody has waited too long by now, longest first. */
export async function listLateHandoffs(
  db: Database,
  now: string,
  limit: number,
): Promise<{ id: string; dueAt: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, due_at FROM handoffs WHERE released_at IS NULL AND due_at IS NOT NULL AND due_at <= ?
        ORDER BY due_at LIMIT ?`,
      args: [now, limit],
    },
  ])
  return rows.map(([id, dueAt]) => ({ id: String(id), dueAt: String(dueAt) }))
}

/** From when to when those waited who were answered since, newest first. */
export async function listWaits(
  db: Database,
  since: string,
  limit: number,
): Promise<{ from: string; to: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT opened_at, first_answered_at FROM handoffs
        WHERE first_answered_at IS NOT NULL AND first_answered_at >= ? ORDER BY first_answered_at DESC LIMIT ?`,
      args: [since, limit],
    },
  ])
  return rows.map(([from, to]) => ({ from: String(from), to: String(to) }))
}
