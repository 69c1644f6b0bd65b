import type { CarriedRuns, GivenRuns } from '../../db/people/carried-runs.ts'
import type { DomainRecord } from '../../flows/engine/records.ts'
import type { FlowState, Run } from '../../flows/engine/types.ts'

/** Flows that hold what is only for an application. */
const OF_APPLICATION: readonly string[] = ['apply', 'supplement', 'documents', 'case-lookup']

type Forgetting = Extract<DomainRecord, { kind: 'forget' }>

/**
 * A conversation's memory after a record: an erasure leaves nothing of it, a withdrawn consent not what it
 * covered; what comes from another conversation waits to be taken up.
 */
export function forget(state: FlowState, record: DomainRecord): FlowState {
  if (record.kind === 'erase' || (record.kind === 'unlinked' && record.own)) {
    return { status: state.status, stack: [], parked: {} }
  }
  if (record.kind === 'runs-given') {
    const { runs } = record.given as GivenRuns
    return leave(state, new Set(runs.map(({ flow }) => flow)))
  }
  if (record.kind === 'run-dropped') return leave(state, new Set([record.flow]))
  if (record.kind === 'runs-carried') return carryIn(state, record.carried as CarriedRuns)
  return record.kind === 'forget' ? forgetPurpose(state, record) : state
}

/** Runs that went to another conversation, or gave way. */
function leave(state: FlowState, gone: ReadonlySet<string>): FlowState {
  return {
    ...state,
    stack: state.stack.filter(({ flow }) => !gone.has(flow)),
    parked: Object.fromEntries(Object.entries(state.parked).filter(([flow]) => !gone.has(flow))),
  }
}

/** Runs that come take the place of those of the same flow. */
function carryIn(state: FlowState, { runs }: CarriedRuns): FlowState {
  const comes = new Set(runs.map(({ flow }) => flow))
  return {
    ...state,
    stack: state.stack.filter(({ flow }) => !comes.has(flow)),
    parked: { ...state.parked, ...Object.fromEntries(runs.map((run) => [run.flow, run])) },
  }
}

/** What a withdrawn consent leaves of a conversation's memory; the same object where it held none of it. */
export function forgetPurpose(state: FlowState, forgetting: Forgetting): FlowState {
  const keep = (run: Run): Run[] => forgetRun(run, forgetting)
  const stack = state.stack.flatMap(keep)
  const parked = Object.entries(state.parked).flatMap(([flow, run]) =>
    keep(run).map((kept): [string, Run] => [flow, kept]),
  )
  const same =
    stack.length === state.stack.length &&
    stack.every((run, at) => run === state.stack[at]) &&
    parked.length === Object.keys(state.parked).length &&
    parked.every(([flow, run]) => run === state.parked[flow])
  return same ? state : { ...state, stack, parked: Object.fromEntries(parked) }
}

function forgetRun(run: Run, { purpose, fields }: Forgetting): Run[] {
  if (purpose === run.flow) return []
  if (purpose === 'application' && OF_APPLICATION.includes(run.flow)) return []
  if (run.flow !== 'apply') return [run]
  // The shape of flows/cases/apply/flow.ts, which parses it again when it is taken up.
  const data = run.data as { answers: Record<string, unknown>; prescreen: unknown }
  if (purpose === 'prescreen') return [{ ...run, data: { ...data, prescreen: null } }]
  const declined = Object.fromEntries(fields.map((field) => [field, null]))
  return [
    {
      ...run,
      data: {
        ...data,
        answers: { ...data.answers, ...declined },
        sensitive: false,
        current: null,
        picked: [],
        editing: null,
      },
    },
  ]
}
