import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Answer, Answers } from '../../flows/programme/rules/answers.ts'
import { evaluate, type RuleVerdict } from '../../flows/programme/rules/evaluate.ts'
import { nextQuestion } from '../../flows/programme/rules/next-question.ts'
import type { Question } from '../../flows/programme/rules/questions.ts'
import type { Rules } from '../../flows/programme/rules/rules.ts'
import { separateGroups } from './separate-groups.ts'

const programmes: [string, Rules][] = [
  ['Guiyang 2018', guiyang2018().rules],
  ['a programme that asks group by group', separateGroups],
]
const judge = (rules: Rules, answers: Answers) => evaluate(rules, answers, 'revision')

/** Any answer to a question; `sure`: none that leaves something open. */
function answerTo({ kind, options }: Question, sure = false): fc.Arbitrary<Answer> {
  const ids = options.map(({ id }) => id)
  const unsure: fc.Arbitrary<Answer>[] = sure ? [] : [fc.constant('not-sure')]
  if (kind === 'yes-no') return fc.oneof(fc.boolean(), ...unsure)
  if (kind === 'number') return fc.oneof(fc.nat(7), ...unsure)
  if (kind === 'one-of') return fc.oneof(fc.constantFrom(...ids), ...unsure)
  const marks = fc.array(fc.constantFrom('has', 'no', sure ? 'no' : 'unsure'), {
    minLength: ids.length,
    maxLength: ids.length,
  })
  const several = marks.map((all) => ({
    has: ids.filter((_, index) => all[index] === 'has'),
    unsure: ids.filter((_, index) => all[index] === 'unsure'),
  }))
  return fc.oneof(several, ...unsure)
}

const answersTo = (questions: readonly Question[], sure = false) =>
  fc.record(Object.fromEntries(questions.map((one) => [one.id, answerTo(one, sure)])), {
    requiredKeys: sure ? questions.map(({ id }) => id) : [],
  })

/** All that a verdict says, with one reason for priority as good as another. */
function said({ kind, trace }: RuleVerdict): string {
  if (kind === 'elsewhere') return kind
  const single = trace.filter(({ effect }) => effect !== 'priority')
  return [kind === 'priority', ...single.map(({ rule, result }) => `${rule} ${result}`)].join()
}

/** What was open is answered; what was answered stays. */
function refine(answers: Answers, more: Answers): Answers {
  const refined: Record<string, Answer> = { ...more }
  for (const [id, before] of Object.entries(answers)) {
    const after = more[id]
    if (before === 'not-sure') continue
    if (typeof before === 'object' && typeof after === 'object') {
      const settled = before.unsure.filter((one) => after.has.includes(one))
      refined[id] = { has: [...before.has, ...settled], unsure: [] }
    } else {
      refined[id] = before
    }
  }
  return refined
}

