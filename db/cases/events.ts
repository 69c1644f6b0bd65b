import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import { FACT_FIELDS } from '../../flows/programme/form/application-facts.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { Role, type Stage } from '../../flows/programme/lifecycle/stage.ts'
import type { Statement } from '../core/database.ts'
import { sealedMoves } from '../core/lifecycle-events.ts'
import type { Vault } from '../core/vault.ts'
import { enqueue } from '../outbox/outbox.ts'
import { caseEvents } from '../schema/cases.ts'
import { type CaseContent, CONTENT_COLUMNS, contentValues, identityIndex } from './content.ts'
import { unmarkClaims } from './marks.ts'
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
          ...(touchesFacts(event) ? unmarkClaims(caseId) : []),
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

/** Whether what puts the case before others may be another with this move: an applicant's change may touch anything. */
function touchesFacts({ amended }: CaseEvent): boolean {
  return amended === undefined || FACT_FIELDS.includes(amended.field)
}

async function twice<Value>(value: Promise<Value>): Promise<[Value, Value]> {
  const known = await value
  return [known, known]
}

/** The id of a move's notice in the outbox. */
export function noticeId(caseId: string, ordinal: number): string {
  return `notice:case:${caseId}:${ordinal}`
}

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
