import { GLOBAL } from './offered.ts'
import {
  emit,
  enterTop,
  flowOf,
  freshRun,
  openFlow,
  replaceTop,
  returnTo,
  stepOf,
  type TurnDraft,
  topRun,
} from './pass.ts'
import { COMMANDS, type Effect, type Input, type KeyedText } from './types.ts'

type CommandInput = Extract<Input, { type: 'command' }>

/** Takes a global command, whatever step is waiting. */
export function handleCommand(pass: TurnDraft, input: CommandInput): void {
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
      restart(pass)
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
export function handleGlobalChoice(pass: TurnDraft, value: string): void {
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
export function sayStale(pass: TurnDraft): void {
  emit(pass, [tell({ key: 'common.oldButton' })])
  enterTop(pass)
}

function start(pass: TurnDraft, { payload }: CommandInput): void {
  const opened = openedBy(pass, payload ?? '')
  if (opened === null) {
    goHome(pass)
  } else {
    topRun(pass)
    openFlow(pass, opened.flow, { type: 'choice', value: opened.value })
  }
}

/** What a deep link opens, which somebody else may have written; null: home. */
function openedBy(pass: TurnDraft, payload: string): { flow: string; value: string } | null {
  for (const [flow, takes] of Object.entries(pass.options.starts ?? {})) {
    if (payload !== flow && !payload.startsWith(`${flow}-`)) continue
    const value = payload.slice(flow.length + 1)
    if (takes.test(value) && pass.flows.has(flow)) return { flow, value }
  }
  return null
}

function goHome(pass: TurnDraft): void {
  parkRuns(pass)
  pass.stack = [freshRun(flowOf(pass, pass.options.home))]
  enterTop(pass)
}

function goBack(pass: TurnDraft): void {
  const run = topRun(pass)
  const undone = stepOf(pass, run).undo?.(run.data) ?? null
  const previous = run.trail.at(-1)
  if (undone !== null) {
    replaceTop(pass, { ...run, data: undone })
    enterTop(pass)
  } else if (previous !== undefined) {
    replaceTop(pass, { ...run, step: previous, trail: run.trail.slice(0, -1) })
    enterTop(pass)
  } else if (pass.stack.length > 1) {
    const left = pass.stack.at(-1)
    if (left !== undefined) park(pass, left)
    pass.stack = pass.stack.slice(0, -1)
    enterTop(pass)
  } else {
    goHome(pass)
  }
}

function cancel(pass: TurnDraft): void {
  const kept = pass.stack.some((run) => flowOf(pass, run.flow).resumable === true)
  emit(pass, [tell({ key: kept ? 'common.cancelledKept' : 'common.cancelled' })])
  goHome(pass)
}

function restart(pass: TurnDraft): void {
  const flow = flowOf(pass, topRun(pass).flow)
  if (flow.id !== pass.options.home) emit(pass, [tell({ key: 'common.restarted' })])
  replaceTop(pass, freshRun(flow))
  enterTop(pass)
}

function help(pass: TurnDraft): void {
  const flow = flowOf(pass, topRun(pass).flow)
  emit(pass, [{ type: 'send', message: { text: [flow.help, { key: 'common.helpCommands' }] } }])
  askAgain(pass)
}

function callPerson(pass: TurnDraft): void {
  topRun(pass)
  emit(pass, [{ type: 'handoff', reason: 'asked' }])
}

function changeLanguage(pass: TurnDraft, { payload }: CommandInput): void {
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
function askAgain(pass: TurnDraft): void {
  const run = topRun(pass)
  if (stepOf(pass, run).quietReturn !== true) returnTo(pass)
}

/** Keeps the half-filled runs of the stack, so that leaving loses nothing. */
export function parkRuns(pass: TurnDraft): void {
  for (const run of pass.stack) park(pass, run)
}

function park(pass: TurnDraft, run: TurnDraft['stack'][number]): void {
  if (pass.flows.get(run.flow)?.resumable === true) {
    pass.parked = { ...pass.parked, [run.flow]: run }
  }
}

function tell(text: KeyedText): Effect {
  return { type: 'send', message: { text } }
}
