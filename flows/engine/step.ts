import { actOf, mayAnswer } from './acts.ts'
import { commandIn, firstOf } from './commands.ts'
import { say } from './define.ts'
import { becameOf } from './file-words.ts'
import { handleCommand, handleGlobalChoice, parkRuns, sayStale } from './globals.ts'
import {
  callWords,
  countRefusals,
  handBack,
  storedRefusals,
  takeWhileWaiting,
  waiting,
} from './hand-off.ts'
import { foldLine, hear, readings } from './hearing.ts'
import { GLOBAL } from './offered.ts'
import type { Danger, EngineOptions } from './options.ts'
import {
  askWhetherQuestion,
  emit,
  isHome,
  openFlow,
  type Pass,
  QUESTION_REQUEST,
  receiveTop,
  replaceTop,
  sayUnheard,
  stepOf,
  topRun,
} from './pass.ts'
import { handleAct, handleDanger, nod, replyAtHome } from './replies.ts'
import type { Effect, Flow, FlowState, Input, Run, TurnContext, TurnResult } from './types.ts'

export type { EngineOptions } from './options.ts'

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
      quiet: false,
      missed: state?.missed ?? 0,
      trying: input.type === 'result' ? state?.trying === true : true,
      album: input.type === 'result' ? state?.album : undefined,
      albumBefore: state?.album,
      handleAct,
      ctx: answered === undefined ? ctx : { ...ctx, answered: answered.entry },
      effects: [],
      path: [],
    }
    const given = ctx.handoff != null && input.type !== 'result'
    const said = input.type === 'text' ? input.text : 'caption' in input ? input.caption : undefined
    const danger = given && said !== undefined ? dangerIn(pass, said) : null
    if (danger?.always === true) {
      handleDanger(pass, { ...danger, goesOn: false })
      return { state: state ?? NOTHING_SAID, effects: pass.effects.map(waiting), path: [] }
    }
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
        ...storedMisses(pass),
        ...(pass.album === undefined ? {} : { album: pass.album }),
        ...(pass.asking === undefined ? {} : { asking: pass.asking }),
        ...(pass.answered === undefined ? {} : { answered: pass.answered }),
      },
      effects,
      path: pass.path,
      open: pass.called === null && (pass.stack.at(-1)?.flow ?? options.home) !== options.home,
    }
  }
}

/** What is of use ends the count; while the world is asked, nothing is known of it yet. */
function storedMisses({ missed, trying, effects }: Pass): Pick<FlowState, 'missed' | 'trying'> {
  const isAsking = effects.some(({ type }) => type === 'request')
  const count = trying && !isAsking ? {} : { missed }
  return missed === 0 && !isAsking ? {} : { ...count, ...(isAsking ? { trying } : {}) }
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
      const taken = words.get(foldLine(word)) ?? id
      if (taken !== id) throw new Error(`both ${taken} and ${id} are opened by ${word}`)
      words.set(foldLine(word), id)
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
      else if (!takeFile(pass, input, words)) receiveTop(pass, input)
      break
    default:
      if (input.type === 'media' && takeFile(pass, input, words)) break
      receiveTop(pass, input)
  }
}

/**
 * Takes a file that came with words, or with others in an album; false where it is like any other file. A step
 * that has a use for the file takes it; else what became of it is said once, and the words are heard as any others.
 */
function takeFile(
  pass: Pass,
  input: Extract<Input, { type: 'media' | 'unsupported' }>,
  words: ReadonlyMap<string, string>,
): boolean {
  const caption = input.caption?.trim() ?? ''
  const goesOn = input.album !== undefined && input.album === pass.albumBefore
  pass.album = input.album
  if (caption === '' && !goesOn) return false
  const run = topRun(pass)
  const taken = stepOf(pass, run).receive(run.data, input, pass.ctx)
  // Home has no use for any file.
  if (!('otherwise' in taken || isHome(pass))) return false
  if ('data' in taken) replaceTop(pass, { ...run, data: taken.data })
  if (!goesOn) emit(pass, [say(becameOf(input))])
  if (caption !== '') takeText(pass, { type: 'text', text: caption }, words)
  return true
}

function takeText(
  pass: Pass,
  input: Extract<Input, { type: 'text' }>,
  words: ReadonlyMap<string, string>,
): void {
  const { letter } = stepOf(pass, topRun(pass))
  const heard = letter === true ? { words: input.text, isNod: false } : hear(input.text)
  const danger = letter === true ? null : dangerIn(pass, heard.words)
  if (danger !== null) handleDanger(pass, danger)
  else if (heard.isNod) nod(pass)
  else takeLine(pass, heard.words, words)
}

/** A line that is a word of ours does what the word says; of all else the step has its say. */
function takeLine(pass: Pass, text: string, words: ReadonlyMap<string, string>): void {
  const run = topRun(pass)
  const step = stepOf(pass, run)
  const keeps = step.keepsWords?.(run.data) ?? step.freeText === true
  const lines = step.letter === true ? [foldLine(text)] : readings(text, { wish: !keeps })
  const command = commandIn(lines)
  const line = lineOf(pass, text)
  const opened = firstOf(lines, (one) => words.get(one))
  // What is said about a step comes before what the same words would open elsewhere.
  const isAct = !isHome(pass) && actOf(text) !== null
  const phrase = isAct ? null : firstOf(lines, (one) => pass.options.phrases?.get(one))
  if (command !== null) handleCommand(pass, command)
  else if (line !== null) openFlow(pass, line.flow, { type: 'choice', value: line.value })
  else if (opened !== null) openFlow(pass, opened, { type: 'choice', value: '' })
  else if (phrase !== null) handleGlobalChoice(pass, phrase)
  else takeWords(pass, text, { keeps, asks: step.freeText === true })
}

/** Short replies to nothing that was asked: at home they are taken in kind. */
function saysNothing(text: string): boolean {
  const act = actOf(text)
  return act !== null && (mayAnswer(act) || act === 'later' || act === 'nod' || act === 'refuse')
}

function dangerIn({ options }: Pass, text: string): Danger | null {
  return options.danger?.(text) ?? null
}

/** Words that are none of ours: a short reply about the step, a question, or what the step asked for. */
function takeWords(
  pass: Pass,
  text: string,
  { keeps, asks }: { keeps: boolean; asks: boolean },
): void {
  const isQuestion = asks && pass.options.looksLikeQuestion(text)
  const act = isHome(pass) || !(keeps || isQuestion) ? null : actOf(text)
  if (isHome(pass) && saysNothing(text)) nod(pass)
  else if (isHome(pass) && replyAtHome(pass, actOf(text))) return
  else if (act !== null && !mayAnswer(act, keeps)) handleAct(pass, act, null)
  else if (isQuestion && act === null) askWhetherQuestion(pass, text, null)
  else receiveTop(pass, { type: 'text', text })
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
  } else sayUnheard(pass, asking.otherwise)
  pass.asking = undefined
}
