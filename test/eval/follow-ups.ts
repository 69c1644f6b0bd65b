import { readFileSync } from 'node:fs'
import { entryToGoOnFrom } from '../../flows/knowledge/policy-question/answer.ts'
import type { Asker } from './asker.ts'
import { describe, share } from './score.ts'

/** A question, and a pattern that its answer must match; none for one that only begins. */
type Turn = readonly [question: string, pattern?: string]

/** How the turns of dialogues went that have a pattern; each is asked with what was answered before it. */
export function followUps(asker: Asker, path: string) {
  const dialogues: readonly (readonly Turn[])[] = JSON.parse(readFileSync(path, 'utf8'))
  const missed: string[] = []
  let asked = 0
  for (const dialogue of dialogues) {
    let after: string | undefined
    for (const [question, pattern] of dialogue) {
      const locale = /\p{Script=Han}/u.test(question) ? 'zh-Hans' : 'en'
      const shown = asker.ask(question, locale, after)
      if (pattern !== undefined) {
        asked++
        const isRight = pattern.split('|').some((one) => shown.said.includes(one))
        if (!isRight) missed.push(`${after} → ${question}  [${pattern}] -> ${describe(shown)}`)
      }
      after = entryToGoOnFrom(shown.answer) ?? after
    }
  }
  return { asked, right: share(asked - missed.length, asked), missed }
}
