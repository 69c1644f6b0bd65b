import type { Statement } from '../../db/core/database.ts'
import { EVENT_MOVES, type EventAction } from '../../db/events/changes.ts'
import {
  type EventContent,
  insertEvent,
  moveEvent,
  type PublicityEvent,
  reportEvent,
  rewriteEvent,
} from '../../db/events/events.ts'
import { checkInByStaff, moveUp } from '../../db/events/places.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { hashOf, writeAudited } from '../../db/staff/audit.ts'
import { EVENT_LIFE, type EventMove } from '../../flows/programme/lifecycle/event-life.ts'
import {
  deadlineProblem,
  makeMove,
  type Standing,
  standingFor,
} from '../../flows/programme/lifecycle/machine.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { CHECK_IN_BEFORE_MS } from '../kernel/when.ts'

/** Characters of an event's words, in each language. */
export const MAX_TITLE = 60
export const MAX_ABOUT = 600
export const MAX_PLACE = 120
const MAX_CAPACITY = 100_000
const LONGEST_MS = 14 * 86_400_000

/** Why an event cannot be as it was written, or not be moved so. */
export type EventProblem =
  | 'title'
  | 'about'
  | 'place'
  | 'times'
  | 'past'
  | 'capacity'
  | 'too-small'
  | 'district'
  | 'kind'
  | 'numbers'
  | 'not-begun'
  | 'closed'
  | 'conflict'

/** `standing`: of an event that was found, with the moves that can be made with it now. */
export type EventChanged =
  | { ok: true; id: string }
  | { ok: false; problem: EventProblem; standing?: Standing<EventMove> }

type EventContext = Pick<Deps, 'db' | 'now' | 'newId' | 'wake'> & { pack: PolicyPack }
type Author = { id: string; district: string | null }

/** Writes a new event; nobody sees it until it is published. `id`: of the form, so that two clicks make one. */
export async function writeEvent(
  context: EventContext,
  staff: Author,
  content: EventContent,
  id: string,
): Promise<EventChanged> {
  const problem = checkEvent(context, staff, content)
  if (problem !== null) return { ok: false, problem }
  const at = context.now()
  const made = { ...content, id, checkInKey: checkInKeyOf(context), staffId: staff.id, at }
  const first = { id, version: 1, action: 'created', at } as const
  return once(context, staff, first, content, (note) => [
    insertEvent(context.pack.programme.id, made),
    note,
  ])
}

/** Rewrites an event; who signed up hears of a new time or place by the next sweep. */
export async function rewrite(
  context: EventContext,
  staff: Author,
  event: PublicityEvent,
  content: EventContent,
): Promise<EventChanged> {
  const problem = checkEvent(context, staff, content)
  const told =
    event.state === 'published' &&
    (content.startsAt !== event.startsAt ||
      content.endsAt !== event.endsAt ||
      content.place['zh-Hans'] !== event.place['zh-Hans'] ||
      content.place.en !== event.place.en)
  return move(context, staff, event, {
    move: 'changed',
    problem,
    content,
    // A larger room takes those who wait.
    statements: (at) => [rewriteEvent(event, content, { at, told }), moveUp(at, event.id)],
  })
}

/** Shows a draft to the public, or calls an event off. */
export async function moveTo(
  context: EventContext,
  staff: Author,
  event: PublicityEvent,
  to: 'published' | 'cancelled',
): Promise<EventChanged> {
  return move(context, staff, event, {
    move: to,
    content: to,
    statements: (at) => [moveEvent(event, to, at)],
  })
}

/** Notes what came of an event. Numbers are people. */
export async function report(
  context: EventContext,
  staff: Author,
  event: PublicityEvent,
  typed: { reached: string; alsoCame: string },
): Promise<EventChanged> {
  const reached = countOf(typed.reached)
  const alsoCame = countOf(typed.alsoCame === '' ? '0' : typed.alsoCame)
  const counts = { reached: reached ?? 0, alsoCame: alsoCame ?? 0 }
  return move(context, staff, event, {
    move: 'reported',
    problem: reached === null || alsoCame === null ? 'numbers' : null,
    content: counts,
    statements: (at) => [reportEvent(event.id, counts, at)],
  })
}

