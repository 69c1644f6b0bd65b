import type { MessageKey } from '../../locales/keys.ts'
import type { TurnContext } from '../engine/context.ts'
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
export function sayEvent(view: EventView, ctx: TurnContext): Effect {
  const { title, about, venue, place, when, left, calendar, mine } = view
  const room: Text =
    left === null
      ? { key: 'events.roomFree' }
      : left > 0
        ? { key: 'events.roomLeft', params: { count: left } }
        : promised(ctx, 'events.roomNone', 'events.roomNoneQuiet')
  return say(
    [
      { key: 'events.event', params: { title, venue, when, place } },
      ...(about === '' ? [] : [{ text: about }]),
      mine === 'none' ? room : stateOf(view, ctx),
      { key: 'events.addToCalendar', links: { url: calendar } },
    ],
    { quickReplies: below(view) },
  )
}

/** They have a place, or wait for one. */
export function sayJoined(view: EventView, again: boolean, ctx: TurnContext): Effect {
  const { title, when, place } = view
  return say(
    [
      ...(again ? [{ key: 'events.already' } as const] : []),
      stateOf(view, ctx),
      { key: 'events.eventShort', params: { title, when, place } },
      ...(view.mine === 'going'
        ? [promised(ctx, REMINDERS[view.reminders], 'events.noReminder')]
        : []),
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

/** What is told later, where it will be; with notices of events off, how to look for oneself. */
const promised = ({ off }: TurnContext, key: MessageKey, instead: MessageKey): Text => ({
  key: off?.includes('event') === true ? instead : key,
})

const REMINDERS: Readonly<Record<EventView['reminders'], MessageKey>> = {
  twice: 'events.willRemind',
  once: 'events.willRemindOnce',
  none: 'events.beginsSoon',
}

function stateOf({ mine, number }: EventView, ctx: TurnContext): Text {
  return mine === 'waiting'
    ? promised(ctx, 'events.youWait', 'events.youWaitQuiet')
    : { key: 'events.youGo', params: { number: number ?? '' } }
}

function below({ mine, left }: EventView): QuickReply[] {
  const act: QuickReply =
    mine === 'none'
      ? { value: 'join', label: { key: left === 0 ? 'events.wait' : 'events.join' } }
      : { value: 'leave', label: { key: 'events.leave' } }
  return [act, LIST, MENU]
}
