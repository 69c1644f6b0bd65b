import { type Act, actOf } from './acts.ts'
import type { TurnContext } from './context.ts'
import { migrateRun } from './migrate.ts'
import type { EngineOptions } from './options.ts'
import type { FlowState, Run } from './state.ts'
import type { Effect, Flow, Input, StepDefinition, Text, Transition } from './types.ts'
import { fileProblem, unheard } from './unheard.ts'

/** A turn may enter this many steps; more is a loop, which is our bug (goflow's guard). */
const MAX_STEPS = 32
/** `back` remembers this many steps of a run. */
const MAX_TRAIL = 40

/** The request by which the engine itself asks whether a text is a policy question. */
export const QUESTION_REQUEST = 'engine:question'

/** One turn on its way: the engine's only mutable thing, made and dropped inside `step`. */
export type TurnDraft = {
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
  /** Nobody has said anything here yet. */
  isNew: boolean
  /** Answers in a row that the open step could not use. */
  missed: number
  /** What was said in this turn has not been found useless so far. */
  trying: boolean
  /** The album of what is taken now, and of what was taken last. */
  album: string | undefined
  readonly albumBefore: string | undefined
  /** Given, since it needs the commands, which need what is here. */
  readonly handleAct: (draft: TurnDraft, act: Act, otherwise: Text) => void
  ctx: TurnContext
  readonly effects: Effect[]
  readonly path: string[]
}

/** Adds effects to the turn; from a change of language on, the turn speaks the new one. */
export function emit(draft: TurnDraft, effects: readonly Effect[] = []): void {
  for (const effect of effects) {
    if (effect.type === 'remember') {
      draft.answered = { entry: effect.entry, at: draft.ctx.now }
      continue
    }
    draft.effects.push(effect)
    if (effect.type === 'handoff') draft.called ??= effect
    if (effect.type === 'save' && effect.record.kind === 'locale') {
      draft.ctx = { ...draft.ctx, locale: effect.record.locale }
    }
  }
}

/** A flow by its id. Throws for an unknown one: a stored run names a flow that is gone. */
export function flowOf(draft: TurnDraft, id: string): Flow {
  const flow = draft.flows.get(id)
  if (flow === undefined) throw new Error(`unknown flow ${id}`)
  return flow
}

/** The run that is talking, carried to its flow's version; home where there is none. */
export function topRun(draft: TurnDraft): Run {
  const stored = draft.stack.at(-1) ?? freshRun(flowOf(draft, draft.options.home))
  const run = migrateRun(stored, flowOf(draft, stored.flow))
  draft.stack = [...draft.stack.slice(0, -1), run]
  return run
}

/** The step at which a run waits. Throws for an unknown one, which a migration has missed. */
export function stepOf(draft: TurnDraft, run: Run): StepDefinition<unknown, string> {
  const step = flowOf(draft, run.flow).steps[run.step]
  if (step === undefined) throw new Error(`unknown step ${run.flow}.${run.step}`)
  return step
}

/** A run of a flow from its beginning. */
export function freshRun(flow: Flow): Run {
  return { flow: flow.id, version: flow.version, step: flow.start, data: flow.initial, trail: [] }
}

/** Takes the open question up again, in short where the step has a short form. */
export function askTopAgain(draft: TurnDraft): void {
  enterTop(draft, true)
}

/** Says what the current step says on entry. */
export function enterTop(draft: TurnDraft, again = false): void {
  const run = topRun(draft)
  if (draft.path.length >= MAX_STEPS) throw new Error(`more than ${MAX_STEPS} steps in one turn`)
  draft.path.push(`${run.flow}.${run.step}`)
  const step = stepOf(draft, run)
  if (draft.called !== null || draft.quiet) return
  const ctx = { ...draft.ctx, drafts: Object.keys(draft.parked) }
  emit(draft, (again ? (step.again ?? step.enter) : step.enter)(run.data, ctx))
}

/** Opens a flow on top: where it was left, or anew. */
export function openFlow(draft: TurnDraft, id: string, input: Input): void {
  const flow = flowOf(draft, id)
  if (flow.personal === true && !draft.ctx.personalData) {
    openFlow(draft, draft.options.channelRedirect, { type: 'given', value: { flow: id, input } })
    return
  }
  const open = draft.stack.findIndex((run) => run.flow === id)
  if (open >= 0 && id !== draft.options.questions) {
    draft.stack = draft.stack.slice(0, open + 1)
    if (wantsAnew(draft, flow, input)) draft.stack = draft.stack.slice(0, open)
    else {
      enterTop(draft)
      return
    }
  }
  leaveWhatShows(draft)
  const parked = draft.parked[id]
  if (parked !== undefined) {
    draft.parked = without(draft.parked, id)
    draft.stack = [...draft.stack, migrateRun(parked, flow)]
    emit(draft, [{ type: 'send', message: { text: { key: 'common.resumed' } } }])
    enterTop(draft)
    return
  }
  draft.stack = [...draft.stack, freshRun(flow)]
  const opening = flow.open?.(input, draft.ctx)
  if (opening == null) enterTop(draft)
  else applyTransition(draft, opening, input, { opening: true })
}

/** Lists and choices end as something else begins; what is half-filled in them is kept. */
function leaveWhatShows(draft: TurnDraft): void {
  const left = draft.stack.filter((run) => isShowing(draft, run))
  for (const run of left) {
    if (draft.flows.get(run.flow)?.resumable === true) {
      draft.parked = { ...draft.parked, [run.flow]: run }
    }
  }
  if (left.length > 0) draft.stack = draft.stack.filter((run) => !left.includes(run))
}

