import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { Role, type Stage } from '../../flows/programme/lifecycle/stage.ts'
import type { Database, Statement } from '../core/database.ts'
import { sealedMoves } from '../core/lifecycle-events.ts'
import { first, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { enqueue } from '../outbox/outbox.ts'
import { caseEvents } from '../schema/cases.ts'
import { outbox } from '../schema/outbox.ts'
import { type CaseContent, CONTENT_COLUMNS, contentValues, identityIndex } from './content.ts'
import { indexForSearch } from './search-index.ts'

/** A move of a case, with all that follows from it. */
export type CaseMove = {
  caseId: string
  /** What `applyMove` made of the request, upon the events as they were read. */
  event: CaseEvent
  stage: Stage
  /** What the applicant changed with it. */
  content?: CaseContent & { number: string; district: string }
  /** `brief`: for a channel that may not carry what is personal, should it have to go there. */
  notice?: {
    to: Address
    body: RenderedMessage
    brief?: RenderedMessage
    expiresAt: string
    /** When it is due; at once where it is left out. */
    notBefore?: string
  }
}

/**
 * A move for a batch. The event's ordinal is the optimistic lock: where somebody else has moved the
 * case since it was read, the batch fails with a `ConstraintError` of `case_events.case_id`, and
 * neither the move nor its notice is written. The notice is one message, however often it is tried.
 */
export async function moveCase(vault: Vault, move: CaseMove): Promise<Statement[]> {
  const { caseId, event, stage, content, notice } = move
  const { to, at, ordinal } = event
  const completes = event.role === 'applicant' && event.from !== to && stage.outcome === null
  return [
    await CASE_MOVES.insert(vault, caseId, event),
    {
      sql: `UPDATE cases SET stage = ?, version = ?, outcome = ?, updated_at = ?, closed_at = CASE WHEN ? THEN closed_at ELSE ? END,
          completed_at = coalesce(?, completed_at), stage_at = coalesce(?, stage_at) WHERE id = ?`,
      args: [
        to,
        ordinal,
        stage.outcome,
        at,
        Number(event.from === to),
        stage.final ? at : null,
        completes ? at : null,
        event.from === to ? null : at,
        caseId,
      ],
    },
    ...(content === undefined
      ? []
      : [
          {
            // Another identity number may be one that another contact's application has.
            sql: `UPDATE cases SET is_double = CASE WHEN identity_index IS ? THEN is_double ELSE
                EXISTS (SELECT 1 FROM cases o WHERE o.id <> cases.id AND o.programme_id = cases.programme_id
                  AND o.identity_index = ? AND o.contact_id IS NOT cases.contact_id
                  AND (o.outcome IS NULL OR o.outcome = 'granted')) END,
              (${CONTENT_COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`,
            args: [
              ...(await twice(identityIndex(vault, content.applicant.identityNumber))),
              ...(await contentValues(vault, caseId, content.number, content)),
              caseId,
            ],
          },
          ...(await indexForSearch(vault, caseId, content)),
        ]),
    ...(notice === undefined
      ? []
      : [
          await enqueue(vault, {
            ...notice,
            id: noticeId(caseId, ordinal),
            origin: 'notice',
            kind: 'case',
            template: `case.${event.move}`,
            at,
          }),
        ]),
  ]
}

async function twice<Value>(value: Promise<Value>): Promise<[Value, Value]> {
  const known = await value
  return [known, known]
}

function noticeId(caseId: string, ordinal: number): string {
  return `notice:case:${caseId}:${ordinal}`
}

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

/** Where the details of an event are sealed for. */
export function detailsContext(caseId: string, ordinal: number): string {
  return `case:${caseId}:event:${ordinal}`
}

type CaseWords = Pick<CaseEvent, 'missing' | 'note' | 'amended'>

/** How moves of cases are kept. */
export const CASE_MOVES = sealedMoves({
  table: caseEvents,
  of: caseEvents.caseId,
  from: caseEvents.fromStage,
  to: caseEvents.toStage,
  role: Role.parse,
  words: ({ missing, note, amended }: CaseEvent): CaseWords | null =>
    missing.length === 0 && note === null && amended === undefined
      ? null
      : { missing, note, ...(amended === undefined ? {} : { amended }) },
  nothing: { missing: [], note: null },
  sealedFor: detailsContext,
})
/** The history of a case, in order. */
export const loadEvents = CASE_MOVES.list
