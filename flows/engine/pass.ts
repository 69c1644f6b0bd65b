import { type Act, actOf } from './acts.ts'
import { fileProblem } from './file-words.ts'
import { migrateRun } from './migrate.ts'
import type { EngineOptions } from './options.ts'
import type {
  Effect,
  Flow,
  FlowState,
  Input,
  Run,
  StepDefinition,
  Text,
  Transition,
  TurnContext,
} from './types.ts'
import { unheard } from './unheard.ts'

/** A turn may enter this many steps; more is a loop, which is our bug (goflow's guard). */
const MAX_STEPS = 32
/** `back` remembers this many steps of a run. */
const MAX_TRAIL = 40

/** The request by which the engine itself asks whether a text is a policy question. */
export const QUESTION_REQUEST = 'engine:question'

/** Names the input that opens the way elsewhere: which flow was wanted, and with what. */
const ELSEWHERE_REQUEST = 'engine:elsewhere'

/** One turn on its way: the engine's only mutable thing, made and dropped inside `step`. */
export type Pass = {
  readonly flows: ReadonlyMap<string, Flow>
  readonly options: EngineOptions
  stack: Run[]
  parked: Record<string, Run>
  asking: FlowState['asking']
  answered: FlowState['answered']
  /** Set once staff were called: nothing is asked any more. */
  called: Extract<Effect, { type: 'handoff' }> | null
  /** True where the turn before asked whether all is to be thrown away, and where this one asks it. */
  readonly confirmed: boolean
  confirming: boolean
  /** True once nothing is to be asked in this turn. */
  quiet: boolean
  /** Answers in a row that the open step could not use. */
  missed: number
  /** What was said in this turn has not been found useless so far. */
  trying: boolean
  /** The album of what is taken now, and of what was taken last. */
  album: string | undefined
  readonly albumBefore: string | undefined
  /** Given, since it needs the commands, which need what is here. */
  readonly handleAct: (pass: Pass, act: Act, otherwise: Text) => void
  ctx: TurnContext
  readonly effects: Effect[]
  readonly path: string[]
}

/** Adds effects to the turn; from a change of language on, the turn speaks the new one. */
export function emit(pass: Pass, effects: readonly Effect[] = []): void {
  for (const effect of effects) {
    if (effect.type === 'remember') {
      pass.answered = { entry: effect.entry, at: pass.ctx.now }
      continue
    }
    pass.effects.push(effect)
    if (effect.type === 'handoff') pass.called ??= effect
    if (effect.type === 'save' && effect.record.kind === 'locale') {
      pass.ctx = { ...pass.ctx, locale: effect.record.locale }
    }
  }
}

/** A flow by its id. Throws for an unknown one: a stored run names a flow that is gone. */
export function flowOf(pass: Pass, id: string): Flow {
  const flow = pass.flows.get(id)
  if (flow === undefined) throw new Error(`unknown flow ${id}`)
  return flow
}

/** The run that is talking, carried to its flow's version; home where there is none. */
export function topRun(pass: Pass): Run {
  const stored = pass.stack.at(-1) ?? freshRun(flowOf(pass, pass.options.home))
  const run = migrateRun(stored, flowOf(pass, stored.flow))
  pass.stack = [...pass.stack.slice(0, -1), run]
  return run
}

/** The step at which a run waits. Throws for an unknown one, which a migration has missed. */
export function stepOf(pass: Pass, run: Run): StepDefinition<unknown, string> {
  const step = flowOf(pass, run.flow).steps[run.step]
  if (step === undefined) throw new Error(`unknown step ${run.flow}.${run.step}`)
  return step
}

/** A run of a flow from its beginning. */
export function freshRun(flow: Flow): Run {
  return { flow: flow.id, version: flow.version, step: flow.start, data: flow.initial, trail: [] }
}

/** Takes the open question up again, in short where the step has a short form. */
export function askTopAgain(pass: Pass): void {
  enterTop(pass, true)
}

/** Says what the current step says on entry. */
export function enterTop(pass: Pass, again = false): void {
  const run = topRun(pass)
  if (pass.path.length >= MAX_STEPS) throw new Error(`more than ${MAX_STEPS} steps in one turn`)
  pass.path.push(`${run.flow}.${run.step}`)
  const step = stepOf(pass, run)
  if (pass.called !== null || pass.quiet) return
  emit(pass, (again ? (step.again ?? step.enter) : step.enter)(run.data, pass.ctx))
}

/** Opens a flow on top: where it was left, or anew. */
export function openFlow(pass: Pass, id: string, input: Input): void {
  const flow = flowOf(pass, id)
  if (flow.personal === true && !pass.ctx.personalData) {
    openFlow(pass, pass.options.elsewhere, {
      type: 'result',
      requestId: ELSEWHERE_REQUEST,
      value: { flow: id, input },
    })
    return
  }
  const open = pass.stack.findIndex((run) => run.flow === id)
  if (open >= 0 && id !== pass.options.questions) {
    pass.stack = pass.stack.slice(0, open + 1)
    if (wantsAnew(flow, input)) pass.stack = pass.stack.slice(0, open)
    else {
      enterTop(pass)
      return
    }
  }
  leaveWhatShows(pass)
  const parked = pass.parked[id]
  if (parked !== undefined) {
    pass.parked = without(pass.parked, id)
    pass.stack = [...pass.stack, migrateRun(parked, flow)]
    emit(pass, [{ type: 'send', message: { text: { key: 'common.resumed' } } }])
    enterTop(pass)
    return
  }
  pass.stack = [...pass.stack, freshRun(flow)]
  const opening = flow.open?.(input, pass.ctx)
  if (opening == null) enterTop(pass)
  else applyTransition(pass, opening, input, { opening: true })
}

