import type { Statement } from '../core/database.ts'

/** A row that is sent again by hand is of use for so long, where its own time is over. */
const AGAIN_DAYS = 3
/** What staff may send again or leave: it is over, and not well. */
const FAILED = `status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt')`

type Act = { seq: number; staffId: string; at: string }

/**
 * Statements that put a failed row into the queue once more, with a fresh three days of tries; what may
 * have arrived stays marked. Nothing where the row is not failed any more, as with a second click.
 */
export function sendAgain({ seq, staffId, at }: Act): Statement[] {
  const until = new Date(Date.parse(at) + AGAIN_DAYS * 86_400_000).toISOString()
  return [
    note('sent-again', { seq, staffId, at }),
    {
      sql: `UPDATE outbox SET status = 'created', next_attempt_at = ?, first_tried_at = NULL, left_at = NULL,
          last_error = NULL, expires_at = max(expires_at, ?) WHERE seq = ? AND ${FAILED}`,
      args: [at, until, seq],
    },
  ]
}

/** Statements that leave a failed row as it is: staff have seen it, and nothing more is to be done. */
export function leaveAsIs({ seq, staffId, at }: Act): Statement[] {
  return [
    note('left', { seq, staffId, at }),
    {
      sql: `UPDATE outbox SET left_at = ? WHERE seq = ? AND left_at IS NULL AND ${FAILED}`,
      args: [at, seq],
    },
  ]
}

function note(what: 'sent-again' | 'left', { seq, staffId, at }: Act): Statement {
  return {
    sql: `INSERT INTO outbox_history (seq, what, staff_id, at)
      SELECT seq, ?, ?, ? FROM outbox WHERE seq = ? AND ${FAILED}`,
    args: [what, staffId, at, seq],
  }
}
