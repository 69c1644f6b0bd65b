import { EventsAsk, type EventsReply, type EventView } from '../../flows/events/ask.ts'

const VIEW: EventView = {
  ...{ id: 'e1', title: '宣讲会', about: '讲清楚', venue: '进社区', place: '社区中心' },
  ...{ when: '6月3日', left: 3, calendar: 'https://chat.test/events/e1.ics' },
  ...{ mine: 'none', number: null },
}
const LINES = [{ id: 'e1', label: '宣讲会' }]
const TITLE = { id: 'e1', title: '宣讲会' }
const DEEDS = [{ kind: 'leave', eventId: 'e1' }]

/** Every kind of answer that the world may give to the flow about events. */
export function eventsReplies(ask: unknown): readonly EventsReply[] {
  const asked = EventsAsk.parse(ask)
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
  const list = { kind: 'list' as const, district: '云岩区', calendar: 'https://x', deeds: [] }
  switch (asked.kind) {
    case 'home':
      return [
        { kind: 'no-programme' },
        districts,
        { ...list, events: [], mine: 0 },
        { ...list, events: LINES, mine: 1 },
      ]
    case 'districts':
      return [districts]
    case 'place':
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
    case 'join':
      return [
        ...gone,
        {
          ...{ kind: 'joined', again: false, deeds: DEEDS },
          view: { ...VIEW, mine: 'going', number: 7 },
        },
        {
          ...{ kind: 'joined', again: true, deeds: [] },
          view: { ...VIEW, mine: 'waiting', number: 8 },
        },
      ]
    case 'leave':
      return [
        ...gone,
        { kind: 'left', ...TITLE, was: true, deeds: DEEDS },
        { kind: 'left', ...TITLE, was: false, deeds: [] },
      ]
    case 'arrive':
      return [
        ...gone,
        { kind: 'early', ...TITLE, from: '8:30' },
        { kind: 'over', title: '宣讲会' },
        { kind: 'walk-in', ...TITLE, full: false },
        { kind: 'walk-in', ...TITLE, full: true },
        { kind: 'full', ...TITLE, number: 9, deeds: [] },
        { kind: 'arrived', ...TITLE, number: 7, again: false, deeds: DEEDS },
        { kind: 'arrived', ...TITLE, number: 7, again: true, deeds: [] },
      ]
    case 'walk-in':
      return [
        { kind: 'full', ...TITLE, number: 9, deeds: DEEDS },
        { kind: 'arrived', ...TITLE, number: 7, again: false, deeds: DEEDS },
      ]
    case 'rate-ask':
      return [...gone, { kind: 'not-there', title: '宣讲会' }, { kind: 'rate', ...TITLE }]
    case 'rate':
      return [{ kind: 'rated', words: asked.words !== null, deeds: DEEDS }]
  }
}
