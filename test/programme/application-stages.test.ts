import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { piecesOf } from '../../flows/programme/form/required-items.ts'
import {
  type Actor,
  applyMove,
  type CaseEvent,
  type CaseState,
  canMove,
  deriveStage,
  initialState,
  missingNow,
  type RequiredItem,
} from '../../flows/programme/lifecycle/application-stages.ts'
import { movesFrom } from '../../flows/programme/lifecycle/machine.ts'

const pack = guiyang2018()
const { form } = pack
if (pack.stages === undefined || form === undefined) throw new Error('no stages')
const stages = pack.stages
const pieces = piecesOf(form)
const AT = '2018-06-01T02:00:00.000Z'

const person: Actor = { role: 'applicant', name: null }
const wang: Actor = { role: 'district-reviewer', name: '王芳' }
const city: Actor = { role: 'city-reviewer', name: '赵敏' }
const zhou: Actor = { role: 'finance', name: '周强' }

type Asked = { reasons?: string[]; missing?: RequiredItem[]; note?: string }

function make(state: CaseState, actor: Actor, move: string, asked: Asked = {}): CaseState {
  const moved = applyMove(stages, state, { move, actor, at: AT, ...asked }, pieces)
  if (!moved.ok) throw new Error(`${move}: ${JSON.stringify(moved.problem)}`)
  return { stage: moved.event.to, events: [...state.events, moved.event] }
}

function refused(state: CaseState, actor: Actor, move: string, asked: Asked = {}) {
  const moved = applyMove(stages, state, { move, actor, at: AT, ...asked }, pieces)
  return moved.ok ? null : moved.problem
}

/** A case taken along a way of moves. */
function walk(...steps: [Actor, string, Asked?][]): CaseState {
  return steps.reduce(
    (state, [actor, move, asked]) => make(state, actor, move, asked),
    initialState(stages),
  )
}

const TO_APPROVED: [Actor, string][] = [
  [person, 'submit'],
  [wang, 'accept'],
  [wang, 'begin-review'],
  [wang, 'file'],
  [city, 'publish'],
  [city, 'approve'],
]
const MISSING: RequiredItem[] = [
  pieces[0] ?? { kind: 'field', id: '' },
  { kind: 'field', id: 'mobile' },
]
const RETURN: Asked = { reasons: ['not-handed-in'], missing: MISSING }

