import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { documentsFor } from '../../flows/programme/documents/documents-for.ts'
import { applicationFacts } from '../../flows/programme/form/application-facts.ts'
import { carryOver, screeningAnswers } from '../../flows/programme/form/carry-over.ts'
import { currentAnswers, declineSensitive } from '../../flows/programme/form/form-answers.ts'
import { type FormAnswers, FormValue } from '../../flows/programme/form/form-field.ts'
import type { Answers } from '../../flows/programme/rules/answers.ts'
import { evaluate } from '../../flows/programme/rules/evaluate.ts'
import { anyAnswers, COMPLETE } from './filled-form.ts'
import { orderForReview } from './order-for-review.ts'

const { form, places, rules } = guiyang2018()
if (form === undefined) throw new Error('no form')

describe('what the pre-screen knows already', () => {
  const said: Answers = {
    place: 'huaxi',
    groups: { has: ['veteran'], unsure: ['disabled'] },
    employees: 3,
    'group-jobs': 1,
    village: false,
    industry: { has: ['tea'], unsure: [] },
    form: 'individual',
    situation: { has: ['own-money'], unsure: [] },
  }

  it('is carried over', () => {
    expect(carryOver(form, said, places)).toEqual({
      district: 'huaxi',
      lowIncomeVillage: false,
      keyGroups: ['veteran'],
      registered: true,
      industry: 'tea',
      employees: 3,
      keyGroupEmployees: 1,
    })
  })

  it.each<[string, Answers, object]>([
    ['nothing', {}, {}],
    ['what is not sure', { village: 'not-sure', groups: 'not-sure', employees: 'not-sure' }, {}],
    ['a place elsewhere', { place: 'guian' }, {}],
    ['a place outside', { place: 'other-place' }, {}],
    ['open groups only', { groups: { has: [], unsure: ['disabled'] } }, {}],
    ['no groups', { groups: { has: [], unsure: [] } }, { keyGroups: [] }],
    ['two industries', { industry: { has: ['tea', 'herbs'], unsure: [] } }, {}],
    ['no licence', { form: 'not-registered' }, { registered: false }],
    ['nobody at work', { employees: 0 }, {}],
    ['more helpers than people', { employees: 2, 'group-jobs': 5 }, { employees: 2 }],
    ['an option of another revision', { groups: { has: ['pilot'], unsure: [] } }, {}],
  ])('%s', (_, answers, expected) => {
    expect(carryOver(form, answers, places)).toEqual(expected)
  })

  it('leads back to the same verdict', () => {
    const carried = carryOver(form, said, places)
    const back = screeningAnswers(form, carried, rules.questions)
    expect(back).toEqual({
      place: 'huaxi',
      village: false,
      groups: { has: ['veteran'], unsure: [] },
      industry: { has: ['tea'], unsure: [] },
      employees: 3,
      'group-jobs': 1,
    })
    expect(
      screeningAnswers(form, { industry: 'other', registered: false }, rules.questions),
    ).toEqual({
      industry: { has: [], unsure: [] },
      form: 'not-registered',
    })
  })
})

it('puts an application in order by the same facts as the rules', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const facts = applicationFacts(currentAnswers(form, answers))
      const { trace } = evaluate(rules, screeningAnswers(form, answers, rules.questions), 'r')
      const [ranked] = orderForReview(rules, [{ id: 'a', trace, completedAt: '2018-06-01' }])
      const yes = (ranked?.criteria ?? []).filter(({ result }) => result === 'yes')
      expect(yes.map(({ criterion }) => criterion)).toEqual([
        ...(facts.hasKeyGroup ? ['key-group'] : []),
        ...(facts.keyGroupJobs > 0 ? ['key-group-jobs'] : []),
        ...(facts.inLowIncomeVillage ? ['low-income-village'] : []),
      ])
      for (const value of Object.values(answers)) FormValue.parse(value)
    }),
    { numRuns: 500 },
  )
})

describe('the papers', () => {
  const papers = (answers: FormAnswers) => documentsFor(form, answers).map(({ id }) => id)

  it('are those that make this person’s answers checkable', () => {
    expect(papers({})).toEqual(['identity-card', 'premises'])
    expect(papers(COMPLETE)).toEqual([
      'identity-card',
      'proof-veteran',
      'proof-disabled',
      'licence',
      'own-money',
      'premises',
      'staff',
      'staff-groups',
      'village-letter',
    ])
    expect(papers({ ...COMPLETE, cooperationModel: 'cooperative' })).toContain(
      'cooperation-agreement',
    )
    expect(papers(declineSensitive(form, COMPLETE))).not.toContain('proof-veteran')
    expect(papers({ ...COMPLETE, employees: 1 })).not.toContain('staff-groups')
  })

  it('are no conditions, and say so', () => {
    expect(form.documents.note['zh-Hans']).toMatch(
      /没有列出.*不等于不能申请.*以当地微企办自己的清单为准/s,
    )
    expect(form.documents.note.en).toMatch(/lists no papers.*does not mean that you can’t apply/s)
    const proofs = form.documents.documents.filter(({ id }) => id.startsWith('proof-'))
    expect(proofs).toHaveLength(7)
  })
})
