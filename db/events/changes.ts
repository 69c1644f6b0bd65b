import { staffMoves } from '../core/lifecycle-events.ts'
import { eventChanges } from '../schema/events.ts'

/** What staff did with an event. */
export const EVENT_MOVES = staffMoves(eventChanges, eventChanges.eventId, eventChanges.action)
export type EventAction = (typeof eventChanges.action)['_']['data']
