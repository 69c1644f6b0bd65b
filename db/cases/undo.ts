import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Stage } from '../../flows/programme/lifecycle/stage.ts'
import type { Database, Statement } from '../core/database.ts'
import { first, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { outbox } from '../schema/outbox.ts'
import { CASE_MOVES, noticeId } from './events.ts'

/**
 * Takes a move back, for a batch: the event that stands against it, the case as it was before, and its notice, where nobody has
 * begun to send it. The batch fails with `cases.version` where somebody has, or where a voucher hangs on the move, and with
 * `case_events.case_id` where the case was moved since it was read.
 */
export async function undoMove(
  vault: Vault,
  undone: { caseId: string; event: CaseEvent; stage: Stage; stageAt: string },
): Promise<Statement[]> {
  const { caseId, event, stage, stageAt } = undone
  const notice = noticeId(caseId, event.ordinal - 1)
  return [
    {
      sql: `DELETE FROM outbox WHERE id = ? AND status = 'created' AND attempts = 0`,
      args: [notice],
    },
    await CASE_MOVES.insert(vault, caseId, event),
    {
      sql: `UPDATE cases SET stage = ?, outcome = ?, updated_at = ?, closed_at = NULL, stage_at = ?,
          version = CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE id = ?)
            OR EXISTS (SELECT 1 FROM vouchers v WHERE v.case_id = cases.id AND v.applied_at >= cases.stage_at)
            THEN NULL ELSE ? END
        WHERE id = ?`,
      args: [event.to, stage.outcome, event.at, stageAt, notice, event.ordinal, caseId],
    },
  ]
}

/** Whether the notice of a move still waits for a dispatcher; null: the move has none. */
export async function noticeWaits(
  db: Database,
  caseId: string,
  ordinal: number,
): Promise<boolean | null> {
  const one = `SELECT ${WAITS.columns} FROM outbox WHERE id = ?`
  const found = await first(db, one, [noticeId(caseId, ordinal)], WAITS)
  return found === null ? null : found.status === 'created' && found.attempts === 0
}
const WAITS = shape({ status: outbox.status, attempts: outbox.attempts })
