import { say } from '../engine/define.ts'
import type { Effect, QuickReply, Text } from '../engine/types.ts'
import type { EventsReply, EventView } from './ask.ts'

const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const LIST: QuickReply = { value: 'home', label: { key: 'events.list' } }
const MINE: QuickReply = { value: 'mine', label: { key: 'events.mine' } }
const OTHER: QuickReply = { value: 'districts', label: { key: 'events.otherDistrict' } }

type Of<Kind> = Extract<EventsReply, { kind: Kind }>

/** Which district: by number, button or name. */
export function sayDistricts({ districts, problem }: Of<'districts'>): Effect {
  return say(problem === null ? { key: 'events.whichDistrict' } : { text: problem }, {
    quickReplies: districts.map(({ id, name }) => ({ value: `d:${id}`, label: { text: name } })),
  })
}

/** What comes in a district, each to be picked. */
export function sayList({ district, events, mine, calendar }: Of<'list'>): Effect {
  const calendarLine: Text = { key: 'events.calendar', links: { url: calendar } }
  return say(
    events.length === 0
      ? [{ key: 'events.none', params: { district } }, calendarLine]
      : [{ key: 'events.coming', params: { district } }, calendarLine],
    {
      quickReplies: [
        ...events.map(({ id, label }) => ({ value: `e:${id}`, label: { text: label } })),
        ...(mine > 0 ? [MINE] : []),
        OTHER,
        MENU,
      ],
    },
  )
}

/** What the person signed up for. */
export function sayMine({ events }: Of<'mine'>): Effect {
  return say(
    { key: events.length === 0 ? 'events.noneMine' : 'events.listMine' },
    {
      quickReplies: [
        ...events.map(({ id, label }) => ({ value: `e:${id}`, label: { text: label } })),
        LIST,
        MENU,
      ],
    },
  )
}

/** One event, with what can be done about it. */
export function sayEvent(view: EventView): Effect {
  const { title, about, venue, place, when, left, calendar, mine } = view
  const room: Text =
    left === null
      ? { key: 'events.roomFree' }
      : left > 0
        ? { key: 'events.roomLeft', params: { count: left } }
        : { key: 'events.roomNone' }
  return say(
    [
      { key: 'events.event', params: { title, venue, when, place } },
      ...(about === '' ? [] : [{ text: about }]),
      mine === 'none' ? room : stateOf(view),
      { key: 'events.addToCalendar', links: { url: calendar } },
    ],
    { quickReplies: below(view) },
  )
}

/** They have a place, or wait for one. */
export function sayJoined(view: EventView, again: boolean): Effect {
  const { title, when, place } = view
  return say(
    [
      ...(again ? [{ key: 'events.already' } as const] : []),
      stateOf(view),
      { key: 'events.eventShort', params: { title, when, place } },
      ...(view.mine === 'going' ? [{ key: 'events.willRemind' } as const] : []),
    ],
    { quickReplies: below(view) },
  )
}

/** They do not come after all; a slip of the thumb is put right with one tap. */
export function sayLeft({ id, title, was }: Of<'left'>): Effect {
  return say(
    { key: was ? 'events.left' : 'events.notSignedUp', params: { title } },
    {
      quickReplies: [
        { value: `e:${id}`, label: { key: was ? 'events.joinAgain' : 'events.look' } },
        LIST,
        MENU,
      ],
    },
  )
}

/** Checked in. */
export function sayArrived({ title, number, again }: Of<'arrived'>): Effect {
  return say(
    { key: again ? 'events.arrivedAgain' : 'events.arrived', params: { title, number } },
    { quickReplies: [MENU] },
  )
}

/** On the spot without a sign-up: offered to sign in. */
export function sayWalkIn({ title, full }: Of<'walk-in'>): Effect {
  return say(
    { key: full ? 'events.walkInFull' : 'events.walkIn', params: { title } },
    {
      quickReplies: [
        {
          value: 'walk-in',
          label: { key: full ? 'events.walkInWait' : 'events.walkInYes' },
        },
        MENU,
      ],
    },
  )
}

/** How was it: one to five. */
export function sayRate(title: string): Effect {
  return say(
    { key: 'events.rate', params: { title } },
    {
      quickReplies: ([5, 4, 3, 2, 1] as const).map((stars) => ({
        value: `s:${stars}`,
        label: { key: `events.stars-${stars}` },
      })),
      // A typed 5 is five, and not the fifth button.
      numbered: false,
    },
  )
}

/** A line with the ways on. */
export function sayPlain(text: Text): Effect {
  return say(text, { quickReplies: [LIST, MENU] })
}

function stateOf({ mine, number }: EventView): Text {
  return mine === 'waiting'
    ? { key: 'events.youWait' }
    : { key: 'events.youGo', params: { number: number ?? '' } }
}

function below({ mine, left }: EventView): QuickReply[] {
  const act: QuickReply =
    mine === 'none'
      ? { value: 'join', label: { key: left === 0 ? 'events.wait' : 'events.join' } }
      : { value: 'leave', label: { key: 'events.leave' } }
  return [act, LIST, MENU]
}
