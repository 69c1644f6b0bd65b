import { APART_MARK } from '../../db/conversation/apart.ts'
import type { Offered } from '../../flows/engine/offered.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Spoken } from './render.ts'
import type { TurnOutcome } from './run-steps.ts'

/**
 * What of a turn is kept nowhere: all of it where it began or ended in a flow that is apart, or what the person said.
 */
export function apartOf(
  before: FlowState | null,
  { state, apart }: TurnOutcome,
): 'turn' | 'heard' | null {
  if (isApart(before) || isApart(state)) return 'turn'
  return apart === true ? 'heard' : null
}

/** The same with word for the page that nothing of the answer may stay where it is typed. */
export function askApart({ message, locale }: Spoken): Spoken {
  return { message: { ...message, wants: 'apart' }, locale }
}

/** Whether what is said next is for no eyes but those that it is for. */
export function isApart(state: FlowState | null): boolean {
  return APART.has(state?.stack.at(-1)?.flow ?? '')
}

const APART: ReadonlySet<string> = new Set(
  flows.filter(({ apart }) => apart !== undefined).map(({ id }) => id),
)
/** Where the talk went, and how far, is not kept either. */
export const APART_PATH: readonly string[] = ['tip-off.apart']

/** Words that nobody is to read are no question for staff to answer. */
export function recordsOf(
  { records }: TurnOutcome,
  apart: 'turn' | 'heard' | null,
): TurnOutcome['records'] {
  if (apart === null) return records
  return records.filter(({ record }) => record.kind !== 'unanswered-question')
}

/** What the transcript keeps of what a person did, in the form in which it keeps what we said. */
export function heardOf(
  { translate }: Deps,
  locale: Locale,
  input: Input,
  offered: Offered,
  apart: 'turn' | 'heard' | null,
) {
  if (apart !== null) return APART_MARK
  const label = (value: string) =>
    offered.replies.find((reply) => reply.value === value)?.label ?? value
  const text = (() => {
    switch (input.type) {
      case 'text':
        return input.text
      case 'choice':
        return label(input.value)
      case 'command':
        return `/${input.name}`
      case 'media':
      case 'unsupported': {
        const kind = input.type === 'media' ? input.kind : input.what
        return `${translate(locale, `file.heard-${kind}`)}${input.caption ?? ''}`
      }
      case 'contact':
      case 'location':
        return translate(locale, `file.heard-${input.type}`)
      default:
        return `[${input.type}]`
    }
  })()
  return { text, quickReplies: [], input }
}
