import { say } from './define.ts'
import { handleGlobalChoice } from './globals.ts'
import type { Danger } from './options.ts'
import { stepOf, type TurnDraft, topRun } from './turn-draft.ts'
import type { Effect } from './types.ts'

/** Staff read along from now on: what is told apart from them ends, and it is said that nothing of it stays. */
export function endApart(draft: TurnDraft, effects: Effect[]): void {
  const apart = draft.stack.filter((run) => draft.flows.get(run.flow)?.apart !== undefined)
  const words = apart.flatMap((run) => draft.flows.get(run.flow)?.apart ?? [])
  draft.stack = draft.stack.filter((run) => !apart.includes(run))
  effects.push(...words.map((text) => say(text)))
}

/** Words are taken apart, for no eyes but those that they are for. */
export function isApart(draft: TurnDraft): boolean {
  const run = topRun(draft)
  return stepOf(draft, run).letter === true && draft.flows.get(run.flow)?.apart !== undefined
}

/**
 * A life in danger is answered with the numbers in what is told apart too; nobody is called, since that would name the
 * person, and the words are taken as they are.
 */
export function comfort(draft: TurnDraft, { opens }: Danger): void {
  draft.quiet = true
  handleGlobalChoice(draft, opens)
  draft.quiet = false
}
