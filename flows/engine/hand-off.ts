import type { Locale } from '../../locales/keys.ts'
import { commandOf } from './commands.ts'
import type { Office, OfficeCard, Offices, TurnContext } from './context.ts'
import { say } from './define.ts'
import { GLOBAL } from './offered.ts'
import type { FlowState } from './state.ts'
import { emit, enterTop, openFlow, stepOf, type TurnDraft, topRun } from './turn-draft.ts'
import { COMMANDS, type Effect, type Input, type KeyedText } from './types.ts'
import { fileProblem } from './unheard.ts'

/** So many policy questions in a row without an answer call staff. */
const REFUSALS = 2
/** A wait is told in minutes up to here, in hours beyond. */
const MINUTES = 90

/** Takes what a person does while staff have the conversation; false where the bot is to speak again. */
export function handleInputDuringHandoff(draft: TurnDraft, input: Input): boolean {
  const command = commandIn(input)
  if (command?.name === 'bot') return false
  if (command?.name === 'person') {
    emit(draft, [waitingWords({ key: 'handoff.already' }, draft.ctx)])
  } else if (command?.name === 'stop') {
    emit(draft, [
      { type: 'save', record: { kind: 'opt-out' } },
      say({ key: 'common.stopped' }, RETURN),
    ])
  } else if (command !== null || input.type === 'choice') {
    const locale = command?.name === 'language' ? command.payload : undefined
    if (locale === 'zh-Hans' || locale === 'en') {
      emit(draft, [{ type: 'save', record: { kind: 'locale', locale } }])
    }
    emit(draft, [say({ key: 'handoff.paused' }, RETURN)])
  } else {
    const goesOn =
      'album' in input && input.album !== undefined && input.album === draft.albumBefore
    const problem = fileProblem(input)
    if (goesOn) return true
    if (problem !== null) emit(draft, [say(problem, RETURN)])
    else if (draft.ctx.handoff?.tell === true) {
      emit(draft, [waitingWords({ key: 'handoff.still' }, draft.ctx)])
    }
  }
  return true
}

/** What is said while staff have the conversation has the one way back below it, and nothing else. */
export function waiting(effect: Effect): Effect {
  return effect.type === 'send' ? { ...effect, message: { ...effect.message, ...RETURN } } : effect
}

/** Whether what was done while staff have the conversation is meant for them: a button or a command is for us. */
export function isForStaff(type: Input['type']): boolean {
  return type !== 'choice' && type !== 'command' && type !== 'result'
}

/** The bot speaks again: whose doing it was, and the very question that was left open. */
export function handBack(draft: TurnDraft): void {
  const { handoff } = draft.ctx
  const over = handoff?.over ?? null
  const key = over === null ? 'back' : over === 'staff' ? 'closed' : 'timedOut'
  emit(draft, [{ type: 'handback' }])
  // Home asks nothing that could be taken up again.
  const asksNothing = stepOf(draft, topRun(draft)).quietReturn === true
  const { rating } = draft.options
  // Beside an open question there is no room for another.
  if (asksNothing && over === 'staff' && handoff?.isAnswered === true && rating !== undefined) {
    emit(draft, [say({ key: 'handoff.closed' })])
    openFlow(draft, rating, { type: 'choice', value: '' })
    return
  }
  const buttons = [
    { value: '!menu', label: { key: 'handoff.menu' } },
    { value: '!person', label: { key: 'handoff.person' } },
  ] as const
  const ask: KeyedText[] = asksNothing ? [{ key: 'handoff.ask' }] : []
  const text: KeyedText[] = [{ key: `handoff.${key}` }, ...ask]
  emit(draft, [say(text, asksNothing ? { quickReplies: buttons } : {})])
  if (!asksNothing) enterTop(draft)
}

