import { expect, it } from 'vitest'
import { createTranslate } from '../../locales/i18n.ts'
import { LOCALES } from '../../locales/keys.ts'
import { type FundProblem, problemWords } from '../../src/funds/problem.ts'
import { fen } from './fund-world.ts'

/** One of each; a kind that is left out does not compile. */
const PROBLEMS: Record<FundProblem['kind'], FundProblem> = {
  'not-yours': { kind: 'not-yours' },
  'bad-amount': { kind: 'bad-amount' },
  'bad-count': { kind: 'bad-count' },
  'bad-day': { kind: 'bad-day' },
  'day-to-come': { kind: 'day-to-come' },
  'document-needed': { kind: 'document-needed' },
  'reason-needed': { kind: 'reason-needed' },
  'not-there': { kind: 'not-there', held: fen(1, 2, 3) },
  'above-approved': { kind: 'above-approved', mostFen: 4 },
  'not-allotted': { kind: 'not-allotted', mostFen: 5 },
  'not-granted': { kind: 'not-granted' },
  'no-such-case': { kind: 'no-such-case' },
  'no-such-place': { kind: 'no-such-place' },
  'no-such-act': { kind: 'no-such-act' },
  conflict: { kind: 'conflict' },
  'same-person': { kind: 'same-person' },
  'approved-it': { kind: 'approved-it' },
  decided: { kind: 'decided' },
  'reversed-already': { kind: 'reversed-already' },
  'not-reversible': { kind: 'not-reversible' },
  'passed-on': { kind: 'passed-on' },
}

it.each(LOCALES)('has words for each problem in %s, with its figures filled in', (locale) => {
  const translate = createTranslate()
  for (const problem of Object.values(PROBLEMS)) {
    const { key, params } = problemWords(problem, (sum) => `<${sum}>`)
    const words = translate(locale, key, params)
    expect(words, problem.kind).not.toBe(key)
    expect(words, problem.kind).not.toMatch(/\{\{|problem-/)
  }
  const held = problemWords({ kind: 'not-there', held: fen(1, 2, 3) }, (sum) => `<${sum}>`)
  expect(translate(locale, held.key, held.params)).toMatch(/<1>.*<2>.*<3>/)
})
