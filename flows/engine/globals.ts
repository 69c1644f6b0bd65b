import { readings } from './hearing.ts'
import { GLOBAL } from './offered.ts'
import {
  emit,
  enterTop,
  flowOf,
  freshRun,
  openFlow,
  type Pass,
  replaceTop,
  returnTo,
  stepOf,
  topRun,
} from './pass.ts'
import { COMMANDS, type Effect, type Input, type KeyedText, type QuickReply } from './types.ts'

type CommandInput = Extract<Input, { type: 'command' }>

/** Takes a global command, whatever step is waiting. */
export function handleCommand(pass: Pass, input: CommandInput): void {
  switch (input.name) {
    case 'start':
      start(pass, input)
      break
    case 'menu':
      goHome(pass)
      break
    case 'back':
      goBack(pass)
      break
    case 'cancel':
      cancel(pass)
      break
    case 'restart':
      restart(pass, input)
      break
    case 'help':
      help(pass)
      break
    case 'person':
      callPerson(pass)
      break
    case 'language':
      changeLanguage(pass, input)
      break
    case 'bot':
      emit(pass, [tell({ key: 'handoff.here' })])
      askAgain(pass)
      break
    case 'stop':
      emit(pass, [{ type: 'save', record: { kind: 'opt-out' } }, tell({ key: 'common.stopped' })])
      askAgain(pass)
      break
  }
}

/** A quick reply that works at any time: `!menu`, `!person`, or `!flow:argument`. */
export function handleGlobalChoice(pass: Pass, value: string): void {
  const [name = '', ...rest] = value.slice(GLOBAL.length).split(':')
  const command = COMMANDS.find((known) => known === name)
  if (command !== undefined) {
    const payload = rest.join(':')
    handleCommand(pass, {
      type: 'command',
      name: command,
      ...(payload === '' ? {} : { payload }),
    })
  } else if (pass.flows.has(name)) {
    topRun(pass)
    openFlow(pass, name, { type: 'choice', value: rest.join(':') })
  } else {
    sayStale(pass)
  }
}

/** An old button, or one of a flow that is gone: say so kindly and ask the present question again. */
export function sayStale(pass: Pass): void {
  emit(pass, [tell({ key: 'common.oldButton' })])
  enterTop(pass)
}

function start(pass: Pass, { payload }: CommandInput): void {
  const opened = openedBy(pass, payload ?? '')
  if (opened === null) {
    goHome(pass)
  } else {
    topRun(pass)
    openFlow(pass, opened.flow, { type: 'choice', value: opened.value })
  }
}

/** What a deep link opens, which somebody else may have written; null: home. */
function openedBy(pass: Pass, payload: string): { flow: string; value: string } | null {
  for (const [flow, takes] of Object.entries(pass.options.starts ?? {})) {
    if (payload !== flow && !payload.startsWith(`${flow}-`)) continue
    const value = payload.slice(flow.length + 1)
    if (takes.test(value) && pass.flows.has(flow)) return { flow, value }
  }
  return null
}

function goHome(pass: Pass): void {
  parkRuns(pass)
  pass.stack = [freshRun(flowOf(pass, pass.options.home))]
  enterTop(pass)
}

function goBack(pass: Pass): void {
  const run = topRun(pass)
  const undone = stepOf(pass, run).undo?.(run.data) ?? null
  const previous = run.trail.at(-1)
  if (undone !== null) {
    replaceTop(pass, { ...run, data: undone })
    enterTop(pass)
  } else if (previous !== undefined) {
    replaceTop(pass, { ...run, step: previous, trail: run.trail.slice(0, -1) })
    enterTop(pass)
  } else if (flowOf(pass, run.flow).resumable === true) {
    // A form is left by its own words only, not by one step too many.
    emit(pass, [tell({ key: 'talk.firstStep' })])
    askAgain(pass)
  } else if (pass.stack.length > 1) {
    pass.stack = pass.stack.slice(0, -1)
    enterTop(pass)
  } else {
    goHome(pass)
  }
}

function cancel(pass: Pass): void {
  const kept = pass.stack.some((run) => flowOf(pass, run.flow).resumable === true)
  emit(pass, [tell({ key: kept ? 'common.cancelledKept' : 'common.cancelled' })])
  goHome(pass)
}

/** Begins the open flow anew. What was filled in by hand goes only after a yes to exactly that. */
function restart(pass: Pass, { payload }: CommandInput): void {
  const run = topRun(pass)
  const flow = flowOf(pass, run.flow)
  if (payload === KEEP) {
    enterTop(pass)
    return
  }
  if (payload !== SURE && flow.resumable === true && isBegun(pass)) {
    pass.confirming = true
    emit(pass, [
      {
        type: 'send',
        message: { text: { key: 'common.restartAsk' }, quickReplies: RESTART_REPLIES },
      },
    ])
    return
  }
  if (flow.id !== pass.options.home) emit(pass, [tell({ key: 'common.restarted' })])
  replaceTop(pass, freshRun(flow))
  enterTop(pass)
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
export function takeConfirmation(pass: Pass, words: string): boolean {
  const lines = readings(words, { wish: false })
  const payload = lines.some((line) => IS_SURE.test(line))
    ? SURE
    : lines.some((line) => IS_NOT.test(line))
      ? KEEP
      : null
  if (payload !== null) handleCommand(pass, { type: 'command', name: 'restart', payload })
  return payload !== null
}

/** Whether anything was said to the open flow that beginning anew would lose. */
function isBegun(pass: Pass): boolean {
  const { flow, data, trail } = topRun(pass)
  const { steps, initial } = flowOf(pass, flow)
  const answered = trail.filter((step) => steps[step]?.passing !== true)
  return answered.length > 0 || JSON.stringify(data) !== JSON.stringify(initial)
}

function help(pass: Pass): void {
  const run = topRun(pass)
  const about = stepOf(pass, run).about?.(run.data, 'explain', pass.ctx) ?? []
  const text = [...about, flowOf(pass, run.flow).help, { key: 'common.helpCommands' as const }]
  emit(pass, [{ type: 'send', message: { text } }])
  askAgain(pass)
}

function callPerson(pass: Pass): void {
  topRun(pass)
  emit(pass, [{ type: 'handoff', reason: 'asked' }])
}

function changeLanguage(pass: Pass, { payload }: CommandInput): void {
  if (payload === 'zh-Hans' || payload === 'en') {
    emit(pass, [
      { type: 'save', record: { kind: 'locale', locale: payload } },
      tell({ key: 'settings.languageChanged' }),
    ])
    enterTop(pass)
  } else {
    topRun(pass)
    openFlow(pass, pass.options.settings, { type: 'command', name: 'language' })
  }
}

/** Repeats the question that is open; home asks none. */
function askAgain(pass: Pass): void {
  const run = topRun(pass)
  if (stepOf(pass, run).quietReturn !== true) returnTo(pass)
}

/** Keeps the half-filled runs of the stack, so that leaving loses nothing. */
export function parkRuns(pass: Pass): void {
  for (const run of pass.stack) park(pass, run)
}

function park(pass: Pass, run: Pass['stack'][number]): void {
  if (pass.flows.get(run.flow)?.resumable === true) {
    pass.parked = { ...pass.parked, [run.flow]: run }
  }
}

function tell(text: KeyedText): Effect {
  return { type: 'send', message: { text } }
}