describe.each(programmes)('%s', (_, rules) => {
  const { questions } = rules
  const ordinary = answersTo(questions)

  it('never turns a yes or a no into an unknown by answering more', () => {
    fc.assert(
      fc.property(ordinary, answersTo(questions, true), (answers, more) => {
        const before = judge(rules, answers)
        const after = judge(rules, refine(answers, more))
        for (const [index, { result, rule }] of before.trace.entries()) {
          if (result !== 'unknown') expect(after.trace[index]?.result, rule).not.toBe('unknown')
          if (result === 'yes') expect(after.trace[index]?.result, rule).toBe('yes')
        }
        if (before.kind !== 'unknown') expect(after.kind).not.toBe('unknown')
        if (before.kind === 'priority') expect(['priority', 'elsewhere']).toContain(after.kind)
      }),
      { numRuns: 500 },
    )
  })

  it('hears the same in any order', () => {
    const shuffled = ordinary.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray(Object.keys(answers), { minLength: Object.keys(answers).length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([answers, order]) => {
        const other: Record<string, Answer> = {}
        for (const id of order) {
          const answer = answers[id]
          if (answer === undefined) continue
          other[id] =
            typeof answer === 'object'
              ? { has: answer.has.toReversed(), unsure: answer.unsure.toReversed() }
              : answer
        }
        expect(judge(rules, other)).toEqual(judge(rules, answers))
      }),
    )
  })

  it('asks at most eight, each once, whatever is answered', () => {
    fc.assert(
      fc.property(ordinary, (all) => {
        const answers: Record<string, Answer> = {}
        const asked: string[] = []
        for (;;) {
          const question = nextQuestion(rules, answers)
          if (question === null) break
          asked.push(question.id)
          answers[question.id] = all[question.id] ?? 'not-sure'
          expect(asked.length).toBeLessThanOrEqual(8)
        }
        expect(new Set(asked).size).toBe(asked.length)
      }),
    )
  })

  it('asks only what can change what is said', () => {
    fc.assert(
      fc.property(ordinary, (answers) => {
        const question = nextQuestion(rules, answers)
        if (question === null) return
        // Some way of answering the others makes two answers to this one differ.
        const others = fc.sample(answersTo(questions, true), { numRuns: 300, seed: 7 })
        const own = fc.sample(answerTo(question, true), { numRuns: 12, seed: 11 })
        const differs = others.some((other) => {
          const base = { ...other, ...answers }
          delete base[question.id]
          const says = own.map((one) => said(judge(rules, { ...base, [question.id]: one })))
          return new Set(says).size > 1
        })
        expect(differs, question.id).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('stops only when nothing that is left can change anything', () => {
    fc.assert(
      fc.property(
        ordinary,
        answersTo(questions, true),
        answersTo(questions, true),
        (answers, one, other) => {
          let known: Record<string, Answer> = { ...answers }
          for (let next = nextQuestion(rules, known); next !== null; ) {
            known = { ...known, [next.id]: one[next.id] ?? 'not-sure' }
            next = nextQuestion(rules, known)
          }
          const left = questions.filter(({ id }) => known[id] === undefined && !isGiven(id, known))
          const filled = (from: Answers) => ({
            ...Object.fromEntries(left.map(({ id }) => [id, from[id] ?? 'not-sure'])),
            ...known,
          })
          expect(said(judge(rules, filled(one)))).toBe(said(judge(rules, known)))
          expect(said(judge(rules, filled(other)))).toBe(said(judge(rules, known)))
        },
      ),
      { numRuns: 200 },
    )
  })

  /** What follows from another answer was settled, and may be contradicted only by saying so. */
  function isGiven(id: string, known: Answers): boolean {
    return judge(rules, known).trace.some(({ said: entries }) =>
      entries.some((entry) => entry.question === id && entry.derived),
    )
  }
})

describe('what can no longer matter', () => {
  const [, guiyang] = programmes[0] ?? []
  if (guiyang === undefined) throw new Error('no rules')
  const next = (rules: Rules, answers: Answers) => nextQuestion(rules, answers)?.id ?? null

  it('is not asked outside the city', () => {
    expect(next(guiyang, {})).toBe('place')
    expect(next(guiyang, { place: 'guian' })).toBeNull()
    expect(next(guiyang, { place: 'other-place' })).toBeNull()
    expect(next(guiyang, { place: 'not-sure' })).toBe('groups')
  })

  it('is not asked of one who works alone', () => {
    const alone: Answers = { place: 'huaxi', groups: { has: [], unsure: [] }, employees: 1 }
    expect(next(guiyang, alone)).toBe('village')
    expect(next(guiyang, { ...alone, employees: 2 })).toBe('group-jobs')
    expect(next(guiyang, { ...alone, employees: 'not-sure' })).toBe('group-jobs')
  })

  it('is not asked once one group is enough', () => {
    expect(next(separateGroups, { veteran: false })).toBe('graduate')
    expect(next(separateGroups, { veteran: true })).toBe('staff')
    expect(next(separateGroups, { veteran: 'not-sure' })).toBe('graduate')
  })

  it('is not asked once a condition has failed', () => {
    expect(next(separateGroups, { veteran: true, staff: 0 })).toBeNull()
    expect(next(separateGroups, { veteran: true, staff: 3 })).toBe('trained')
  })
})
