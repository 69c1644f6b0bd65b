import { expect, it } from 'vitest'
import type { StaffMember } from '../../db/staff/members.ts'
import { filterOf, limitOf, parseQuery, stagesOf, tabsOf } from '../../src/cases/queue-filter.ts'
import { pack } from '../helpers/cases.ts'

const { stages } = pack
/** As if the sources stated five working days for accepting, and three for a return. */
const limited = {
  ...stages,
  moves: stages.moves.map((move) => ({
    ...move,
    workingDays: move.id === 'accept' ? 5 : move.id === 'return' ? 3 : null,
  })),
}
const member = (role: StaffMember['role']): StaffMember => ({
  id: 's1',
  name: '王芳',
  email: '',
  role,
  district: null,
  providerId: null,
  twoFactorEnabled: true,
  disabledAt: null,
  createdAt: '',
})
const parse = (query: string, role: StaffMember['role'] = 'district-reviewer', own = stages) => {
  const params = new URLSearchParams(query)
  return parseQuery((name) => params.get(name) ?? undefined, {
    stages: own,
    staff: member(role),
    districts: ['yunyan'],
  })
}

it('each role has what waits for it, by the moves of the programme', () => {
  expect(stagesOf(stages, { role: 'city-reviewer' })).toEqual([
    'city-filing',
    'publicity',
    'second-look',
  ])
  expect(stagesOf(stages, { role: 'finance' })).toEqual(['approved'])
  expect(tabsOf(stages, { role: 'auditor' })[0]).toBe('all')
  expect(tabsOf(stages, { role: 'finance' })).not.toContain('draft')
  expect(parse('', 'auditor').tab).toBe('all')
  expect(parse('tab=todo', 'auditor').tab).toBe('all')
})

it('nothing is late where the programme states no limit', () => {
  expect(limitOf(stages, 'submitted')).toBe(null)
  expect(parse('late=overdue').late).toBe('')
})

it('the shortest limit of a stage counts, and only there', () => {
  expect(limitOf(limited, 'submitted')).toBe(3)
  expect(limitOf(limited, 'publicity')).toBe(null)
  const query = parse('late=overdue', 'district-reviewer', limited)
  const filter = filterOf(query, {
    stages: limited,
    staff: member('district-reviewer'),
    programme: 'p',
    // A Friday.
    now: '2018-06-08T02:00:00.000Z',
  })
  expect(filter.since?.map(({ stage }) => stage)).toEqual([
    'submitted',
    'accepted',
    'district-review',
  ])
  expect(filter.since?.[0]?.before).toBe('2018-06-04T16:00:00.000Z')
})

it('an address says what is looked at, and begins again where that changes', () => {
  expect(parse('district=elsewhere&sort=wealth')).toMatchObject({ district: '', sort: 'review' })
})