/** What is said as staff are called, and why: what comes next, when, and the way back. */
export function callWords(
  { reason, urgent }: Extract<Effect, { type: 'handoff' }>,
  ctx: TurnContext,
): Effect {
  if (urgent !== undefined) return waitingWords({ key: 'handoff.urgent' }, ctx)
  if (reason === 'asked') return waitingWords(askedWords(ctx), ctx)
  const leads = { 'not-answered': 'handoff.refusedTwice', bug: 'common.bug' } as const
  return waitingWords({ key: leads[reason] }, ctx)
}

/** Counts the policy questions in a row that had no answer, over the steps of a turn and from turn to turn. */
export function countRefusals(
  before: number,
  effects: readonly Effect[],
): { refused: number; isEnough: boolean } {
  const isRefusal = effects.some(
    (effect) =>
      effect.type === 'save' &&
      effect.record.kind === 'unanswered-question' &&
      effect.record.reason === 'refused',
  )
  const isAsking = effects.some(({ type }) => type === 'request')
  const refused = isRefusal ? before + 1 : isAsking ? before : 0
  return { refused, isEnough: isRefusal && refused >= REFUSALS }
}

/** The count as it is stored: nothing where it is none. */
export function storedRefusals(refused: number): Pick<FlowState, 'refused'> {
  return refused === 0 ? {} : { refused }
}

/** Where somebody in a hurry can go: their own office where it can be reached, else one that knows where that is. */
function askedWords({ offices, locale }: TurnContext): KeyedText {
  const reachable = (place: string | null) => {
    const card = offices === undefined ? null : cardOf(offices, place, locale)
    return card?.isReachable === true ? card : null
  }
  if (offices?.own != null && reachable(offices.own) !== null) return { key: 'common.personThere' }
  const city = reachable(null)
  return city === null
    ? { key: 'common.person' }
    : { key: 'common.personCity', params: { where: city.named } }
}

function waitingWords(lead: KeyedText, ctx: TurnContext): Effect {
  return say([lead, ...officeWords(ctx), { key: 'handoff.silent' }], RETURN)
}

const RETURN = {
  quickReplies: [{ value: `${GLOBAL}bot`, label: { key: 'handoff.return' } }],
  // A number that is typed now is meant for staff.
  numbered: false,
  commands: false,
} as const

/** Whether the office is open, or when it opens, and how long others waited lately; nothing where it is not known. */
export function officeWords({ office }: Pick<TurnContext, 'office'>): KeyedText[] {
  if (office === undefined) return []
  const { open, opens, waitMinutes } = office()
  const wait: KeyedText[] =
    waitMinutes === null
      ? []
      : waitMinutes <= MINUTES
        ? [{ key: 'handoff.waitMinutes', params: { minutes: waitMinutes } }]
        : [{ key: 'handoff.waitHours', params: { hours: Math.ceil(waitMinutes / 60) } }]
  return open ? [{ key: 'handoff.open' }, ...wait] : [...opensWords('handoff', opens), ...wait]
}

/** When an office opens next, as its own texts or those of a hand-off say it. */
export function opensWords(
  space: 'handoff' | 'office',
  { day, time, date = '', holidaysKnown }: Office['opens'],
): KeyedText[] {
  const opens: KeyedText = { key: `${space}.opens-${day}`, params: { time, date } }
  return holidaysKnown ? [opens] : [opens, { key: 'handoff.holidays' }]
}

function commandIn(input: Input): Extract<Input, { type: 'command' }> | null {
  if (input.type === 'command') return input
  if (input.type === 'text') return commandOf(input.text)
  if (input.type !== 'choice' || !input.value.startsWith(GLOBAL)) return null
  const [word, payload] = input.value.slice(GLOBAL.length).split(':')
  const name = COMMANDS.find((known) => known === word)
  if (name === undefined) return null
  return { type: 'command', name, ...(payload === undefined ? {} : { payload }) }
}

/** The card of a place; null where there is none. */
export function cardOf(
  { cards }: Offices,
  place: string | null,
  locale: Locale,
): OfficeCard | null {
  return cards[locale].find((card) => card.place === place) ?? null
}
