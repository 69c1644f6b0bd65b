import type { DomainRecord } from '../../flows/engine/records.ts'
import type { FlowState, Run } from '../../flows/engine/state.ts'

/** Flows that hold what is only for an application. */
const OF_APPLICATION: readonly string[] = ['apply', 'supplement', 'documents', 'case-lookup']

type Forgetting = Extract<DomainRecord, { kind: 'forget' }>

/** A conversation's memory after a record: without a run that gave way, or what a withdrawn consent covered. */
export function forget(state: FlowState, record: DomainRecord): FlowState {
  if (record.kind === 'run-dropped') return leaveRuns(state, [record])
  return record.kind === 'forget' ? forgetPurpose(state, record) : state
}

/** Nothing is left of a conversation's memory. */
export function forgetAll({ status }: FlowState): FlowState {
  return { status, stack: [], parked: {} }
}

/** A memory without runs that went to another conversation, or gave way. */
export function leaveRuns(state: FlowState, runs: readonly { flow: string }[]): FlowState {
  const gone = new Set(runs.map(({ flow }) => flow))
  return {
    ...state,
    stack: state.stack.filter(({ flow }) => !gone.has(flow)),
    parked: Object.fromEntries(Object.entries(state.parked).filter(([flow]) => !gone.has(flow))),
  }
}

/** A memory with runs of another conversation; they wait to be taken up, in the place of those of the same flow. */
export function carryIn(state: FlowState, runs: readonly Run[]): FlowState {
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
