import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { CAMPAIGN_LIFE } from '../../flows/programme/lifecycle/campaign-life.ts'
import { EVENT_LIFE } from '../../flows/programme/lifecycle/event-life.ts'
import {
  beginning,
  deadlineProblem,
  deriveState,
  type Lifecycle,
  type LifecycleEvent,
  type LifecycleMove,
  makeMove,
  standingFor,
} from '../../flows/programme/lifecycle/machine.ts'

const AT = '2018-06-01T02:00:00.000Z'
const { stages, vouchers } = guiyang2018()
if (stages === undefined || vouchers === undefined) throw new Error('no lives')
type Life = Lifecycle<{ id: string }, LifecycleMove>
const LIVES: readonly [string, Life][] = [
  ['cases', { ...stages, states: stages.stages }],
  ['vouchers', vouchers.life],
  ['campaigns', CAMPAIGN_LIFE],
  ['events', EVENT_LIFE],
]

describe.each(LIVES)('the life of %s', (_, life) => {
  const roles = [...new Set(life.moves.flatMap(({ who }) => who))]
  const people = roles.flatMap((role) => ['甲', '乙'].map((name) => ({ role, name })))

  it('names only states that it has, and ends somewhere', () => {
    const known = life.states.map(({ id }) => id)
    const named = life.moves.flatMap(({ from, to }) => [...from, to].flat())
    expect(named.filter((id) => !known.includes(id))).toEqual([])
    expect(known.filter((id) => !life.moves.some(({ from }) => from.includes(id)))).not.toEqual([])
  })

  it('lets through exactly what it offers, and two people stay two', () => {
    const tries = fc.array(
      fc.record({
        actor: fc.constantFrom(...people),
        move: fc.constantFrom(...life.moves.map(({ id }) => id)),
        note: fc.constantFrom(null, '写明'),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(tries, (requests) => {
        let history: { state: string; events: readonly LifecycleEvent<string>[] } = beginning(life)
        for (const { note, ...request } of requests) {
          const { reasons = [] } = life.moves.find(({ id }) => id === request.move) ?? {}
          const standing = standingFor(life, history, request.actor)
          const made = makeMove(life, history, { ...request, reasons, note, at: AT })
          if (!made.ok) {
            expect(made.standing).toEqual(standing)
            continue
          }
          expect(standing.moves).toContain(made.move)
          const { event, move } = made
          expect(event.ordinal).toBe(standing.version + 1)
          const earlier = history.events.filter((one) => move.notSameActorAs.includes(one.move))
          expect(earlier.map(({ actor }) => actor)).not.toContain(event.actor)
          history = { state: event.to, events: [...history.events, event] }
        }
        expect(deriveState(life, history.events)).toEqual({ ok: true, state: history.state })
      }),
      { numRuns: 200 },
    )
  })
})

it('where a move leads to several states, the one asked for, else where it is, else the first', () => {
  const actor = { role: 'staff', name: null } as const
  const from = (state: string, move: string, to?: string) => {
    const request = { move, actor, at: AT, ...(to === undefined ? {} : { to }) }
    const made = makeMove(CAMPAIGN_LIFE, { state, events: [] }, request)
    return made.ok ? made.state.id : made.problem.kind
  }
  expect(from('draft', 'submitted')).toBe('scheduled')
  expect(from('draft', 'submitted', 'waiting')).toBe('waiting')
  expect(from('draft', 'submitted', 'finished')).toBe('no-such-move')
  const changed = makeMove(
    EVENT_LIFE,
    { state: 'published', events: [] },
    { move: 'changed', actor, at: AT },
  )
  expect(changed).toMatchObject({ ok: true, state: { id: 'published' } })
})

it('a deadline lets a move through from its moment on, or until it', () => {
  const moments = { startsAt: AT }
  const [before, after] = ['2018-06-01T01:59:59.999Z', '2018-06-01T02:00:00.001Z']
  const off = (rule: { opens?: 'startsAt'; closes?: 'startsAt' }) =>
    [before, AT, after].map((at) => deadlineProblem(rule, moments, at))
  expect(off({})).toEqual([null, null, null])
  expect(off({ opens: 'startsAt' })).toEqual(['too-early', null, null])
  expect(off({ closes: 'startsAt' })).toEqual([null, 'too-late', 'too-late'])
})
