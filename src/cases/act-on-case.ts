import type { LoadedCase } from '../../db/cases/case-file.ts'
import { currentEdition } from '../../db/handoffs/offices.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import type { Form } from '../../flows/programme/form/form.ts'
import {
  type Actor,
  type CaseEvent,
  canMove,
} from '../../flows/programme/lifecycle/application-stages.ts'
import type { Move } from '../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import type { Deps } from '../kernel/deps.ts'
import { loadDirectory } from '../kernel/offices/directory.ts'
import type { Policy } from '../kernel/policy.ts'
import {
  type CaseContext,
  type CaseMoved,
  type CaseMoveRequest,
  moveCaseNow,
  type PlannedMove,
  planMove,
} from './move-case.ts'

/** Who acts. */
export type CaseStaff = Pick<StaffMember, 'id' | 'name' | 'role' | 'district'>

/** What they want done. `version`: of the case as they saw it. */
type StaffRequest = Omit<CaseMoveRequest, 'actor' | 'number'> & { version: number }

type NotStaff = { ok: false; problem: { kind: 'not-staff' }; standing: null }

/** The programme as it answers today, for who works on its cases. */
export type CaseDeskContext = CaseContext & {
  pack: Policy['pack'] & { form: Form; stages: Stages }
  revision: string
}

/** The roles that have moves of their own; what each may do is data of the pack. */
export const CASE_ROLES = [
  'district-reviewer',
  'city-reviewer',
  'finance',
] as const satisfies readonly StaffRole[]

/** The programme and its cases; null where it takes no applications. */
export async function caseWorldOf(deps: Deps): Promise<CaseDeskContext | null> {
  const { revision, edition } = await currentEdition(deps.db, deps.programme)
  if (revision === null) return null
  const policy = await deps.policies.load(revision)
  const { form, stages } = policy.pack
  if (form === undefined || stages === undefined) return null
  const { db, vault, now, personalData, undoSeconds = 0 } = deps
  const directory = await loadDirectory(db, policy, edition)
  const packOf = (district: string) => {
    const own = directory.policyFor(district).pack
    return { form: own.form ?? form, stages: own.stages ?? stages }
  }
  const pack = { ...policy.pack, form, stages }
  return { db, vault, now, personalData, undoSeconds, pack, packOf, revision }
}

/** Whether moving cases is part of somebody's work. */
export function canActOnCases(staff: Pick<CaseStaff, 'role'>): boolean {
  return CASE_ROLES.some((role) => role === staff.role)
}

/**
 * Moves a case as a member of staff: in their district, in their role, by their account, so that two
 * people stay two. A case outside their district does not exist for them. Done twice, it is done once.
 * `file`: the case as it was loaded for this request. Tell the dispatcher (`deps.wake()`) when it was done.
 */
export async function actOnCase(
  context: CaseContext,
  staff: CaseStaff,
  file: LoadedCase | null,
  request: StaffRequest,
): Promise<CaseMoved | NotStaff> {
  const allowed = allow(staff, file, request)
  return allowed.ok ? moveCaseNow(context, allowed.request, allowed.file) : allowed
}

/** What that would do and what the applicant would be told, without doing it. */
export async function previewAct(
  context: CaseContext,
  staff: CaseStaff,
  file: LoadedCase | null,
  request: StaffRequest,
): Promise<PlannedMove | NotStaff> {
  const allowed = allow(staff, file, request)
  return allowed.ok ? planMove(context, allowed.request, allowed.file) : allowed
}

/** The moves that a member of staff may make with a case now. */
export function openMoves(
  stages: Stages,
  staff: CaseStaff,
  { head, events }: { head: { stage: string }; events: readonly CaseEvent[] },
): readonly Move[] {
  const actor = actorOf(staff)
  return actor === null ? [] : canMove(stages, { stage: head.stage, events, actor })
}

function allow(
  staff: CaseStaff,
  file: LoadedCase | null,
  request: StaffRequest,
):
  | { ok: true; request: CaseMoveRequest; file: LoadedCase }
  | NotStaff
  | (CaseMoved & { ok: false }) {
  const actor = actorOf(staff)
  if (actor === null) return { ok: false, problem: { kind: 'not-staff' }, standing: null }
  if (file === null || (staff.district !== null && staff.district !== file.head.district)) {
    return { ok: false, problem: { kind: 'no-such-case' }, standing: null }
  }
  return { ok: true, file, request: { ...request, actor, number: file.head.number } }
}

/** Who a member of staff is to a case; null: nobody who moves it. */
export function actorOf({ id, name, role }: CaseStaff): Actor | null {
  const own = CASE_ROLES.find((one) => one === role)
  return own === undefined ? null : { role: own, name, id }
}
