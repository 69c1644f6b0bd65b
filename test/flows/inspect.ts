import type { TurnContext } from '../../flows/engine/context.ts'
import type { Intent, Query, QueryReply } from '../../flows/engine/queries.ts'
import type { FlowState, TurnResult } from '../../flows/engine/state.ts'
import type { Step } from '../../flows/engine/step.ts'
import type { Flow, Input } from '../../flows/engine/types.ts'

/** The commands that every question of every flow obeys. */
const GLOBAL_COMMANDS = ['menu', 'back', 'cancel', 'help', 'person', 'language'] as const

export type Finding = { flow: string; step: string; problem: string }

export type InspectOptions = {
  step: Step
  flows: readonly Flow[]
  ctx: TurnContext
  /** Every kind of answer the world may give to a query or an intent. */
  answersTo: (asked: Query | Intent) => readonly QueryReply[]
  /** What else begins something than a flow's own name. */
  openings?: readonly Input[]
  /** Told of everything that comes of anything. */
  hears?: (result: TurnResult) => void
  /** States to look at before giving up; a guard, not a target. */
  limit?: number
}

/**
 * Walks every state that can be reached by a step's own samples and proves that each has an exit, a
 * help, a back and a way to a person, and that each declared step is reached. Empty: all is well.
 */
export const inspect = (options: InspectOptions): Finding[] => walkFlows(options).findings

/** Every state that a person can stand in, with what was said on the way into it, and what is wrong there. */
export function walkFlows(options: InspectOptions) {
  const { step, flows, ctx, limit = 20_000 } = options
  const findings: Finding[] = []
  const seen = new Map<string, TurnResult>()
  const reached = new Set<string>()
  const open: FlowState[] = []

  const visit = (result: TurnResult) => {
    options.hears?.(result)
    const { state, path } = result
    for (const name of path) reached.add(name)
    const key = fingerprint(state)
    if (!seen.has(key)) {
      seen.set(key, result)
      open.push(state)
    }
  }

  const walk = (state: FlowState | null, input: Input): TurnResult[] =>
    settle(options, step(state, input, ctx))

  for (const result of walk(null, { type: 'command', name: 'start' })) visit(result)
  for (const flow of flows) {
    for (const result of walk(null, { type: 'choice', value: `!${flow.id}` })) visit(result)
  }
  for (const input of options.openings ?? []) {
    for (const result of walk(null, input)) visit(result)
  }

  while (open.length > 0 && seen.size < limit) {
    const state = open.pop()
    const run = state?.stack.at(-1)
    const definition = flows.find(({ id }) => id === run?.flow)?.steps[run?.step ?? '']
    if (state === undefined || run === undefined || definition === undefined) continue
    const report = (problem: string) => {
      const known = findings.some((found) => found.step === run.step && found.problem === problem)
      if (!known) findings.push({ flow: run.flow, step: run.step, problem })
    }
    for (const name of GLOBAL_COMMANDS) {
      const results = walk(state, { type: 'command', name })
      for (const result of results) {
        if (!says(result)) report(`${name} says nothing`)
        if (name === 'person' && !result.effects.some(({ type }) => type === 'handoff')) {
          report('no way to a person')
        }
        visit(result)
      }
    }
    const samples = definition.samples(run.data, ctx)
    if (samples.length === 0) report('no sample leads on')
    let leadsOn = false
    for (const input of samples) {
      for (const result of walk(state, input)) {
        if (!says(result)) report(`no answer to ${input.type}`)
        if (fingerprint(result.state) !== fingerprint(state) || says(result)) leadsOn = true
        visit(result)
      }
    }
    if (samples.length > 0 && !leadsOn) report('a dead end')
    for (const input of GARBAGE) {
      for (const result of walk(state, input)) {
        if (!says(result)) report(`silent on ${input.type} that it cannot use`)
        visit(result)
      }
    }
  }

  for (const flow of flows) {
    for (const name of Object.keys(flow.steps)) {
      if (!reached.has(`${flow.id}.${name}`) && !isPassing(flow, name)) {
        findings.push({ flow: flow.id, step: name, problem: 'never reached' })
      }
    }
  }
  return { findings, states: [...seen.values()] }
}

/** Inputs that no step is made for; each must be answered all the same. */
const GARBAGE: readonly Input[] = [
  { type: 'text', text: '' },
  { type: 'text', text: '¿?🙂' },
  { type: 'choice', value: 'no-such-choice' },
  { type: 'choice', value: 'old', stale: true },
  { type: 'choice', value: '!no-such-flow' },
  { type: 'media', kind: 'image', mediaId: 'x' },
  { type: 'location', lat: 26.6, lon: 106.6 },
  { type: 'unsupported', what: 'sticker' },
]

/** Follows requests with every answer the world may give. */
function settle(options: InspectOptions, result: TurnResult, depth = 0): TurnResult[] {
  const request = result.effects.find(
    (effect) => effect.type === 'request' || effect.type === 'intend',
  )
  if ((request?.type !== 'request' && request?.type !== 'intend') || depth > 8) return [result]
  const rest = result.effects.filter((effect) => effect !== request)
  const [requestId, asked] =
    request.type === 'request'
      ? [request.requestId, request.query]
      : [request.intent.kind, request.intent]
  return options.answersTo(asked).flatMap((reply) => {
    const input: Input = { type: 'result', requestId, reply }
    const next = options.step(result.state, input, options.ctx)
    return settle(
      options,
      {
        state: next.state,
        effects: [...rest, ...next.effects],
        path: [...result.path, ...next.path],
      },
      depth + 1,
    )
  })
}

function says(result: TurnResult): boolean {
  return result.effects.some(({ type }) => type === 'send')
}

/** A step that only waits for the world's answer is passed within a turn and never waits for a person. */
function isPassing(flow: Flow, name: string): boolean {
  return flow.steps[name]?.passing === true
}

/** Where a state is, without its answers' values: two states that ask the same are the same. */
function fingerprint(state: FlowState): string {
  return JSON.stringify([
    state.stack.map(({ flow, step, data, trail }) => [flow, step, data, trail.at(-1)]),
    Object.keys(state.parked).sort(),
  ])
}
