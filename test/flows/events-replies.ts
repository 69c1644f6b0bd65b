import type { EventIntent, EventsAsk, EventsReply, EventView } from '../../flows/events/ask.ts'

const VIEW: EventView = {
  id: 'e1',
  title: '宣讲会',
  about: '讲清楚',
  venue: '进社区',
  place: '社区中心',
  when: '6月3日',
  left: 3,
  calendar: 'https://chat.test/events/e1.ics',
  mine: 'none',
  number: null,
  reminders: 'twice',
}
const LINES = [{ id: 'e1', label: '宣讲会' }]
const TITLE = { id: 'e1', title: '宣讲会' }

/** Every kind of answer that the world may give to the flow about events. */
export function eventsReplies(asked: EventsAsk | EventIntent): readonly EventsReply[] {
  const gone: EventsReply[] = [
    { kind: 'gone', why: 'unknown' },
    { kind: 'gone', why: 'cancelled' },
    { kind: 'gone', why: 'over' },
  ]
  const districts: EventsReply = {
    kind: 'districts',
    districts: [{ id: 'yunyan', name: '云岩区' }],
    problem: null,
  }
  const list = { kind: 'list' as const, district: '云岩区', calendar: 'https://x' }
  switch (asked.kind) {
    case 'home':
    case 'event.district':
      return [
        { kind: 'no-programme' },
        districts,
        { ...list, events: [], mine: 0 },
        { ...list, events: LINES, mine: 1 },
      ]
    case 'districts':
      return [districts]
    case 'event.place':
      return [
        { ...districts, problem: 'no such place' },
        { ...list, events: LINES, mine: 0 },
      ]
    case 'mine':
      return [
        { kind: 'mine', events: [] },
        { kind: 'mine', events: LINES },
      ]
    case 'one':
      return [
        ...gone,
        { kind: 'one', view: VIEW },
        { kind: 'one', view: { ...VIEW, left: 0, about: '' } },
        { kind: 'one', view: { ...VIEW, left: null } },
        { kind: 'one', view: { ...VIEW, mine: 'going', number: 7 } },
        { kind: 'one', view: { ...VIEW, mine: 'waiting', number: 7 } },
      ]
    case 'event.join':
      return [
        ...gone,
        {
          kind: 'joined',
          again: false,
          view: { ...VIEW, mine: 'going', number: 7, reminders: 'once' },
        },
        {
          kind: 'joined',
          again: false,
          view: { ...VIEW, mine: 'going', number: 7 },
        },
        {
          kind: 'joined',
          again: true,
          view: { ...VIEW, mine: 'waiting', number: 8 },
        },
      ]
    case 'event.leave':
      return [
        ...gone,
        { kind: 'left', ...TITLE, was: true },
        { kind: 'left', ...TITLE, was: false },
      ]
    case 'event.arrive':
      return [
        ...gone,
        { kind: 'early', ...TITLE, from: '8:30' },
        { kind: 'over', title: '宣讲会' },
        { kind: 'walk-in', ...TITLE, full: false },
        { kind: 'walk-in', ...TITLE, full: true },
        { kind: 'full', ...TITLE, number: 9 },
        { kind: 'arrived', ...TITLE, number: 7, again: false },
        { kind: 'arrived', ...TITLE, number: 7, again: true },
      ]
    case 'event.walk-in':
      return [
        { kind: 'full', ...TITLE, number: 9 },
        { kind: 'arrived', ...TITLE, number: 7, again: false },
      ]
    case 'rate-ask':
      return [...gone, { kind: 'not-there', title: '宣讲会' }, { kind: 'rate', ...TITLE }]
    case 'event.rate':
      return [{ kind: 'rated', words: asked.words !== null }]
  }
}
