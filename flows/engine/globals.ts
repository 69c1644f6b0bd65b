import { readings } from './hearing.ts'
import { GLOBAL } from './offered.ts'
import {
  emit,
  enterTop,
  flowOf,
  freshRun,
  isShowing,
  openFlow,
  replaceTop,
  returnTo,
  stepOf,
  type TurnDraft,
  topRun,
} from './turn-draft.ts'
import { COMMANDS, type Effect, type Input, type KeyedText, type QuickReply } from './types.ts'

type CommandInput = Extract<Input, { type: 'command' }>

/** Takes a global command, whatever step is waiting. */
export function handleCommand(draft: TurnDraft, input: CommandInput): void {
  switch (input.name) {
    case 'start':
      start(draft, input)
      break
    case 'menu':
      goHome(draft)
      break
    case 'back':
      goBack(draft)
      break
    case 'cancel':
      cancel(draft)
      break
    case 'restart':
      restart(draft, input)
      break
    case 'help':
      help(draft)
      break
    case 'person':
      callPerson(draft)
      break
    case 'language':
      changeLanguage(draft, input)
      break
    case 'bot':
      emit(draft, [tell({ key: 'handoff.here' })])
      askAgain(draft)
      break
    case 'stop':
      stop(draft)
      break
  }
}

/** A quick reply that works at any time: `!menu`, `!person`, or `!flow:argument`. */
export function handleGlobalChoice(draft: TurnDraft, value: string): void {
  const [name = '', ...rest] = value.slice(GLOBAL.length).split(':')
  const command = COMMANDS.find((known) => known === name)
  if (command !== undefined) {
    const payload = rest.join(':')
    handleCommand(draft, {
      type: 'command',
      name: command,
      ...(payload === '' ? {} : { payload }),
    })
  } else if (draft.flows.has(name)) {
    topRun(draft)
    openFlow(draft, name, { type: 'choice', value: rest.join(':') })
  } else {
    sayStale(draft)
  }
}

/** An old button, or one of a flow that is gone: say so kindly and ask the present question again. */
export function sayStale(draft: TurnDraft): void {
  emit(draft, [tell({ key: 'common.oldButton' })])
  enterTop(draft)
}

/** No more of what is sent to many. What is shown of settings is no longer so, and ends; what is half-filled goes on. */
function stop(draft: TurnDraft): void {
  const isAllOff = draft.ctx.off?.includes('case') === true
  const key = isAllOff ? 'common.stoppedAll' : 'common.stopped'
  emit(draft, [{ type: 'save', record: { kind: 'opt-out' } }, tell({ key })])
  const run = topRun(draft)
  const isKept = flowOf(draft, run.flow).resumable === true
  if (isShowing(draft, run) && !isKept) draft.stack = draft.stack.slice(0, -1)
  askAgain(draft)
}

function start(draft: TurnDraft, { payload }: CommandInput): void {
  const opened = openedBy(draft, payload ?? '')
  if (opened === null) {
    goHome(draft)
  } else {
    topRun(draft)
    openFlow(draft, opened.flow, { type: 'choice', value: opened.value })
  }
}

/** What a deep link opens, which somebody else may have written; null: home. */
function openedBy(draft: TurnDraft, payload: string): { flow: string; value: string } | null {
  for (const [flow, takes] of Object.entries(draft.options.starts ?? {})) {
    if (payload !== flow && !payload.startsWith(`${flow}-`)) continue
    const value = payload.slice(flow.length + 1)
    if (takes.test(value) && draft.flows.has(flow)) return { flow, value }
  }
  return null
}

function goHome(draft: TurnDraft): void {
  parkRuns(draft)
  draft.stack = [freshRun(flowOf(draft, draft.options.home))]
  enterTop(draft)
}

function goBack(draft: TurnDraft): void {
  const run = topRun(draft)
  const undone = stepOf(draft, run).undo?.(run.data) ?? null
  const previous = run.trail.at(-1)
  if (undone !== null) {
    replaceTop(draft, { ...run, data: undone })
    enterTop(draft)
  } else if (previous !== undefined) {
    replaceTop(draft, { ...run, step: previous, trail: run.trail.slice(0, -1) })
    enterTop(draft)
  } else if (flowOf(draft, run.flow).resumable === true) {
    // A form is left by its own words only, not by one step too many.
    emit(draft, [tell({ key: 'talk.firstStep' })])
    askAgain(draft)
  } else if (draft.stack.length > 1) {
    draft.stack = draft.stack.slice(0, -1)
    enterTop(draft)
  } else {
    goHome(draft)
  }
}

