import { actOf, mayAnswer } from './acts.ts'
import { comfort, endApart, isApart } from './apart.ts'
import { commandIn, firstOf } from './commands.ts'
import type { TurnContext } from './context.ts'
import { say } from './define.ts'
import { minutesBetween } from './elapsed.ts'
import {
  handleCommand,
  handleGlobalChoice,
  parkRuns,
  sayStale,
  takeConfirmation,
} from './globals.ts'
import {
  callWords,
  countRefusals,
  handBack,
  handleInputDuringHandoff,
  storedRefusals,
  waiting,
} from './hand-off.ts'
import { hear, normaliseLine, readings } from './hearing.ts'
import { GLOBAL } from './offered.ts'
import type { Danger, EngineOptions } from './options.ts'
import { commandLabel, isOurs, lineOf, ownWordOf, wordsOf } from './own-words.ts'
import { handleAct, handleDanger, nod, replyAtHome } from './replies.ts'
import type { FlowState, Run, TurnResult } from './state.ts'
import {
  askWhetherQuestion,
  emit,
  isHome,
  isShowing,
  openFlow,
  QUESTION_REQUEST,
  receiveTop,
  replaceTop,
  sayUnheard,
  stepOf,
  type TurnDraft,
  topRun,
} from './turn-draft.ts'
import type { Effect, Flow, Input } from './types.ts'
import { becameOf } from './unheard.ts'

export type { EngineOptions } from './options.ts'

/** The pure conversation: same state, input and context, same result. Throws only for our own bugs. */
export type Step = (state: FlowState | null, input: Input, ctx: TurnContext) => TurnResult

/**
 * Makes the step function of a set of flows. A `request` or `intend` effect in the result
 * is to be answered in the same turn by stepping again with its `result`.
 */
