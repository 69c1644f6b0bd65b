import { commandOf, foldCommand } from './commands.ts'
import { say } from './define.ts'
import { handleCommand, handleGlobalChoice, parkRuns, sayStale } from './globals.ts'
import { callWords, countRefusals, handBack, storedRefusals, takeWhileWaiting } from './hand-off.ts'
import { GLOBAL } from './offered.ts'
import {
  askTopAgain,
  askWhetherQuestion,
  type EngineOptions,
  emit,
  openFlow,
  type Pass,
  QUESTION_REQUEST,
  receiveTop,
  stepOf,
  topRun,
} from './pass.ts'
import type { Effect, Flow, FlowState, Input, Run, TurnContext, TurnResult } from './types.ts'

export type { EngineOptions } from './pass.ts'

/** The pure conversation: same state, input and context, same result. Throws only for our own bugs. */
export type Step = (state: FlowState | null, input: Input, ctx: TurnContext) => TurnResult

/**
 * Makes the step function of a set of flows. A `request` effect in the result is to be answered in
 * the same turn by stepping again with its `result`.
 */
export function createStep(options: EngineOptions): Step {
  const flows = new Map<string, Flow>(options.flows.map((flow) => [flow.id, flow]))
  const words = wordsOf(options.flows)
  return (state, input, ctx) => {
    const answered = stillFresh(state?.answered, ctx.now)
    const pass: Pass = {
      flows,
      options,
      stack: [...(state?.stack ?? [])],
      parked: { ...state?.parked },
      asking: state?.asking,
      answered,
      called: null,
      ctx: answered === undefined ? ctx : { ...ctx, answered: answered.entry },
      effects: [],
      path: [],
    }
    const given = ctx.handoff != null && input.type !== 'result'
    if (given && takeWhileWaiting(pass, input)) {
      return { state: state ?? NOTHING_SAID, effects: pass.effects, path: [] }
    }
    if (state?.status === 'failed') {
      // Whatever broke may break again: begin at home, with the half-filled runs set aside.
      parkRuns(pass)
      pass.stack = []
    }
    keepElsewhere(pass)
    if (given) handBack(pass)
    else take(pass, input, words)
    const { refused, isEnough } = countRefusals(state?.refused ?? 0, pass.effects)
    const effects = isEnough ? callForRefusal(pass) : pass.effects
    if (pass.called !== null) effects.push(callWords(pass.called, pass.ctx))
    return {
      state: {
        status: 'waiting',
        stack: pass.stack,
        parked: pass.parked,
        ...storedRefusals(pass.called === null ? refused : 0),
        ...(pass.asking === undefined ? {} : { asking: pass.asking }),
        ...(pass.answered === undefined ? {} : { answered: pass.answered }),
      },
      effects,
      path: pass.path,
    }
  }
}

/** Talk goes on from an answer for so many minutes of the same day (UTC; in China it begins at eight). */
const FRESH = 30

function stillFresh(answered: FlowState['answered'], now: string): FlowState['answered'] {
  if (answered === undefined || answered.at.slice(0, 10) !== now.slice(0, 10)) return undefined
  return minuteOf(now) - minuteOf(answered.at) < FRESH ? answered : undefined
}

/** The minute of the day of an ISO time. */
const minuteOf = (at: string) => 60 * Number(at.slice(11, 13)) + Number(at.slice(14, 16))

const NOTHING_SAID: FlowState = { status: 'waiting', stack: [], parked: {} }

/** What was said of the question that has no answer gives way to who will answer it. */
function callForRefusal(pass: Pass): Effect[] {
  const call = { type: 'handoff', reason: 'not-answered' } as const
  pass.called ??= call
  return [...pass.effects.filter(({ type }) => type !== 'send'), call]
}

/** A channel that may no longer take what is personal keeps such runs, but not at hand. */
function keepElsewhere(pass: Pass): void {
  const isPersonal = ({ flow }: Run) => pass.flows.get(flow)?.personal === true
  if (pass.ctx.personalData || !pass.stack.some(isPersonal)) return
  parkRuns(pass)
  pass.stack = []
}

/** Which flow a word opens. Throws where two flows have the same one. */
function wordsOf(flows: readonly Flow[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const { id, words: own = [] } of flows) {
    for (const word of own) {
      const taken = words.get(foldCommand(word)) ?? id
      if (taken !== id) throw new Error(`both ${taken} and ${id} are opened by ${word}`)
      words.set(foldCommand(word), id)
    }
  }
  return words
}

function take(pass: Pass, input: Input, words: ReadonlyMap<string, string>): void {
  switch (input.type) {
    case 'result':
      takeResult(pass, input)
      break
    case 'command':
      handleCommand(pass, input)
      break
    case 'choice':
      if (input.value.startsWith(GLOBAL)) handleGlobalChoice(pass, input.value)
      else if (input.stale === true) sayStale(pass)
      else receiveTop(pass, input)
      break
    case 'text':
      takeText(pass, input, words)
      break
    case 'unsupported':
      if (input.what === 'edit') emit(pass, [say({ key: 'common.edited' })])
      else receiveTop(pass, input)
      break
    default:
      receiveTop(pass, input)
  }
}

function takeText(
  pass: Pass,
  input: Extract<Input, { type: 'text' }>,
  words: ReadonlyMap<string, string>,
): void {
  const command = commandOf(input.text)
  const { freeText } = stepOf(pass, topRun(pass))
  const opened = words.get(foldCommand(input.text))
  const line = lineOf(pass, input.text)
  if (command !== null) handleCommand(pass, command)
  else if (line !== null) openFlow(pass, line.flow, { type: 'choice', value: line.value })
  else if (opened !== undefined) openFlow(pass, opened, { type: 'choice', value: '' })
  else if (freeText === true && pass.options.looksLikeQuestion(input.text)) {
    askWhetherQuestion(pass, input.text, null)
  } else receiveTop(pass, input)
}

/** The flow that a typed line asks something of, and what. */
function lineOf(pass: Pass, text: string): { flow: string; value: string } | null {
  for (const { id, typed } of pass.flows.values()) {
    const value = typed?.(text) ?? null
    if (value !== null) return { flow: id, value }
  }
  return null
}

/** Did the policy questions know the text? Then their answer interrupts; if not, the step has its word. */
function takeResult(pass: Pass, input: Extract<Input, { type: 'result' }>): void {
  const asking = pass.asking
  if (input.requestId !== QUESTION_REQUEST || asking === undefined) {
    receiveTop(pass, input)
    return
  }
  if (pass.options.isAnswer(input.value)) {
    pass.asking = undefined
    openFlow(pass, pass.options.questions, input)
    return
  }
  if (asking.otherwise === null) {
    // `asking` stays set while the step reads the text, so that the same text is not asked twice.
    receiveTop(pass, { type: 'text', text: asking.text })
  } else {
    emit(pass, [say(asking.otherwise)])
    askTopAgain(pass)
  }
  pass.asking = undefined
}
