import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Answers } from '../../flows/programme/rules/answers.ts'
import { evaluate } from '../../flows/programme/rules/evaluate.ts'
import { allOf, anyOf, negate, type Truth } from '../../flows/programme/rules/logic.ts'
import { orderForReview } from './order-for-review.ts'

const { rules } = guiyang2018()
const case_ = (id: string, answers: Answers, completedAt = '2018-06-01T00:00:00.000Z') => ({
  id,
  completedAt,
  trace: evaluate(rules, { place: 'huaxi', ...answers }, 'revision').trace,
})
const veteran = { groups: { has: ['veteran'], unsure: [] } }
const nobody = { groups: { has: [], unsure: [] } }

describe('the order of review', () => {
  it('goes by group, then jobs, then village, then time, and says why', () => {
    const cases = [
      case_('late', { ...nobody, village: false }, '2018-06-03T00:00:00.000Z'),
      case_('early', { ...nobody, village: false }, '2018-06-02T00:00:00.000Z'),
      case_('village', { ...nobody, village: true }, '2018-06-04T00:00:00.000Z'),
      case_('jobs', { ...nobody, 'group-jobs': 1 }, '2018-06-05T00:00:00.000Z'),
      case_('group', veteran, '2018-06-06T00:00:00.000Z'),
      case_('group-and-jobs', { ...veteran, 'group-jobs': 4 }, '2018-06-07T00:00:00.000Z'),
    ]
    const ranked = orderForReview(rules, cases)
    expect(ranked.map(({ id, before }) => [id, before])).toEqual([
      ['group-and-jobs', 'key-group-jobs'],
      ['group', 'key-group'],
      ['jobs', 'key-group-jobs'],
      ['village', 'low-income-village'],
      ['early', 'completed-at'],
      ['late', null],
    ])
    expect(ranked[0]?.criteria).toEqual([
      { criterion: 'key-group', result: 'yes', rules: ['group-veteran'] },
      { criterion: 'key-group-jobs', result: 'yes', rules: ['group-jobs'] },
      { criterion: 'low-income-village', result: 'unknown', rules: [] },
    ])
  })

  it('gives nothing for not knowing, and nothing for more groups or jobs', () => {
    const [first, second] = orderForReview(rules, [
      case_('b', { groups: 'not-sure' }),
      case_('a', nobody),
    ])
    expect([first?.id, first?.before, second?.id]).toEqual(['a', 'id', 'b'])
    const many = case_('z', {
      groups: { has: ['veteran', 'disabled'], unsure: [] },
      'group-jobs': 9,
    })
    const one = case_('y', { ...veteran, 'group-jobs': 1 })
    expect(orderForReview(rules, [many, one])[0]?.before).toBe('id')
  })

  it('does not depend on the order it is given', () => {
    const pool = [
      veteran,
      nobody,
      { ...nobody, village: true },
      { ...veteran, 'group-jobs': 1 },
      {},
    ]
    const queue = fc
      .array(fc.tuple(fc.constantFrom(...pool), fc.integer({ min: 10, max: 30 })), { maxLength: 9 })
      .map((all) => all.map(([said, day], index) => case_(`${index}`, said, `2018-06-${day}`)))
    fc.assert(
      fc.property(queue, (cases) => {
        expect(orderForReview(rules, cases.toReversed())).toEqual(orderForReview(rules, cases))
      }),
    )
  })
})

describe('three-valued logic', () => {
  const truth = fc.constantFrom<Truth[]>('yes', 'no', 'unknown')

  it('knows what it can', () => {
    expect([allOf([]), anyOf([])]).toEqual(['yes', 'no'])
    expect(allOf(['unknown', 'no'])).toBe('no')
    expect(anyOf(['unknown', 'yes'])).toBe('yes')
    expect([allOf(['unknown', 'yes']), anyOf(['unknown', 'no'])]).toEqual(['unknown', 'unknown'])
  })

  it('keeps the laws of De Morgan', () => {
    fc.assert(
      fc.property(fc.array(truth), (truths) => {
        expect(negate(allOf(truths))).toBe(anyOf(truths.map(negate)))
        expect(negate(negate(anyOf(truths)))).toBe(anyOf(truths))
      }),
    )
  })
})