/** Ticks somebody off the list at the door, or takes that back. A second click does nothing. */
export async function checkIn(
  context: EventContext,
  staff: Author,
  event: PublicityEvent,
  { number, here }: { number: number; here: boolean },
): Promise<EventChanged> {
  if (event.state !== 'published' && event.state !== 'held') return { ok: false, problem: 'closed' }
  const at = context.now()
  if (here && at < new Date(Date.parse(event.startsAt) - CHECK_IN_BEFORE_MS).toISOString()) {
    return { ok: false, problem: 'not-begun' }
  }
  const action = here ? 'event.checked-in' : 'event.check-in-undone'
  await writeAudited(
    context.db,
    [{ at, actor: staff.id, action, subject: `event:${event.id}`, reason: `#${number}` }],
    [checkInByStaff(event.id, number, { at, by: staff.id, here })],
  )
  return { ok: true, id: event.id }
}

/** Makes a move of an event, with what it brings, once. `content`: what the audit keeps a hash of. */
async function move(
  context: EventContext,
  staff: Author,
  event: PublicityEvent,
  wanted: {
    move: EventMove['id']
    /** What is wrong with what was typed. */
    problem?: EventProblem | null
    content: unknown
    statements: (at: string) => Statement[]
  },
): Promise<EventChanged> {
  const at = context.now()
  const { id, state, version } = event
  const actor = { role: 'staff', name: null, id: staff.id } as const
  const history = { state, version, events: [] }
  const made = makeMove(EVENT_LIFE, history, { move: wanted.move, actor, at })
  if (!made.ok) return { ...made, problem: 'closed' }
  const off = deadlineProblem(made.move, event, at)
  const problem = off === null ? wanted.problem : off === 'too-late' ? 'past' : 'not-begun'
  if (problem != null) {
    return { ok: false, problem, standing: standingFor(EVENT_LIFE, history, actor) }
  }
  const next = { id, version: made.event.ordinal, action: wanted.move, at }
  return once(context, staff, next, wanted.content, (note) => [note, ...wanted.statements(at)])
}

function checkEvent(
  context: EventContext,
  staff: Author,
  content: EventContent,
): EventProblem | null {
  const { pack } = context
  const { title, about, place, startsAt, endsAt, capacity, district, kind } = content
  const fits = (words: EventContent['title'], max: number, least: number) =>
    [words['zh-Hans'], words.en].every((text) => text.length >= least && text.length <= max)
  const mine = staff.district === null || staff.district === district
  if (!mine || !pack.places.own.some(({ id }) => id === district)) return 'district'
  if (!pack.events?.kinds.some(({ id }) => id === kind)) return 'kind'
  if (!fits(title, MAX_TITLE, 1)) return 'title'
  if (!fits(about, MAX_ABOUT, 0)) return 'about'
  if (!fits(place, MAX_PLACE, 1)) return 'place'
  const length = Date.parse(endsAt) - Date.parse(startsAt)
  if (!(length > 0 && length <= LONGEST_MS)) return 'times'
  if (startsAt <= context.now()) return 'past'
  if (capacity !== null && !(capacity >= 1 && capacity <= MAX_CAPACITY)) return 'capacity'
  return null
}

async function once(
  context: EventContext,
  staff: Author,
  { id, ...made }: { id: string; version: number; action: EventAction; at: string },
  content: unknown,
  statements: (note: Statement) => Statement[],
): Promise<EventChanged> {
  const { version, action, at } = made
  const note = EVENT_MOVES.insert(id, { version, move: action, staffId: staff.id, at })
  const after = await hashOf(content)
  return commit<EventChanged>(context.db, {
    plan: async () => ({
      result: { ok: true, id },
      write: statements(note),
      audit: [{ at, actor: staff.id, action: `event.${action}`, subject: `event:${id}`, after }],
    }),
    means: ([broken]) => {
      // The same form sent twice is one event.
      if (broken === 'events.id') return { ok: true, id }
      if (broken === 'event_changes.event_id') return { ok: false, problem: 'conflict' }
      return broken === 'event_never_overfull' ? { ok: false, problem: 'too-small' } : null
    },
  })
}

/** What the poster says: unguessable, and fit for a start payload of 64 letters. */
function checkInKeyOf({ newId }: EventContext): string {
  return newId()
    .replace(/[^\w-]/g, '')
    .slice(0, 40)
}

function countOf(typed: string): number | null {
  const text = typed.normalize('NFKC').trim()
  return /^\d{1,7}$/.test(text) ? Number(text) : null
}
