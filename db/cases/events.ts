import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { Role, type Stage } from '../../flows/programme/lifecycle/stage.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { enqueue } from '../outbox/outbox.ts'
import { type CaseContent, CONTENT_COLUMNS, contentValues, identityIndex } from './content.ts'

/** A move of a case, with all that follows from it. */
export type CaseMove = {
  caseId: string
  /** What `applyMove` made of the request, upon the events as they were read. */
  event: CaseEvent
  stage: Stage
  /** What the applicant changed with it. */
  content?: CaseContent & { number: string }
  /** `brief`: for a channel that may not carry what is personal, should it have to go there. */
  notice?: { to: Address; body: RenderedMessage; brief?: RenderedMessage; expiresAt: string }
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
    await insertEvent(vault, caseId, event),
    {
      sql: `UPDATE cases SET stage = ?, version = ?, outcome = ?, updated_at = ?, closed_at = ?,
          completed_at = coalesce(?, completed_at), stage_at = coalesce(?, stage_at) WHERE id = ?`,
      args: [
        to,
        ordinal,
        stage.outcome,
        at,
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
        ]),
    ...(notice === undefined
      ? []
      : [
          await enqueue(vault, {
            ...notice,
            id: `notice:case:${caseId}:${ordinal}`,
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

/** The row of an event. */
export async function insertEvent(
  vault: Vault,
  caseId: string,
  event: CaseEvent,
): Promise<Statement> {
  const { ordinal, move, from, to, role, actor, reasons, missing, note, at } = event
  return {
    sql: `INSERT INTO case_events
      (case_id, ordinal, move, from_stage, to_stage, role, actor, actor_id, reasons, details, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      caseId,
      ordinal,
      move,
      from,
      to,
      role,
      actor,
      event.actorId ?? null,
      JSON.stringify(reasons),
      missing.length === 0 && note === null
        ? null
        : await vault.seal(JSON.stringify({ missing, note }), detailsContext(caseId, ordinal)),
      at,
    ],
  }
}

/** Where the details of an event are sealed for. */
export function detailsContext(caseId: string, ordinal: number): string {
  return `case:${caseId}:event:${ordinal}`
}

/** The history of a case, in order. Erased details are as if there had been none. */
export async function loadEvents(db: Database, vault: Vault, caseId: string): Promise<CaseEvent[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ordinal, move, from_stage, to_stage, role, actor, reasons, details, at, actor_id
        FROM case_events WHERE case_id = ? ORDER BY ordinal`,
      args: [caseId],
    },
  ])
  return Promise.all(rows.map((row) => parseEvent(vault, caseId, row)))
}

async function parseEvent(
  vault: Vault,
  caseId: string,
  row: readonly SqlValue[],
): Promise<CaseEvent> {
  const [ordinal, move, from, to, role, actor, reasons, details, at, actorId] = row
  return {
    ordinal: Number(ordinal),
    move: String(move),
    from: String(from),
    to: String(to),
    role: Role.parse(role),
    actor: actor === null ? null : String(actor),
    ...(actorId == null ? {} : { actorId: String(actorId) }),
    reasons: JSON.parse(String(reasons)),
    ...(await openDetails(vault, details, detailsContext(caseId, Number(ordinal)))),
    at: String(at),
  }
}

async function openDetails(
  vault: Vault,
  details: SqlValue | undefined,
  context: string,
): Promise<Pick<CaseEvent, 'missing' | 'note'>> {
  return details instanceof Uint8Array
    ? JSON.parse(await vault.openText(details, context))
    : { missing: [], note: null }
}