function cancel(draft: TurnDraft): void {
  const kept = draft.stack.some((run) => flowOf(draft, run.flow).resumable === true)
  emit(draft, [tell({ key: kept ? 'common.cancelledKept' : 'common.cancelled' })])
  goHome(draft)
}

/** Begins the open flow anew. What was filled in by hand goes only after a yes to exactly that. */
function restart(draft: TurnDraft, { payload }: CommandInput): void {
  const run = topRun(draft)
  const flow = flowOf(draft, run.flow)
  if (payload === KEEP) {
    enterTop(draft)
    return
  }
  if (payload !== SURE && flow.resumable === true && isBegun(draft)) {
    draft.confirming = true
    emit(draft, [
      {
        type: 'send',
        message: { text: { key: 'common.restartAsk' }, quickReplies: RESTART_REPLIES },
      },
    ])
    return
  }
  if (flow.id !== draft.options.home) emit(draft, [tell({ key: 'common.restarted' })])
  replaceTop(draft, freshRun(flow))
  enterTop(draft)
}

const SURE = 'sure'
const KEEP = 'keep'
const RESTART_REPLIES: readonly QuickReply[] = [
  { value: `!restart:${SURE}`, label: { key: 'common.restartYes' } },
  { value: `!restart:${KEEP}`, label: { key: 'common.restartNo' } },
]
const IS_SURE = /^(?:是|是的|确定|确认|对|重来|重新开始|从头来|yes|yes please|restart|start over)$/
const IS_NOT = /^(?:不|不要|不用|不是|否|别|算了|不重来|接着填|no|no thanks|keep|keep it)$/

/**
 * The answer to the question whether all is to be thrown away: a plain yes does, a plain no goes on; false for all
 * else, which is heard as if nothing had been asked.
 */
export function takeConfirmation(draft: TurnDraft, words: string): boolean {
  const lines = readings(words, { wish: false })
  const payload = lines.some((line) => IS_SURE.test(line))
    ? SURE
    : lines.some((line) => IS_NOT.test(line))
      ? KEEP
      : null
  if (payload !== null) handleCommand(draft, { type: 'command', name: 'restart', payload })
  return payload !== null
}

/** Whether anything was said to the open flow that beginning anew would lose. */
function isBegun(draft: TurnDraft): boolean {
  const { flow, data, trail } = topRun(draft)
  const { steps, initial } = flowOf(draft, flow)
  const answered = trail.filter((step) => steps[step]?.passing !== true)
  return answered.length > 0 || JSON.stringify(data) !== JSON.stringify(initial)
}

function help(draft: TurnDraft): void {
  const run = topRun(draft)
  const about = stepOf(draft, run).about?.(run.data, 'explain', draft.ctx) ?? []
  const text = [...about, flowOf(draft, run.flow).help, { key: 'common.helpCommands' as const }]
  emit(draft, [{ type: 'send', message: { text } }])
  askAgain(draft)
}

function callPerson(draft: TurnDraft): void {
  topRun(draft)
  emit(draft, [{ type: 'handoff', reason: 'asked' }])
}

function changeLanguage(draft: TurnDraft, { payload }: CommandInput): void {
  if (payload === 'zh-Hans' || payload === 'en') {
    emit(draft, [
      { type: 'save', record: { kind: 'locale', locale: payload } },
      tell({ key: 'settings.languageChanged' }),
    ])
    enterTop(draft)
  } else {
    topRun(draft)
    openFlow(draft, draft.options.settings, { type: 'command', name: 'language' })
  }
}

/** Repeats the question that is open; home asks none. */
function askAgain(draft: TurnDraft): void {
  const run = topRun(draft)
  if (stepOf(draft, run).quietReturn !== true) returnTo(draft)
}

/** Keeps the half-filled runs of the stack, so that leaving loses nothing. */
export function parkRuns(draft: TurnDraft): void {
  for (const run of draft.stack) park(draft, run)
}

function park(draft: TurnDraft, run: TurnDraft['stack'][number]): void {
  if (draft.flows.get(run.flow)?.resumable === true) {
    draft.parked = { ...draft.parked, [run.flow]: run }
  }
}

function tell(text: KeyedText): Effect {
  return { type: 'send', message: { text } }
}
