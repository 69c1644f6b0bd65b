import { type Act, mayAnswer } from './acts.ts'
import { say } from './define.ts'
import { handleCommand, handleGlobalChoice } from './globals.ts'
import type { Danger } from './options.ts'
import {
  askTopAgain,
  emit,
  enterTop,
  isHome,
  sayUnheard,
  stepOf,
  type TurnDraft,
  topRun,
} from './turn-draft.ts'
import type { QuickReply, Text } from './types.ts'

/**
 * Answers a short reply that is none of the step's answers: it is about the step, and the question is asked again.
 * `otherwise`: what the step says of it itself; null where it was not asked.
 */
export function handleAct(draft: TurnDraft, act: Act, otherwise: Text | null): void {
  const run = topRun(draft)
  switch (act) {
    case 'previous':
      handleCommand(draft, { type: 'command', name: 'back' })
      break
    case 'later':
      // Who asks for time is not asked again at once; the step waits.
      emit(draft, [say({ key: 'talk.later' })])
      break
    case 'again':
      enterTop(draft)
      break
    case 'yes':
    case 'no':
    case 'done':
    case 'unsure':
    case 'skip':
    case 'none':
      sayUnheard(draft, otherwise ?? { key: 'talk.next' })
      break
    default: {
      const about = stepOf(draft, run).about?.(run.data, act, draft.ctx) ?? null
      if (about === null && (act === 'wrong' || act === 'change') && canGoBack(draft)) {
        emit(draft, [say({ key: 'talk.goesBack' })])
        handleCommand(draft, { type: 'command', name: 'back' })
        break
      }
      // How to answer is known best by the step itself.
      const how = HOW.has(act) ? otherwise : null
      emit(draft, [say(about ?? how ?? { key: `talk.${act}` })])
      askTopAgain(draft)
    }
  }
}

const HOW: ReadonlySet<Act> = new Set<Act>(['explain', 'example', 'choose'])

function canGoBack(draft: TurnDraft): boolean {
  const { data, trail } = topRun(draft)
  return trail.length > 0 || (stepOf(draft, topRun(draft)).undo?.(data) ?? null) !== null
}

/** Nothing but faces, or a word that asks for nothing: answered in kind. */
export function nod(draft: TurnDraft): void {
  const isResting = isHome(draft)
  emit(draft, [say({ key: isResting ? 'talk.nodAtHome' : 'talk.nod' })])
  if (!isResting) askTopAgain(draft)
}

/**
 * Short words to nothing that is open, which no clause of a plan answers: said of an item, of which there is none, or of
 * an answer, where none was given. False for those that may lean on the answer before, and for a question that
 * is about a form only where there is one: how long does it take.
 */
export function replyAtHome(draft: TurnDraft, act: Act | null, text: string): boolean {
  if (act === null || mayAnswer(act)) return false
  const isAnswered = draft.ctx.answered !== undefined
  const isLeft = Object.keys(draft.parked).length > 0
  const isAsked = draft.options.looksLikeQuestion(text) && !/填|\bfill|\bform\b/i.test(text)
  if (act === 'annoyed' && isAsked && (isAnswered || !isLeft)) return false
  if (act === 'wrong') emit(draft, [say({ key: 'talk.wrongAtHome' })])
  else if (act === 'choose')
    emit(draft, [say({ key: 'talk.chooseAtHome' }, { quickReplies: WAYS })])
  else if (OF_AN_ITEM.has(act) || (OF_THE_TURN_BEFORE.has(act) && !isAnswered)) {
    // A form that was left is what such words mean, where there is one: the greeting names it.
    if (isLeft && !OF_THE_TURN_BEFORE.has(act)) {
      handleCommand(draft, { type: 'command', name: 'menu' })
    } else if (act === 'explain' || act === 'again') emit(draft, [say({ key: 'talk.whichWords' })])
    else emit(draft, [say({ key: 'talk.nothingOpen' }, { quickReplies: WAYS })])
  } else return false
  return true
}

const OF_AN_ITEM: ReadonlySet<Act> = new Set<Act>(['previous', 'change', 'submit', 'annoyed'])
const OF_THE_TURN_BEFORE: ReadonlySet<Act> = new Set<Act>([
  'explain',
  'example',
  'again',
  'why',
  'must',
  'next',
])

const WAYS: readonly QuickReply[] = [
  { value: '!prescreen', label: { key: 'prescreen.menu' } },
  { value: '!apply', label: { key: 'apply.menu' } },
  { value: '!person', label: { key: 'menu.person' } },
]

/**
 * What must be heard is answered at once, whatever is open; the open form stays as it is. Staff hear of it where they
 * should look at once.
 */
export function handleDanger(draft: TurnDraft, { opens, urgent, goesOn }: Danger): void {
  topRun(draft)
  if (urgent !== undefined) emit(draft, [{ type: 'handoff', reason: 'asked', urgent }])
  draft.quiet = !goesOn
  handleGlobalChoice(draft, opens)
}