/** Lists and choices end as something else begins; what is half-filled in them is kept. */
function leaveWhatShows(pass: Pass): void {
  const left = pass.stack.filter((run) => isShowing(pass, run))
  for (const run of left) {
    if (pass.flows.get(run.flow)?.resumable === true) {
      pass.parked = { ...pass.parked, [run.flow]: run }
    }
  }
  if (left.length > 0) pass.stack = pass.stack.filter((run) => !left.includes(run))
}

function isShowing({ flows }: Pass, { flow, step }: Run): boolean {
  return flows.get(flow)?.shows?.includes(step) === true
}

/** True where a link or a button says what for: a flow that keeps nothing half-filled is opened for that. */
function wantsAnew(flow: Flow, input: Input): boolean {
  return flow.resumable !== true && input.type === 'choice' && input.value !== ''
}

/** Carries out where a step says to go; `opening` leaves no trail to go back on. */
function applyTransition(
  pass: Pass,
  transition: Transition<unknown, string>,
  input: Input,
  { opening = false } = {},
): void {
  emit(pass, transition.effects)
  if ('otherwise' in transition) {
    if ('data' in transition) replaceTop(pass, { ...topRun(pass), data: transition.data })
    const typed = input.type === 'text' ? input.text : transition.typed
    fallBack(pass, typed, fileProblem(input) ?? transition.otherwise)
    return
  }
  if ('end' in transition) {
    pass.stack = pass.stack.slice(0, -1)
    if (transition.next === undefined) returnTo(pass)
    else {
      topRun(pass)
      openFlow(pass, transition.next.flow, transition.next.input)
    }
    return
  }
  const run = topRun(pass)
  const data = 'data' in transition ? transition.data : run.data
  if ('go' in transition) {
    const trail = opening ? [] : [...run.trail, run.step].slice(-MAX_TRAIL)
    replaceTop(pass, { ...run, step: transition.go, data, trail })
    enterTop(pass)
  } else if ('call' in transition) {
    replaceTop(pass, { ...run, step: transition.resumeAt, data })
    openFlow(pass, transition.call, transition.input ?? input)
  } else {
    const step = transition.at ?? run.step
    if (step !== run.step) pass.path.push(`${run.flow}.${step}`)
    replaceTop(pass, { ...run, step, data })
    if (transition.again === true) enterTop(pass)
  }
}

/** Gives the input to the step that is waiting. */
export function receiveTop(pass: Pass, input: Input): void {
  const run = topRun(pass)
  applyTransition(pass, stepOf(pass, run).receive(run.data, input, pass.ctx), input)
}

/** Puts a run in the place of the one that is talking. */
export function replaceTop(pass: Pass, run: Run): void {
  pass.stack = [...pass.stack.slice(0, -1), run]
}

/** Comes back to the caller's question, or home. */
export function returnTo(pass: Pass): void {
  const wasEmpty = pass.stack.length === 0
  const run = topRun(pass)
  if (wasEmpty) enterTop(pass)
  else if (stepOf(pass, run).quietReturn !== true) askTopAgain(pass)
}

/** A step had no use for the input: it may be a policy question; if not, say what is wrong and ask again. */
function fallBack(pass: Pass, typed: string | undefined, otherwise: Text): void {
  if (typed !== undefined && pass.asking === undefined) {
    const act = isHome(pass) ? null : actOf(typed)
    if (act === null) askWhetherQuestion(pass, typed, otherwise)
    else pass.handleAct(pass, act, otherwise)
    return
  }
  sayUnheard(pass, otherwise)
}

/** True where no other flow is talking: any words are then for the questions. */
export function isHome(pass: Pass): boolean {
  return topRun(pass).flow === pass.options.home
}

/** The open step could not use what was said: why, from the second time on with an example, then with a way out. */
export function sayUnheard(pass: Pass, otherwise: Text): void {
  const times = pass.missed + 1
  const run = topRun(pass)
  pass.missed = times
  pass.trying = false
  const explain = () => stepOf(pass, run).about?.(run.data, 'explain', pass.ctx) ?? null
  emit(pass, [{ type: 'send', message: unheard(times, otherwise, explain) }])
  askTopAgain(pass)
}

/** Asks the policy whether a text is a question; its answer decides in the same turn. */
export function askWhetherQuestion(pass: Pass, text: string, otherwise: Text | null): void {
  pass.asking = { text, otherwise }
  emit(pass, [
    {
      type: 'request',
      requestId: QUESTION_REQUEST,
      query: {
        kind: 'policy-answer',
        question: text,
        // Beside a mere list any word may be a question; in a form only what is surely one.
        ...(isShowing(pass, topRun(pass)) ? {} : { within: true as const }),
        ...leaning(pass, text),
      },
    },
  ])
}

/** In the middle of something else only what is put as a question leans on an answer. */
function leaning({ ctx, options }: Pass, text: string): { after?: string } {
  return ctx.answered !== undefined && options.looksLikeQuestion(text)
    ? { after: ctx.answered }
    : {}
}

function without(parked: Record<string, Run>, id: string): Record<string, Run> {
  return Object.fromEntries(Object.entries(parked).filter(([flow]) => flow !== id))
}
