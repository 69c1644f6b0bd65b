import { type LoadedCase, loadCaseFile } from '../../db/cases/case-file.ts'
import type { CaseHead } from '../../db/cases/cases.ts'
import { moveCase } from '../../db/cases/events.ts'
import type { Statement } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import { type AuditDraft, hashOf } from '../../db/staff/audit.ts'
import { moveAction } from '../../db/staff/audit-actions.ts'
import { piecesOf } from '../../flows/programme/form/required-items.ts'
import {
  applyMove,
  type CaseEvent,
  deriveStage,
  type MoveProblem,
  type MoveRequest,
} from '../../flows/programme/lifecycle/application-stages.ts'
import { type Standing, standingFor } from '../../flows/programme/lifecycle/machine.ts'
import type { Move, Stage } from '../../flows/programme/lifecycle/stage.ts'
import { commit } from '../kernel/commit/commit.ts'
import { type CaseNotice, caseNotice, type NoticeContext } from './case-notice.ts'

/** What moving a case needs; `pack` is of a programme that takes applications. */
export type CaseContext = NoticeContext & {
  vault: Vault
  now: () => string
  /** So long the notice of a member of staff's move waits, so that they can take it back. */
  undoSeconds?: number
}

/** `version`: that of the case as the person who decides saw it; without it, the case is taken as it is. */
export type CaseMoveRequest = Omit<MoveRequest, 'at'> & {
  number: string
  version?: number
  /** What else belongs to the batch. */
  also?: readonly Statement[]
}

type Refused = {
  ok: false
  problem:
    | MoveProblem
    | { kind: 'no-such-case' }
    /** Somebody else made this move since the case was looked at. */
    | { kind: 'conflict'; by: CaseEvent }
  /** The version, and the moves that this person may make now; null where there is no case. */
  standing: Standing<Move> | null
}

/** `again`: the same person had made this very move upon the same look already, as with a double click. */
export type CaseMoved =
  | { ok: true; head: CaseHead; event: CaseEvent; notified: boolean; again: boolean }
  | Refused

/** What a move would be: nothing of it is written. */
export type PlannedMove =
  | { ok: true; head: CaseHead; event: CaseEvent; stage: Stage; notice: CaseNotice | null }
  | Refused

/**
 * Moves a case for staff, with its notice to the applicant and its entry in the audit, in one batch. Who
 * comes second is told who came first, and nothing of theirs is written. `loaded`: the case as it was read for
 * this request; it is read anew where somebody was faster.
 */
export async function moveCaseNow(
  context: CaseContext,
  request: CaseMoveRequest,
  loaded: LoadedCase | null = null,
): Promise<CaseMoved> {
  const { db, vault } = context
  let seen = request.version
  let known = loaded
  return commit<CaseMoved>(db, {
    plan: async () => {
      const wanted = seen === undefined ? request : { ...request, version: seen }
      const file = known ?? (await loadCaseFile(db, vault, { number: request.number }))
      known = null
      const planned = await planMove(context, wanted, file)
      if (!planned.ok) return { made: madeBefore(file, wanted) ?? planned }
      const { head, event, stage, notice } = planned
      const { write, audit } = await writeOf(context, planned)
      // Whoever is first from now on is told of, and not decided over.
      seen = head.version
      const after = { ...head, stage: event.to, version: event.ordinal, outcome: stage.outcome }
      return {
        result: { ok: true, head: after, event, notified: notice !== null, again: false },
        write: [...write, ...(request.also ?? [])],
        audit: [audit],
      }
    },
    races: ['case_events.case_id'],
  })
}

/** What a planned move writes: itself, its notice, and its entry in the audit. */
export async function writeOf(
  context: CaseContext,
  { head, event, stage, notice }: Extract<PlannedMove, { ok: true }>,
): Promise<{ write: Statement[]; audit: AuditDraft }> {
  const { vault } = context
  const move = { caseId: head.id, event, stage }
  const due = dueOf(context, event)
  return {
    write: await moveCase(
      vault,
      notice === null ? move : { ...move, notice: { ...notice, ...due } },
    ),
    audit: await entryOf(head, event),
  }
}

/** When the notice of a move may go: not before it can no longer be taken back. */
function dueOf(
  { undoSeconds = 0 }: CaseContext,
  { actorId, at }: CaseEvent,
): { notBefore?: string } {
  if (undoSeconds === 0 || actorId === undefined) return {}
  return { notBefore: new Date(Date.parse(at) + undoSeconds * 1000).toISOString() }
}

/** What a move would do to a case as it was loaded, and what the applicant would be told. */
export async function planMove(
  context: CaseContext,
  request: CaseMoveRequest,
  file: LoadedCase | null,
): Promise<PlannedMove> {
  const { pack, now } = context
  if (file === null) return { ok: false, problem: { kind: 'no-such-case' }, standing: null }
  const { head, events } = file
  const last = events.at(-1)
  if (request.version !== undefined && request.version !== head.version && last !== undefined) {
    const standing = standingFor(pack.stages, { state: head.stage, events }, request.actor)
    return { ok: false, problem: { kind: 'conflict', by: last }, standing }
  }
  const derived = deriveStage(pack.stages, events)
  if (!derived.ok || derived.stage !== head.stage) {
    throw new Error(`the stage of case ${head.number} is not what its events say`)
  }
  const pieces = pack.form === undefined ? [] : piecesOf(pack.form)
  const state = { stage: head.stage, events }
  const moved = applyMove(pack.stages, state, { ...request, at: now() }, pieces)
  if (!moved.ok) return moved
  const { event, stage } = moved
  return { ok: true, head, event, stage, notice: await caseNotice(context, head, event) }
}

/** That what came first was this very act: then it is done, and done once. */
function madeBefore(file: LoadedCase | null, request: CaseMoveRequest): CaseMoved | null {
  const first = file?.events[request.version ?? -1]
  return file != null && first !== undefined && isSameAct(first, request)
    ? { ok: true, head: file.head, event: first, notified: false, again: true }
    : null
}

function isSameAct(event: CaseEvent, request: CaseMoveRequest): boolean {
  const { actor, move, reasons = [], missing = [], note = null } = request
  const pieces = (list: CaseEvent['missing']) => list.map(({ kind, id }) => `${kind}:${id}`)
  return (
    actor.id !== undefined &&
    event.actorId === actor.id &&
    event.move === move &&
    isSameSet(event.reasons, reasons) &&
    isSameSet(pieces(event.missing), pieces(missing)) &&
    (event.note ?? '') === (note ?? '').trim()
  )
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join(' ') === [...new Set(other)].sort().join(' ')
}

/** The note is to the applicant and may name them: it stays out of what is kept for ever. */
async function entryOf(
  { number, stage, version }: CaseHead,
  event: CaseEvent,
): Promise<AuditDraft> {
  const by = event.actorId === undefined ? [event.actor ?? event.role] : []
  return {
    at: event.at,
    actor: event.actorId ?? 'cli',
    action: moveAction('case', event.move),
    subject: `case:${number}`,
    before: await hashOf({ stage, version }),
    after: await hashOf({ stage: event.to, version: event.ordinal }),
    reason: [...by, ...event.reasons].join(', ') || null,
  }
}
