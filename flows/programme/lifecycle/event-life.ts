import type { LifecycleMove } from './machine.ts'

export type EventMove = LifecycleMove<'staff'> & {
  readonly id: 'changed' | 'published' | 'cancelled' | 'reported'
  readonly opens?: 'startsAt'
  readonly closes?: 'startsAt'
}

const BY_STAFF = { who: ['staff'], reasons: [], notSameActorAs: [] } as const
const MOVES: readonly EventMove[] = [
  { id: 'changed', from: ['draft', 'published'], to: ['draft', 'published'], ...BY_STAFF },
  { id: 'published', from: ['draft'], to: 'published', closes: 'startsAt', ...BY_STAFF },
  { id: 'cancelled', from: ['draft', 'published'], to: 'cancelled', ...BY_STAFF },
  /** What came of it; may be corrected. */
  { id: 'reported', from: ['published', 'held'], to: 'held', opens: 'startsAt', ...BY_STAFF },
]

/** The life of an event of the publicity month. */
export const EVENT_LIFE = {
  states: ['draft', 'published', 'cancelled', 'held'].map((id) => ({ id })),
  moves: MOVES,
  reasons: [],
}
