import { firstOf } from './commands.ts'
import { normaliseLine, readings } from './hearing.ts'
import { GLOBAL } from './offered.ts'
import type { TurnDraft } from './turn-draft.ts'
import { COMMANDS, type Flow } from './types.ts'

/** Which flow a word opens. Throws where two flows have the same one. */
export function wordsOf(flows: readonly Flow[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const { id, words: own = [] } of flows) {
    for (const word of own) {
      const taken = words.get(normaliseLine(word)) ?? id
      if (taken !== id) throw new Error(`both ${taken} and ${id} are opened by ${word}`)
      words.set(normaliseLine(word), id)
    }
  }
  return words
}

/** Whether the whole line opens something. */
export function isOurs(draft: TurnDraft, text: string): boolean {
  return firstOf(readings(text, { wish: true }), (one) => ownWordOf(draft, one)) !== null
}

/** What a line opens: as the label of a button, or as people say it. */
export const ownWordOf = ({ options, ctx }: TurnDraft, line: string): string | undefined =>
  options.labels?.get(line) ?? ctx.phrases?.get(line)

/** The label of a button that is a global command, and none of those that open a flow. */
export const commandLabel = (value: string | null): string | null =>
  COMMANDS.some((name) => value?.slice(GLOBAL.length).split(':')[0] === name) ? value : null

/** The flow that a typed line asks something of, and what. */
export function lineOf(draft: TurnDraft, text: string): { flow: string; value: string } | null {
  for (const { id, typed } of draft.flows.values()) {
    const value = typed?.(text) ?? null
    if (value !== null) return { flow: id, value }
  }
  return null
}