describe('the way of an application', () => {
  it('leads from the draft to follow-up support', () => {
    const end = walk(...TO_APPROVED, [zhou, 'pay'], [wang, 'follow-up'])
    expect(end.stage).toBe('follow-up')
    expect(end.events.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(movesFrom(stages, end.stage)).toEqual([])
  })

  it('has exactly these moves', () => {
    const table = stages.moves.map(({ id, from, to, who }) => `${id}: ${from} > ${to} (${who})`)
    expect(table).toEqual([
      'submit: draft > submitted (applicant)',
      'correct: submitted > submitted (applicant)',
      'resubmit: returned > submitted (applicant)',
      'withdraw: submitted,returned,accepted,district-review,second-look,city-filing,publicity,approved > withdrawn (applicant)',
      'accept: submitted > accepted (district-reviewer)',
      'return: submitted,accepted,district-review > returned (district-reviewer)',
      'begin-review: accepted > district-review (district-reviewer)',
      'file: district-review > city-filing (district-reviewer)',
      'publish: city-filing > publicity (city-reviewer)',
      'object: city-filing,publicity > district-review (district-reviewer,city-reviewer)',
      'approve: publicity > approved (city-reviewer)',
      'propose-refusal: submitted,accepted,district-review > second-look (district-reviewer)',
      'go-on: second-look > district-review (district-reviewer,city-reviewer)',
      'reject: second-look > rejected (district-reviewer,city-reviewer)',
      'pay: approved > paid (finance)',
      'follow-up: paid > follow-up (district-reviewer)',
    ])
  })

  it('claims no time limit, and no clause where the plan says nothing', () => {
    expect(stages.moves.filter(({ workingDays }) => workingDays !== null)).toEqual([])
    const sourced = [...stages.stages, ...stages.moves].flatMap(({ id, basis }) =>
      basis.kind === 'clause' ? [`${id} ${basis.clause}`] : [],
    )
    expect(sourced).toEqual([
      'district-review 3.2',
      'paid 4.3',
      'follow-up 4.3',
      'begin-review 3.2',
      'follow-up 4.3',
    ])
  })

  it('lets an applicant withdraw until the money is paid, and nobody else', () => {
    const open = [
      'submitted',
      'returned',
      'accepted',
      'district-review',
      'second-look',
      'city-filing',
      'publicity',
    ]
    for (const { id } of stages.stages) {
      const names = canMove(stages, { stage: id, actor: person, events: [] }).map((one) => one.id)
      expect(names.includes('withdraw'), id).toBe([...open, 'approved'].includes(id))
      for (const actor of [wang, city, zhou]) {
        const theirs = canMove(stages, { stage: id, actor, events: [] }).map((one) => one.id)
        expect(theirs).not.toContain('withdraw')
      }
    }
  })
})

describe('a move', () => {
  it.each([
    [walk(), person, 'fly', 'no-such-move'],
    [walk(), person, 'withdraw', 'not-from-here'],
    [walk([person, 'submit']), person, 'accept', 'not-yours'],
    [walk([person, 'submit']), zhou, 'accept', 'not-yours'],
    [walk([person, 'submit']), wang, 'approve', 'not-from-here'],
    [walk([person, 'submit'], [person, 'withdraw']), wang, 'accept', 'not-from-here'],
  ] as const)('that cannot be is refused: case %#', (state, actor, move, kind) => {
    expect(refused(state, actor, move)?.kind).toBe(kind)
  })

  it('that does not exist, or not from here, names those that do', () => {
    const state = walk([person, 'submit'])
    for (const move of ['fly', 'pay']) {
      const problem = refused(state, wang, move)
      const named = problem !== null && 'moves' in problem ? problem.moves.map(({ id }) => id) : []
      expect(named).toEqual(['correct', 'withdraw', 'accept', 'return', 'propose-refusal'])
    }
  })

  it('of money needs another person than the approval, however the name is typed', () => {
    const approved = walk(...TO_APPROVED)
    for (const name of ['赵敏', ' 赵 敏 ', '赵敏\u200b']) {
      expect(refused(approved, { role: 'finance', name }, 'pay')).toEqual({
        kind: 'same-person',
        as: 'approve',
      })
      const open = canMove(stages, { ...approved, actor: { role: 'finance', name } })
      expect(open.map(({ id }) => id)).toEqual([])
    }
    expect(make(approved, zhou, 'pay').stage).toBe('paid')
  })

  it('of money is barred also after the case went another round', () => {
    const other: Actor = { role: 'city-reviewer', name: '李静' }
    const round = walk(...TO_APPROVED.slice(0, 5), [
      city,
      'object',
      { reasons: ['objection'], note: '再看看' },
    ])
    const again = make(make(make(round, wang, 'file'), city, 'publish'), other, 'approve')
    expect(refused(again, { role: 'finance', name: '李静' }, 'pay')?.kind).toBe('same-person')
    expect(refused(again, { role: 'finance', name: '赵敏' }, 'pay')).toBe(null)
  })

  it('back to the applicant needs a reason and the missing pieces, all of the form', () => {
    const state = walk([person, 'submit'])
    const kind = (asked: Asked) => refused(state, wang, 'return', asked)?.kind
    expect(kind({})).toBe('reason-needed')
    expect(kind({ reasons: ['nonsense'] })).toBe('unknown-reason')
    expect(kind({ reasons: ['year-used-up'] })).toBe('unknown-reason')
    expect(kind({ reasons: ['not-handed-in'] })).toBe('missing-needed')
    expect(kind({ ...RETURN, missing: [{ kind: 'document', id: 'mobile' }] })).toBe('unknown-piece')
    expect(kind({ ...RETURN, reasons: ['other'] })).toBe('note-needed')
    expect(kind({ ...RETURN, reasons: ['other'], note: '   ' })).toBe('note-needed')
    expect(kind({ ...RETURN, reasons: ['other', 'not-handed-in'], note: '缺章' })).toBe(undefined)
  })

  it('keeps each missing piece once, and asks for nothing after it came', () => {
    const returned = walk(
      [person, 'submit'],
      [wang, 'return', { ...RETURN, missing: [...MISSING, ...MISSING] }],
    )
    expect(missingNow(returned.events)).toEqual(MISSING)
    expect(missingNow(make(returned, person, 'resubmit').events)).toEqual([])
    expect(missingNow([])).toEqual([])
  })

  it('that asks for nothing takes no missing pieces and no reasons', () => {
    const state = walk([person, 'submit'])
    expect(refused(state, wang, 'accept', { missing: MISSING })?.kind).toBe('unknown-piece')
    expect(refused(state, wang, 'accept', { reasons: ['other'] })?.kind).toBe('unknown-reason')
  })

  it('that refuses needs a reason of the list, and words where it says too little', () => {
    const state = walk([person, 'submit'])
    const move = 'propose-refusal'
    expect(refused(state, wang, move)?.kind).toBe('reason-needed')
    expect(refused(state, wang, move, { reasons: ['conditions'] })?.kind).toBe('note-needed')
    const proposed = make(state, wang, move, { reasons: ['elsewhere'] })
    expect(proposed.stage).toBe('second-look')
    expect(refused(proposed, wang, 'reject', { reasons: ['elsewhere'] })).toEqual({
      kind: 'same-person',
      as: move,
    })
    expect(make(proposed, city, 'reject', { reasons: ['elsewhere'] }).stage).toBe('rejected')
  })

  it('keeps nothing of the applicant', () => {
    const [event] = walk([person, 'submit']).events
    expect(event).toEqual({
      ordinal: 1,
      move: 'submit',
      from: 'draft',
      to: 'submitted',
      role: 'applicant',
      actor: null,
      reasons: [],
      missing: [],
      note: null,
      at: AT,
    })
  })
})

describe('any walk', () => {
  const actors = fc.constantFrom(person, wang, city, zhou)
  const tries = fc.array(
    fc.record({
      actor: actors,
      move: fc.constantFrom(...stages.moves.map(({ id }) => id)),
      reasons: fc.subarray(stages.reasons.map(({ id }) => id)),
      missing: fc.subarray(pieces.slice(0, 4)),
      note: fc.constantFrom(null, '请看一下'),
    }),
    { maxLength: 40 },
  )

  it('leaves events that lead to its stage, and moves that canMove foretold', () => {
    fc.assert(
      fc.property(tries, (requests) => {
        let state = initialState(stages)
        for (const request of requests) {
          const open = canMove(stages, { ...state, actor: request.actor })
          const moved = applyMove(stages, state, { ...request, at: AT }, pieces)
          if (!moved.ok) continue
          expect(open.map(({ id }) => id)).toContain(request.move)
          state = { stage: moved.event.to, events: [...state.events, moved.event] }
        }
        expect(deriveStage(stages, state.events)).toEqual({ ok: true, stage: state.stage })
        const paid = state.events.find(({ move }) => move === 'pay')
        const approvers = state.events.filter(({ move }) => move === 'approve')
        if (paid !== undefined) {
          expect(approvers.map(({ actor }) => actor)).not.toContain(paid.actor)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is told from one whose events were tampered with', () => {
    const { events } = walk(...TO_APPROVED)
    fc.assert(
      fc.property(fc.nat(events.length - 2), (index) => {
        expect(deriveStage(stages, events.toSpliced(index, 1))).toMatchObject({ ok: false })
      }),
    )
    const [first, ...rest] = events as [CaseEvent, ...CaseEvent[]]
    const strange = [{ ...first, to: 'moon' }, ...rest]
    expect(deriveStage(stages, strange)).toMatchObject({ ok: false, ordinal: 1 })
    expect(deriveStage(stages, [{ ...first, from: 'paid' }])).toMatchObject({ ok: false })
    expect(deriveStage(stages, [first, first])).toMatchObject({ ok: false, ordinal: 2 })
  })
})