export function createStep(options: EngineOptions): Step {
  const flows = new Map<string, Flow>(options.flows.map((flow) => [flow.id, flow]))
  const words = wordsOf(options.flows)
  return (state, input, ctx) => {
    const answered = stillFresh(state?.answered, ctx.now)
    const draft: TurnDraft = {
      flows,
      options,
      stack: [...(state?.stack ?? [])],
      parked: { ...state?.parked },
      asking: state?.asking,
      answered,
      called: null,
      confirmed: state?.confirming === true,
      confirming: false,
      quiet: false,
      isNew: state === null,
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
    const danger = given && said !== undefined ? dangerIn(draft, said) : null
    if (danger?.always === true) {
      handleDanger(draft, { ...danger, goesOn: false })
      return { state: state ?? NOTHING_SAID, effects: draft.effects.map(waiting), path: [] }
    }
    if (given && handleInputDuringHandoff(draft, input)) {
      const { album: _, ...kept } = state ?? NOTHING_SAID
      const album = 'album' in input ? input.album : undefined
      const next = album === undefined ? kept : { ...kept, album }
      return { state: next, effects: draft.effects, path: [] }
    }
    if (state?.status === 'failed') {
      // Whatever broke may break again: begin at home, with the half-filled runs set aside.
      parkRuns(draft)
      draft.stack = []
    }
    keepElsewhere(draft)
    if (given) handBack(draft)
    else take(draft, input, words)
    const { refused, isEnough } = countRefusals(state?.refused ?? 0, draft.effects)
    const effects = isEnough ? callForRefusal(draft) : draft.effects
    if (draft.called !== null) endApart(draft, effects)
    if (draft.called !== null) effects.push(callWords(draft.called, draft.ctx))
    return {
      state: {
        status: 'waiting',
        stack: draft.stack,
        parked: draft.parked,
        ...storedRefusals(draft.called === null ? refused : 0),
        ...storedMisses(draft),
        ...(draft.album === undefined ? {} : { album: draft.album }),
        ...(draft.asking === undefined ? {} : { asking: draft.asking }),
        ...(draft.answered === undefined ? {} : { answered: draft.answered }),
        ...(draft.confirming ? { confirming: true } : {}),
      },
      effects,
      path: draft.path,
      open: draft.called === null && (draft.stack.at(-1)?.flow ?? options.home) !== options.home,
    }
  }
}

/** What is of use ends the count; while the world is asked, nothing is known of it yet. */
function storedMisses({
  missed,
  trying,
  effects,
}: TurnDraft): Pick<FlowState, 'missed' | 'trying'> {
  const isAsking = effects.some(({ type }) => type === 'request' || type === 'intend')
  const count = trying && !isAsking ? {} : { missed }
  return missed === 0 && !isAsking ? {} : { ...count, ...(isAsking ? { trying } : {}) }
}

/** Talk goes on from an answer for so many minutes, whichever day they begin on. */
const FRESH = 30

function stillFresh(answered: FlowState['answered'], now: string): FlowState['answered'] {
  return answered !== undefined && minutesBetween(answered.at, now) < FRESH ? answered : undefined
}

const NOTHING_SAID: FlowState = { status: 'waiting', stack: [], parked: {} }

/** What was said of the question that has no answer gives way to who will answer it. */
function callForRefusal(draft: TurnDraft): Effect[] {
  const call = { type: 'handoff', reason: 'not-answered' } as const
  draft.called ??= call
  return [...draft.effects.filter(({ type }) => type !== 'send'), call]
}

/** A channel that may no longer take what is personal keeps such runs, but not at hand. */
function keepElsewhere(draft: TurnDraft): void {
  const isPersonal = ({ flow }: Run) => draft.flows.get(flow)?.personal === true
  if (draft.ctx.personalData || !draft.stack.some(isPersonal)) return
  parkRuns(draft)
  draft.stack = []
}

function take(draft: TurnDraft, input: Input, words: ReadonlyMap<string, string>): void {
  switch (input.type) {
    case 'result':
      takeResult(draft, input)
      break
    case 'command':
      handleCommand(draft, input)
      break
    case 'choice':
      if (input.value.startsWith(GLOBAL)) handleGlobalChoice(draft, input.value)
      else if (input.stale === true) sayStale(draft)
      else receiveTop(draft, input)
      break
    case 'text':
      takeText(draft, input, words)
      break
    case 'unsupported':
      if (input.what === 'edit') emit(draft, [say({ key: 'common.edited' })])
      else if (!takeFile(draft, input, words)) receiveTop(draft, input)
      break
    default:
      if (input.type === 'media' && takeFile(draft, input, words)) break
      receiveTop(draft, input)
  }
}

/**
 * Takes a file that came with words, or with others in an album; false where it is like any other file. A step
 * that has a use for the file takes it; else what became of it is said once, and the words are heard as any others.
 */
function takeFile(
  draft: TurnDraft,
  input: Extract<Input, { type: 'media' | 'unsupported' }>,
  words: ReadonlyMap<string, string>,
): boolean {
  const caption = input.caption?.trim() ?? ''
  const goesOn = input.album !== undefined && input.album === draft.albumBefore
  draft.album = input.album
  if (caption === '' && !goesOn) return false
  const run = topRun(draft)
  const taken = stepOf(draft, run).receive(run.data, input, draft.ctx)
  // Home has no use for any file.
  if (!('otherwise' in taken || isHome(draft))) return false
  if ('data' in taken) replaceTop(draft, { ...run, data: taken.data })
  if (!goesOn || caption !== '') emit(draft, [say(becameOf(input))])
  if (caption !== '') takeText(draft, { type: 'text', text: caption }, words)
  return true
}

function takeText(
  draft: TurnDraft,
  input: Extract<Input, { type: 'text' }>,
  words: ReadonlyMap<string, string>,
): void {
  const { letter } = stepOf(draft, topRun(draft))
  const heard = letter === true ? { words: input.text, isNod: false } : hear(input.text)
  const found = dangerIn(draft, heard.words)
  const danger = letter === true ? null : found
  if (found?.always === true && isApart(draft)) comfort(draft, found)
  if (danger !== null && !(danger.yields === true && isOurs(draft, heard.words))) {
    handleDanger(draft, danger)
  } else if (draft.confirmed && takeConfirmation(draft, heard.words)) return
  else if (heard.isNod) nod(draft)
  else takeLine(draft, heard.words, words)
}

/** A line that is a word of ours does what the word says; of all else the step has its say. */
function takeLine(draft: TurnDraft, text: string, words: ReadonlyMap<string, string>): void {
  const run = topRun(draft)
  const step = stepOf(draft, run)
  const apart = isApart(draft)
  const keeps = step.keepsWords?.(run.data) ?? step.freeText === true
  const lines = step.letter === true ? [normaliseLine(text)] : readings(text, { wish: !keeps })
  const command = commandIn(lines)
  // What is told apart may be one of our own words: only commands lead away from it, by word or by label.
  const line = apart ? null : lineOf(draft, text)
  const opened = apart ? null : firstOf(lines, (one) => words.get(one))
  // What is said about a step comes before what the same words would open elsewhere.
  const isAct = !isHome(draft) && actOf(text) !== null
  const label = firstOf(lines, (one) => draft.options.labels?.get(one))
  const phrase = isAct ? label : firstOf(lines, (one) => ownWordOf(draft, one))
  const opens = apart ? commandLabel(label) : phrase
  if (command !== null) handleCommand(draft, command)
  else if (line !== null) openFlow(draft, line.flow, { type: 'choice', value: line.value })
  else if (opened !== null) openFlow(draft, opened, { type: 'choice', value: '' })
  else if (opens !== null) handleGlobalChoice(draft, opens)
  else takeWords(draft, text, { keeps, asks: step.freeText === true })
}

/** Short replies to nothing that was asked: at home they are taken in kind. */
function saysNothing(text: string): boolean {
  const act = actOf(text)
  return act !== null && (mayAnswer(act) || act === 'later' || act === 'nod' || act === 'refuse')
}

function dangerIn({ options }: TurnDraft, text: string): Danger | null {
  return options.danger?.(text) ?? null
}

/** Words that are none of ours: a short reply about the step, a question, or what the step asked for. */
function takeWords(
  draft: TurnDraft,
  text: string,
  { keeps, asks }: { keeps: boolean; asks: boolean },
): void {
  const isQuestion = asks && draft.options.looksLikeQuestion(text)
  const act = isHome(draft) || !(keeps || isQuestion) ? null : actOf(text)
  // Who has never written is greeted.
  if (draft.isNew && saysNothing(text)) handleCommand(draft, { type: 'command', name: 'menu' })
  else if (isHome(draft) && saysNothing(text)) nod(draft)
  else if (isHome(draft) && replyAtHome(draft, actOf(text), text)) return
  else if (act !== null && !mayAnswer(act, keeps)) handleAct(draft, act, null)
  else if (isQuestion && act === null) askWhetherQuestion(draft, text, null)
  else receiveTop(draft, { type: 'text', text })
}

/** Did the policy questions know the text? Then their answer interrupts; if not, the step has its word. */
function takeResult(draft: TurnDraft, input: Extract<Input, { type: 'result' }>): void {
  const asking = draft.asking
  if (input.requestId !== QUESTION_REQUEST || asking === undefined) {
    receiveTop(draft, input)
    return
  }
  const { isAnswer, isRemark, looksLikeQuestion } = draft.options
  const isBesideList = asking.otherwise !== null && isShowing(draft, topRun(draft))
  if (
    isAnswer(input.reply) ||
    (isBesideList && isRemark?.(input.reply, looksLikeQuestion(asking.text)) === true)
  ) {
    draft.asking = undefined
    openFlow(draft, draft.options.questions, input)
    return
  }
  if (asking.otherwise === null) {
    // `asking` stays set while the step reads the text, so that the same text is not asked twice.
    receiveTop(draft, { type: 'text', text: asking.text })
  } else sayUnheard(draft, asking.otherwise)
  draft.asking = undefined
}
