import type { ApiKey } from '../../db/api/keys.ts'
import { findOpenProposal, insertProposal, type Proposal } from '../../db/api/proposals.ts'
import type { LoadedCase } from '../../db/cases/case-file.ts'
import type { Actor, RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import { standingFor } from '../../flows/programme/lifecycle/machine.ts'
import type { Move } from '../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import { CASE_ROLES, type CaseDeskContext } from '../cases/act-on-case.ts'
import { type CaseMoved, moveCaseNow, type PlannedMove, planMove } from '../cases/move-case.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import { keyActor } from './keys.ts'

/** What a key wants done with an application, upon the version that it saw. */
export type KeyMove = {
  move: string
  reasons: readonly string[]
  missing: readonly RequiredItem[]
  note: string | null
  version: number
}

export type KeyMoved =
  | { kind: 'moved'; moved: CaseMoved & { ok: true } }
  | { kind: 'proposed'; proposal: Proposal }
  /** Something else is proposed already. */
  | { kind: 'taken'; proposal: Proposal }
  | { kind: 'refused'; refusal: Extract<PlannedMove, { ok: false }> }

/** Somebody's key as the life of an application knows it; null where moving is none of its role's work. */
export function actorOfKey(key: Pick<ApiKey, 'id' | 'name' | 'role'>): Actor | null {
  const role = CASE_ROLES.find((one) => one === key.role)
  return role === undefined ? null : { role, name: key.name, id: keyActor(key) }
}

/** The moves that a key may make or propose now. */
export function movesOfKey(stages: Stages, key: ApiKey, file: LoadedCase): readonly Move[] {
  const actor = actorOfKey(key)
  if (actor === null) return []
  return standingFor(stages, { state: file.head.stage, events: file.events }, actor).moves
}

/**
 * Whether a move is for people alone: it decides (a support is granted or refused by it), or it is one of two hands of
 * which nobody may be both. A key is neither hand.
 */
export function isForPeople({ stages, moves }: Stages, move: Move): boolean {
  const outcomeOf = (id: string) => stages.find((stage) => stage.id === id)?.outcome ?? null
  const outcome = outcomeOf(move.to)
  const decides =
    (outcome === 'granted' || outcome === 'refused') &&
    move.from.some((stage) => outcomeOf(stage) !== outcome)
  const isHand =
    move.notSameActorAs.length > 0 || moves.some((one) => one.notSameActorAs.includes(move.id))
  return decides || isHand
}

/**
 * Makes a move for a key, or keeps it as a proposal where it is for people alone or `propose` says so. What is proposed is
 * checked as if it were made. The same asked again is one move, or one proposal.
 */
export async function moveForKey(
  desk: CaseDeskContext,
  newId: () => string,
  key: ApiKey,
  file: LoadedCase,
  wish: KeyMove & { propose: boolean },
): Promise<KeyMoved> {
  const actor = actorOfKey(key)
  if (actor === null) {
    const standing = { state: file.head.stage, version: file.head.version, moves: [] }
    const problem = { kind: 'not-from-here', moves: [] } as const
    return { kind: 'refused', refusal: { ok: false, problem, standing } }
  }
  const { propose, ...asked } = wish
  const { stages } = desk.pack
  const known = stages.moves.find(({ id }) => id === wish.move)
  const request = { ...asked, actor, number: file.head.number }
  if (!propose && (known === undefined || !isForPeople(stages, known))) {
    const moved = await moveCaseNow(desk, request, file)
    return moved.ok ? { kind: 'moved', moved } : { kind: 'refused', refusal: moved }
  }
  const planned = await planMove(desk, request, file)
  if (!planned.ok) return { kind: 'refused', refusal: planned }
  const id = newId()
  const { event, head } = planned
  const proposal = {
    id,
    keyId: key.id,
    caseId: head.id,
    move: event.move,
    reasons: event.reasons,
    missing: event.missing,
    note: event.note,
    version: head.version,
  }
  const subject = `case:${head.number}` as const
  const done = await commitOnce<'proposed' | 'taken'>(desk.db, {
    result: 'proposed',
    write: await insertProposal(desk.vault, proposal, event.at),
    audit: [
      {
        at: event.at,
        actor: keyActor(key),
        action: 'proposal.sent',
        subject,
        reason: [event.move, ...event.reasons].join(', '),
      },
    ],
    means: { 'api_proposals.case_id': 'taken' },
  })
  const open = await findOpenProposal(desk.db, desk.vault, head.id)
  if (open === null) throw new Error('a proposal was decided in the moment it was made')
  const isSame = done === 'taken' && isSameProposal(open, proposal)
  return { kind: done === 'proposed' || isSame ? 'proposed' : 'taken', proposal: open }
}

type Comparable = Pick<Proposal, 'keyId' | 'move' | 'reasons' | 'missing' | 'note' | 'version'>

function isSameProposal(one: Comparable, other: Comparable): boolean {
  const text = ({ keyId, move, reasons, missing, note, version }: Comparable) =>
    JSON.stringify([keyId, move, [...reasons].sort(), missing, note, version])
  return text(one) === text(other)
}