/** True where the open step only shows a list, and asks for nothing that would be lost. */
export function isShowing({ flows }: TurnDraft, { flow, step }: Run): boolean {
  return flows.get(flow)?.shows?.includes(step) === true
}

/**
 * True where a flow that is open is to begin anew: one that keeps nothing half-filled, where a link or a button says what
 * for, or where it only shows something, perhaps not what its name promises.
 */
function wantsAnew(draft: TurnDraft, flow: Flow, input: Input): boolean {
  if (flow.resumable === true || input.type !== 'choice') return false
  const open = draft.stack.at(-1)
  return input.value !== '' || (open?.flow === flow.id && isShowing(draft, open))
}

/** Carries out where a step says to go; `opening` leaves no trail to go back on. */
function applyTransition(
  draft: TurnDraft,
  transition: Transition<unknown, string>,
  input: Input,
  { opening = false } = {},
): void {
  emit(draft, transition.effects)
  if ('otherwise' in transition) {
    if ('data' in transition) replaceTop(draft, { ...topRun(draft), data: transition.data })
    const typed = input.type === 'text' ? input.text : transition.typed
    fallBack(draft, typed, fileProblem(input) ?? transition.otherwise)
    return
  }
  if ('end' in transition) {
    draft.stack = draft.stack.slice(0, -1)
    if (transition.next === undefined) returnTo(draft)
    else {
      topRun(draft)
      openFlow(draft, transition.next.flow, transition.next.input)
    }
    return
  }
  const run = topRun(draft)
  const data = 'data' in transition ? transition.data : run.data
  if ('go' in transition) {
    const trail = opening ? [] : [...run.trail, run.step].slice(-MAX_TRAIL)
    replaceTop(draft, { ...run, step: transition.go, data, trail })
    enterTop(draft)
  } else if ('call' in transition) {
    replaceTop(draft, { ...run, step: transition.resumeAt, data })
    openFlow(draft, transition.call, transition.input ?? input)
  } else {
    const step = transition.at ?? run.step
    if (step !== run.step) draft.path.push(`${run.flow}.${step}`)
    // To wait where one came from is to have gone back.
    const isBack = step !== run.step && run.trail.at(-1) === step
    const trail = isBack ? run.trail.slice(0, -1) : run.trail
    replaceTop(draft, { ...run, step, data, trail })
    if (transition.again === true) enterTop(draft)
  }
}

/** Gives the input to the step that is waiting. */
export function receiveTop(draft: TurnDraft, input: Input): void {
  const run = topRun(draft)
  const ctx = { ...draft.ctx, drafts: Object.keys(draft.parked) }
  applyTransition(draft, stepOf(draft, run).receive(run.data, input, ctx), input)
}

/** Puts a run in the place of the one that is talking. */
export function replaceTop(draft: TurnDraft, run: Run): void {
  draft.stack = [...draft.stack.slice(0, -1), run]
}

/** Comes back to the caller's question, or home. */
export function returnTo(draft: TurnDraft): void {
  const wasEmpty = draft.stack.length === 0
  const run = topRun(draft)
  if (wasEmpty) enterTop(draft)
  else if (stepOf(draft, run).quietReturn !== true) askTopAgain(draft)
}

/** A step had no use for the input: it may be a policy question; if not, say what is wrong and ask again. */
function fallBack(draft: TurnDraft, typed: string | undefined, otherwise: Text): void {
  if (typed !== undefined && draft.asking === undefined) {
    const act = isHome(draft) ? null : actOf(typed)
    if (act === null) askWhetherQuestion(draft, typed, otherwise)
    else draft.handleAct(draft, act, otherwise)
    return
  }
  sayUnheard(draft, otherwise)
}

/** True where no other flow is talking: any words are then for the questions. */
export function isHome(draft: TurnDraft): boolean {
  return topRun(draft).flow === draft.options.home
}

/** The open step could not use what was said: why, from the second time on with an example, then with a way out. */
export function sayUnheard(draft: TurnDraft, otherwise: Text): void {
  const times = draft.missed + 1
  const run = topRun(draft)
  draft.missed = times
  draft.trying = false
  const explain = () => stepOf(draft, run).about?.(run.data, 'explain', draft.ctx) ?? null
  emit(draft, [{ type: 'send', message: unheard(times, otherwise, explain) }])
  askTopAgain(draft)
}

/** Asks the policy whether a text is a question; its answer decides in the same turn. */
export function askWhetherQuestion(draft: TurnDraft, text: string, otherwise: Text | null): void {
  draft.asking = { text, otherwise }
  emit(draft, [
    {
      type: 'request',
      requestId: QUESTION_REQUEST,
      query: {
        kind: 'policy-answer',
        question: text,
        // Beside a mere list any word may be a question; in a form only what is surely one.
        ...(isShowing(draft, topRun(draft)) ? {} : { within: true as const }),
        ...leaning(draft, text),
      },
    },
  ])
}

/** In the middle of something else only what is put as a question leans on an answer. */
function leaning({ ctx, options }: TurnDraft, text: string): { after?: string } {
  return ctx.answered !== undefined && options.looksLikeQuestion(text)
    ? { after: ctx.answered }
    : {}
}

function without(parked: Record<string, Run>, id: string): Record<string, Run> {
  return Object.fromEntries(Object.entries(parked).filter(([flow]) => flow !== id))
}
