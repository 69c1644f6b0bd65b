import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { pieceNames } from '../../flows/programme/form/required-items.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { Role } from '../../flows/programme/lifecycle/stage.ts'
import {
  noticeText,
  progressLine,
  stageWords,
} from '../../flows/programme/lifecycle/stage-words.ts'
import { Stages } from '../../flows/programme/lifecycle/stages.ts'

const { form, ...pack } = guiyang2018()
if (pack.stages === undefined || form === undefined) throw new Error('no stages')
const stages = pack.stages
const AT = '2018-06-01T02:00:00.000Z'

/** What one of two people thinks, and going on as before, is told to nobody. */
const UNTOLD: readonly string[] = ['propose-refusal', 'go-on']

describe('the words', () => {
  it('mark where a case stands, so that it can be read aloud', () => {
    expect(progressLine(stages, 'accepted', 'zh-Hans')).toBe(
      '①已提交 → ②已受理（现在在这里） → ③区级评审 → ④市级备案 → ⑤公示 → ⑥已批准 → ⑦已拨付 → ⑧后续扶持',
    )
    expect(progressLine(stages, 'returned', 'en')).toMatch(
      /^1 Handed in \(Returned for supplements, you are here\) → 2 /,
    )
    expect(progressLine(stages, 'withdrawn', 'zh-Hans')).toBe('已撤回（现在在这里）')
  })

  it('are there for each stage in both languages, and name the office', () => {
    for (const { id, decides } of stages.stages) {
      for (const locale of ['zh-Hans', 'en'] as const) {
        const words = stageWords(stages, id, locale)
        expect(words.decides === null).toBe(decides === null)
        expect(progressLine(stages, id, locale).match(/现在在这里|you are here/g)).toHaveLength(1)
      }
    }
  })

  it('of a notice tell all that it is about', () => {
    const event: CaseEvent = {
      ordinal: 2,
      move: 'return',
      from: 'submitted',
      to: 'returned',
      role: 'district-reviewer',
      actor: '王芳',
      reasons: ['not-handed-in'],
      missing: [
        { kind: 'document', id: 'identity-card' },
        { kind: 'field', id: 'mobile' },
      ],
      note: '身份证拍全四个角，{{number}}不用写',
      at: AT,
    }
    for (const locale of ['zh-Hans', 'en'] as const) {
      const missing = pieceNames(form, event.missing, locale)
      const text = noticeText(stages, event, { number: 'GY18-02-000171', missing }, locale) ?? ''
      expect(text).toContain('GY18-02-000171')
      for (const name of missing) expect(text).toContain(`· ${name}`)
      expect(text).toContain(stages.reasons.find(({ id }) => id === 'not-handed-in')?.name[locale])
      // Words of staff are never read as a template.
      expect(text).toContain('· 身份证拍全四个角，{{number}}不用写')
    }
  })

  it('of every notice leave no hole, and are sent by staff only, of what they decide', () => {
    for (const move of stages.moves) {
      const event: CaseEvent = {
        ordinal: 1,
        move: move.id,
        from: move.from[0] ?? '',
        to: move.to,
        role: 'system',
        actor: null,
        reasons: move.reasons.slice(0, 1),
        missing: [],
        note: null,
        at: AT,
      }
      for (const locale of ['zh-Hans', 'en'] as const) {
        const text = noticeText(stages, event, { number: 'N', missing: ['M'] }, locale)
        const isSilent = move.who.includes('applicant') || UNTOLD.includes(move.id)
        expect(text === null, move.id).toBe(isSilent)
        expect(text ?? '').not.toMatch(/\{\{|undefined/)
      }
    }
  })

  it('promise nothing that the plan does not', () => {
    const all = JSON.stringify([stages.stages, stages.moves, stages.reasons])
    expect(all).not.toMatch(/工作日|working day|10万|20万|必须|\d+天/)
  })
})

describe('the check of the stages', () => {
  const broken = (change: (copy: Stages) => void) => {
    const copy = structuredClone(stages)
    change(copy)
    const result = Stages.safeParse(copy)
    return result.success ? [] : result.error.issues.map(({ message }) => message)
  }
  const drop = (copy: Stages, id: string) => {
    copy.moves = copy.moves.filter((move) => move.id !== id)
  }

  it('takes ours', () => {
    expect(broken(() => {})).toEqual([])
    expect(Role.options).toHaveLength(5)
  })

  it.each<[string, (copy: Stages) => void, string]>([
    ['an unreached stage', (copy) => drop(copy, 'publish'), 'publicity: no move leads there'],
    [
      'a dead end',
      (copy) => {
        drop(copy, 'resubmit')
        for (const move of copy.moves) move.from = move.from.filter((id) => id !== 'returned')
      },
      'returned: no move leads from there to an end',
    ],
    [
      'an end that goes on',
      (copy) => copy.moves[0]?.from.push('rejected'),
      "rejected: final and its moves don't fit",
    ],
    [
      'an unknown office',
      (copy) => Object.assign(copy.stages[1] ?? {}, { decides: 'ministry' }),
      'submitted: there is no office ministry',
    ],
    [
      'an unknown reason',
      (copy) => copy.moves[4]?.reasons.push('mood'),
      'accept: there is no reason mood',
    ],
    [
      'one person who refuses alone',
      (copy) => {
        for (const move of copy.moves) if (move.id === 'reject') move.notSameActorAs = []
      },
      'reject: refusing takes two people, as granting does',
    ],
    [
      'a time limit without a source',
      (copy) => Object.assign(copy.moves[4] ?? {}, { workingDays: 5 }),
      'accept: a time limit needs a clause',
    ],
    [
      'a return that does not say what is missing',
      (copy) => {
        const move = copy.moves.find(({ id }) => id === 'return')
        if (move) move.notice = { 'zh-Hans': '{{number}} {{reason}}', en: '{{number}} {{reason}}' }
      },
      'return: tells no missing',
    ],
    [
      'a notice that tells one language less',
      (copy) =>
        Object.assign(copy.moves[4] ?? {}, { notice: { 'zh-Hans': '{{number}}', en: '-' } }),
      'accept: its notices differ in what they tell',
    ],
    [
      'two districts with one number',
      (copy) => Object.assign(copy.numbering.districts, { nanming: '03' }),
      'two districts have one number',
    ],
  ])('finds %s', (_, change, message) => {
    expect(broken(change)).toContain(message)
  })
})
