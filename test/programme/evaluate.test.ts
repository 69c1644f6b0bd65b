import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Answers } from '../../flows/programme/rules/answers.ts'
import { evaluate } from '../../flows/programme/rules/evaluate.ts'
import { Rules } from '../../flows/programme/rules/rules.ts'
import { golden } from './golden-table.ts'

const { rules, clauses } = guiyang2018()
const judge = (answers: Answers) => evaluate(rules, answers, 'guiyang-2018@test')
const entryOf = (rule: string, answers: Answers) =>
  judge(answers).trace.find((entry) => entry.rule === rule)
const words = (text: string) => text.split(' ').filter(Boolean).sort()

describe('the golden table', () => {
  it('is long enough', () => expect(golden.length).toBeGreaterThanOrEqual(60))

  it.each(golden)('%s', (_, said, kind, holding, open, cited) => {
    const verdict = judge(said)
    const withResult = (result: string) => verdict.trace.filter((one) => one.result === result)
    const plan = ['scope', 'priority', 'preference', 'encouraged']
    expect(verdict.kind).toBe(kind)
    expect(
      withResult('yes')
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(words(holding))
    expect(
      withResult('unknown')
        .filter(({ effect }) => plan.includes(effect))
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(words(open))
    const clausesOf = withResult('yes').flatMap(({ basis }) =>
      basis.kind === 'clause' ? [basis.clause] : [],
    )
    expect([...new Set(clausesOf)].sort()).toEqual(words(cited))
  })
})

describe('a verdict', () => {
  it('has a trace of every rule, in order, each with its source, year and confidence', () => {
    const { trace } = judge({})
    expect(trace.map(({ rule }) => rule)).toEqual(rules.rules.map(({ id }) => id))
    const known = new Set(clauses.map(({ id }) => id))
    for (const { rule, effect, basis, year, confidence } of trace) {
      if (basis.kind === 'clause') {
        expect(known.has(basis.clause), rule).toBe(true)
        expect(year, rule).toBe(2018)
      } else {
        expect(['requirement-as-reported', 'legal-form-note'], rule).toContain(effect)
        expect(year ?? 0, rule).toBeLessThan(2018)
        expect(year === null, rule).toBe(confidence === 'machine-translated')
        expect(basis.section, rule).toMatch(/^1\.\d$/)
      }
      expect(confidence, rule).not.toBe('')
    }
  })

  it('says what was said and what would change it', () => {
    expect(entryOf('group-jobs', { 'group-jobs': 0 })).toMatchObject({
      said: [{ question: 'group-jobs', answer: 0, derived: false }],
      result: 'no',
      changes: [{ atom: { op: 'at-least', question: 'group-jobs', value: 1 }, holds: true }],
    })
    expect(entryOf('group-jobs', { employees: 1 })?.said).toEqual([
      { question: 'group-jobs', answer: 0, derived: true },
    ])
    expect(entryOf('group-jobs', { 'group-jobs': 1 })?.changes).toEqual([])
    expect(entryOf('three-months-2016', { form: 'not-registered' })?.changes).toEqual([
      { atom: { op: 'is', question: 'form', options: ['not-registered'] }, holds: false },
      { atom: { op: 'is', question: 'situation', options: ['three-months'] }, holds: true },
    ])
  })

  it('keeps a form that is not chosen yet open, and tells 92 and 93 which are named', () => {
    expect(entryOf('legal-form-2012', { form: 'not-registered' })?.result).toBe('unknown')
    for (const form of ['individual', 'cooperative']) {
      expect(entryOf('legal-form-2012', { form })?.result).toBe('no')
    }
    const note = rules.rules.find(({ id }) => id === 'legal-form-2012')?.lines.no['zh-Hans']
    expect(note).toMatch(/个人独资企业、合伙企业、有限责任公司/)
  })

  it('promises nothing: no 10万 as a subsidy, and a year in each reported line', () => {
    for (const { id, effect, lines, year } of rules.rules) {
      if (effect !== 'requirement-as-reported') continue
      for (const line of Object.values(lines)) {
        expect(line['zh-Hans'], id).toContain(year === null ? '年份不详' : `${year}年`)
        expect(line.en, id).toContain(String(year ?? 'year unknown'))
      }
      expect(lines.no['zh-Hans'], id).toContain('微企办')
    }
  })

  it('is named by its answers and the revision, for ever', () => {
    const said: Answers = { place: 'huaxi', groups: { has: ['veteran', 'disabled'], unsure: [] } }
    const { id } = judge(said)
    expect(id).toBe('d-85d035e405ae794c')
    const other: Answers = { groups: { has: ['disabled', 'veteran'], unsure: [] }, place: 'huaxi' }
    expect(judge(other).id).toBe(id)
    expect(judge({ ...said, nonsense: true, village: 7 }).id).toBe(id)
    expect(judge({ ...said, village: true }).id).not.toBe(id)
    expect(evaluate(rules, said, 'guiyang-2018@other').id).not.toBe(id)
  })
})

describe('rules as data', () => {
  const broken = (change: (copy: Rules) => void) => {
    const copy = structuredClone(rules)
    change(copy)
    return Rules.safeParse(copy).error?.issues.map(({ message }) => message)
  }

  it('survive JSON', () => {
    expect(Rules.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules)
  })

  it.each<[string, (copy: Rules) => void, RegExp]>([
    ['a question that is not there', (copy) => copy.questions.splice(1, 1), /no question groups/],
    ['an option that is not there', (copy) => copy.questions[1]?.options.pop(), /does not suit/],
    ['two rules of one name', ({ rules }) => rules.push(...rules.slice(0, 1)), /two rules/],
    ['a criterion without its rule', ({ rules }) => rules.splice(1, 1), /there is no rule group-/],
    ['nine questions', ({ questions }) => questions.push(...questions.slice(0, 1)), /Too big|<=8/],
    [
      'a report that decides',
      ({ rules }) => {
        for (const rule of rules) if (rule.id === 'jobs-2016') rule.effect = 'priority'
      },
      /a report alone decides nothing/,
    ],
    [
      'an answer that follows from a later one',
      ({ questions }) => questions.reverse(),
      /given group-jobs: there is no question employees/,
    ],
    [
      'a given answer of the wrong kind',
      ({ questions }) => {
        for (const { given } of questions) for (const one of given) one.answer = true
      },
      /what is given is no answer/,
    ],
    [
      'options of a yes-no question',
      ({ questions }) => {
        for (const one of questions) if (one.kind === 'one-of') one.kind = 'yes-no'
      },
      /its options don't fit/,
    ],
  ])('refuse %s', (_, change, message) => {
    expect(broken(change)?.join('\n')).toMatch(message)
  })
})
