import {
  CASE_SORTS,
  type CaseFilter,
  type CaseList,
  type CaseSort,
  type CaseView,
} from '../../db/cases/staff-cases.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import { CASE_ROLES, type CaseDeskContext } from './act-on-case.ts'
import { beganBefore } from './working-days.ts'

/** For how many working days a case can be asked to have stood where it stands. */
export const LATE_DAYS = [5, 10, 20] as const

/** What is looked at: a tab, and what narrows it, as in the address of the page. */
export type QueueQuery = {
  /** `todo`, `all`, `closed`, or the id of a stage. */
  tab: string
  district: string
  group: '' | '1' | '0'
  desk: '' | 'me' | 'nobody'
  /** `overdue`, or a number of working days. */
  late: string
  sort: CaseSort
}

/** What of an address says which list one came from. */
const LIST_NAMES = ['tab', 'district', 'group', 'desk', 'late', 'sort'] as const

/** The part of an address that says which list it is about: `tab=…&sort=…`, empty where it says none. */
export function listOf(asked: Readonly<Record<string, string>>): string {
  const named = LIST_NAMES.flatMap((name) => {
    const value = asked[name]
    return value === undefined || value === '' ? [] : [[name, value]]
  })
  return new URLSearchParams(named).toString()
}

/** Reads the address; what makes no sense there is as if it had not been said. */
export function parseQuery(
  asked: (name: string) => string | undefined,
  {
    stages,
    staff,
    districts,
  }: { stages: Stages; staff: StaffMember; districts: readonly string[] },
): QueueQuery {
  const one = <Value extends string>(name: string, values: readonly Value[]): Value | '' =>
    values.find((value) => value === asked(name)) ?? ''
  const mine = stagesOf(stages, staff).length > 0
  return {
    tab: one('tab', [...tabsOf(stages, staff)]) || (mine ? 'todo' : 'all'),
    district: one('district', districts),
    group: one('group', ['1', '0']),
    desk: one('desk', ['me', 'nobody']),
    late: one('late', [
      ...(limitsOf(stages).length > 0 ? ['overdue'] : []),
      ...LATE_DAYS.map(String),
    ]),
    sort: one('sort', CASE_SORTS) || 'review',
  }
}

/** The tabs in their order: what waits for this person's role, all, each stage, what has ended. */
export function tabsOf(stages: Stages, staff: Pick<StaffMember, 'role'>): string[] {
  const open = stages.stages.slice(1).filter(({ final }) => !final)
  return [
    ...(stagesOf(stages, staff).length > 0 ? ['todo'] : []),
    'all',
    ...open.map(({ id }) => id),
    'closed',
  ]
}

/** The stages from which somebody of this role has a move. */
export function stagesOf({ moves }: Stages, { role }: Pick<StaffMember, 'role'>): string[] {
  const own = CASE_ROLES.find((one) => one === role)
  if (own === undefined) return []
  return [...new Set(moves.filter(({ who }) => who.includes(own)).flatMap(({ from }) => from))]
}

/** Which cases a tab shows. */
export function viewOfTab(stages: Stages, staff: StaffMember, tab: string): CaseView {
  if (tab === 'closed') return 'closed'
  if (tab === 'all') return {}
  return { stages: tab === 'todo' ? stagesOf(stages, staff) : [tab] }
}

/** The list that an address asks for. `now`: ISO. */
export function caseListOf(
  query: QueueQuery,
  { pack, now }: Pick<CaseDeskContext, 'pack' | 'now'>,
  staff: StaffMember,
): CaseList {
  const { stages, programme, rules, facts } = pack
  return {
    ...filterOf(query, { stages, staff, programme: programme.id, now: now() }),
    view: viewOfTab(stages, staff, query.tab),
    sort: query.sort,
    review: rules.review.map(({ id }) => id),
    keyGroupJobs: facts.keyGroupJobsForPreference.value,
  }
}

/** What narrows the tabs, as conditions of the query. `now`: ISO. */
export function filterOf(
  query: QueueQuery,
  {
    stages,
    staff,
    programme,
    now,
  }: { stages: Stages; staff: StaffMember; programme: string; now: string },
): CaseFilter {
  const { district, group, desk, late } = query
  return {
    programme,
    ...(district === '' ? {} : { district }),
    ...(group === '' ? {} : { keyGroup: group === '1' }),
    ...(desk === '' ? {} : { assignee: desk === 'me' ? staff.id : null }),
    ...(late === '' ? {} : { since: lateStages(stages, late, now) }),
  }
}

/** The time limit that the sources state for leaving a stage, in working days; null: none. */
export function limitOf({ moves }: Stages, stage: string): number | null {
  const limits = moves.flatMap(({ from, workingDays }) =>
    from.includes(stage) && workingDays !== null ? [workingDays] : [],
  )
  return limits.length === 0 ? null : Math.min(...limits)
}

/** The stages that have a time limit. */
export function limitsOf(stages: Stages): { stage: string; days: number }[] {
  return stages.stages.flatMap(({ id }) => {
    const days = limitOf(stages, id)
    return days === null ? [] : [{ stage: id, days }]
  })
}

function lateStages(stages: Stages, late: string, now: string) {
  if (late === 'overdue') {
    return limitsOf(stages).map(({ stage, days }) => ({ stage, before: beganBefore(now, days) }))
  }
  const before = beganBefore(now, Number(late))
  return stages.stages.map(({ id }) => ({ stage: id, before }))
}
