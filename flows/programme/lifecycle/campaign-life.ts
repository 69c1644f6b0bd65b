import type { LifecycleMove } from './machine.ts'

export const CAMPAIGN_STATES = [
  /** Being written. */
  'draft',
  /** For somebody else to approve. */
  'waiting',
  /** Begins at its time. */
  'scheduled',
  /** Its recipients are being fixed. */
  'starting',
  'sending',
  'paused',
  /** Nothing is left to send. */
  'finished',
  'cancelled',
] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

type State = CampaignState
const REST = { reasons: [], notSameActorAs: [] } as const

/** By staff, as far as their role lets them. */
function staff<const Id>(id: Id, from: readonly State[], to: State | readonly State[]) {
  return { ...REST, id, from, to, who: ['staff'] } as const
}

function clock<const Id>(id: Id, from: readonly State[], to: State) {
  return { ...REST, id, from, to, who: ['system'] } as const
}

/** Each under the name by which the history of a broadcast keeps it. */
const STAFF_MOVES = [
  staff('rewritten', ['draft'], 'draft'),
  staff('illustrated', ['draft'], 'draft'),
  staff('bared', ['draft'], 'draft'),
  /** Whoever tells many needs somebody else's approval. */
  staff('submitted', ['draft'], ['scheduled', 'waiting']),
  { ...staff('approved', ['waiting'], 'scheduled'), notSameActorAs: ['written'] },
  staff('returned', ['waiting', 'scheduled'], 'draft'),
  staff('paused', ['starting', 'sending'], 'paused'),
  /** To where it was: its recipients fixed, or not yet. */
  staff('resumed', ['paused'], ['starting', 'sending']),
  staff(
    'cancelled',
    ['draft', 'waiting', 'scheduled', 'starting', 'sending', 'paused'],
    'cancelled',
  ),
]
const CLOCK_MOVES = [
  clock('started', ['scheduled'], 'starting'),
  clock('fixed', ['starting'], 'sending'),
  clock('finished', ['sending'], 'finished'),
]

/** The moves of staff, each of which is an action of the audit, and those of the clock. */
export type CampaignStaffMove = (typeof STAFF_MOVES)[number]['id']
export type CampaignClockMove = (typeof CLOCK_MOVES)[number]['id']
export type CampaignMove = LifecycleMove<'staff' | 'system'> & {
  readonly id: CampaignStaffMove | CampaignClockMove
}

const MOVES: readonly CampaignMove[] = [...STAFF_MOVES, ...CLOCK_MOVES]

/** The life of a broadcast. */
export const CAMPAIGN_LIFE = {
  states: CAMPAIGN_STATES.map((id) => ({ id })),
  moves: MOVES,
  reasons: [],
}

/** Where a broadcast stands, for the machine. Of its history it asks who wrote it: nobody approves their own. */
export function campaignHistory(campaign: {
  state: CampaignState
  version: number
  authorId: string
}) {
  const { state, version, authorId } = campaign
  return { state, version, events: [{ move: 'written', actor: null, actorId: authorId }] }
}
