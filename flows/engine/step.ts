import { commandOf } from './commands.ts'
import { say } from './define.ts'
import { handleCommand, handleGlobalChoice, parkRuns, sayStale } from './globals.ts'
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
import type { Flow, FlowState, Input, Run, TurnContext, TurnResult } from './types.ts'

export type { EngineOptions } from './pass.ts'

/** The pure conversation: same state, input and context, same result. Throws only for our own bugs. */
export type Step = (state: FlowState | null, input: Input, ctx: TurnContext) => TurnResult

/**
 * Makes the step function of a set of flows. A `request` effect in the result is to be answered in
 * the same turn by stepping again with its `result`.
 */
export function createStep(options: EngineOptions): Step {
  const flows = new Map<string, Flow>(options.flows.map((flow) => [flow.id, flow]))
  return (state, input, ctx) => {
    const pass: Pass = {
      flows,
      options,
      stack: [...(state?.stack ?? [])],
      parked: { ...state?.parked },
      asking: state?.asking,
      ctx,
      effects: [],
      path: [],
    }
    if (state?.status === 'failed') {
      // Whatever broke may break again: begin at home, with the half-filled runs set aside.
      parkRuns(pass)
      pass.stack = []
    }
    keepElsewhere(pass)
    take(pass, input)
    return {
      state: {
        status: 'waiting',
        stack: pass.stack,
        parked: pass.parked,
        ...(pass.asking === undefined ? {} : { asking: pass.asking }),
      },
      effects: pass.effects,
      path: pass.path,
    }
  }
}

/** A channel that may no longer take what is personal keeps such runs, but not at hand. */
function keepElsewhere(pass: Pass): void {
  const isPersonal = ({ flow }: Run) => pass.flows.get(flow)?.personal === true
  if (pass.ctx.personalData || !pass.stack.some(isPersonal)) return
  parkRuns(pass)
  pass.stack = []
}

function take(pass: Pass, input: Input): void {
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
      takeText(pass, input)
      break
    case 'unsupported':
      if (input.what === 'edit') emit(pass, [say({ key: 'common.edited' })])
      else receiveTop(pass, input)
      break
    default:
      receiveTop(pass, input)
  }
}

function takeText(pass: Pass, input: Extract<Input, { type: 'text' }>): void {
  const command = commandOf(input.text)
  const { freeText } = stepOf(pass, topRun(pass))
  if (command !== null) handleCommand(pass, command)
  else if (freeText === true && pass.options.looksLikeQuestion(input.text)) {
    askWhetherQuestion(pass, input.text, null)
  } else receiveTop(pass, input)
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
