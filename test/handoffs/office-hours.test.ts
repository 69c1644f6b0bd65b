import { describe, expect, it } from 'vitest'
import { createStaffDesk, SAMPLE_OFFICE_HOURS } from '../../src/kernel/office.ts'
import {
  afterWork,
  hoursOf,
  type OfficeHours,
  officeAt,
  parseWeek,
  workBetween,
} from '../../src/kernel/office-hours.ts'

/** A time in China; 1 June 2018 was a Friday. */
const at = (day: number, time: string) => new Date(`2018-06-0${day}T${time}:00+08:00`).toISOString()

function hours(text: string = SAMPLE_OFFICE_HOURS): OfficeHours {
  const week = parseWeek(text)
  if (week === null) throw new Error(text)
  return hoursOf({ week, closed: [] })
}

describe('office hours', () => {
  it.each([
    [1, '08:59', false, 'today', '9:00'],
    [1, '09:00', true, 'today', '14:00'],
    [1, '11:59', true, 'today', '14:00'],
    [1, '12:00', false, 'today', '14:00'],
    [1, '16:59', true, 4 - 3, '9:00'],
    [1, '17:00', false, 1, '9:00'],
    [2, '10:00', false, 1, '9:00'],
    [3, '23:59', false, 'tomorrow', '9:00'],
    [4, '00:00', false, 'today', '9:00'],
    [4, '18:00', false, 'tomorrow', '9:00'],
  ] as const)('June %i, %s: open %s, opens next %s at %s', (day, time, open, on, opens) => {
    expect(officeAt(hours(), at(day, time))).toEqual({
      open,
      opens: { day: on, time: opens, holidaysKnown: true },
    })
  })

  it.each([
    [1, '10:00', 60, 1, '11:00'],
    [1, '11:00', 120, 1, '15:00'],
    [1, '16:30', 60, 4, '09:30'],
    [2, '03:00', 60, 4, '10:00'],
    [1, '10:00', 480, 4, '12:00'],
    [1, '10:00', 0, 1, '10:00'],
  ] as const)('June %i, %s and %i minutes of work: June %i, %s', (day, time, minutes, to, then) => {
    expect(afterWork(hours(), at(day, time), minutes)).toBe(at(to, then))
    expect(workBetween(hours(), at(day, time), at(to, then))).toBe(minutes)
  })

  it.each([
    ['before the Dragon Boat Festival', '2018-06-15T17:30', { day: 2, time: '9:00' }],
    [
      'before the National Day',
      '2018-09-30T17:30',
      { day: 'later', time: '9:00', date: '2018-10-08' },
    ],
    ['a Saturday worked for it', '2018-09-29T08:00', { day: 'today', time: '9:00' }],
    [
      'the evening before a Sunday worked for the Spring Festival',
      '2018-02-10T20:00',
      { day: 'tomorrow', time: '9:00' },
    ],
  ] as const)('follow the holidays: %s', (_, time, opens) => {
    const moment = new Date(`${time}:00+08:00`).toISOString()
    expect(officeAt(hours(), moment)).toEqual({
      open: false,
      opens: { ...opens, holidaysKnown: true },
    })
  })

  it('do not know the holidays of a year that nobody has announced', () => {
    const moment = new Date('2090-10-01T10:00:00+08:00').toISOString()
    expect(officeAt(hours('Mon-Sun 9:00-12:00'), moment)).toMatchObject({
      open: true,
      opens: { holidaysKnown: false },
    })
  })

  it('knows other hours', () => {
    expect(officeAt(hours('Sat-Sun 8:30-20:00'), at(1, '12:00'))).toEqual({
      open: false,
      opens: { day: 'tomorrow', time: '8:30', holidaysKnown: true },
    })
    expect(hours('Wed 0:00-24:00').week.map((day) => day.length)).toEqual([0, 0, 1, 0, 0, 0, 0])
  })

  it.each([
    '',
    'always',
    'Fri-Mon 9:00-12:00',
    'Mon-Fri 12:00-9:00',
    'Mon-Fri 9:00-12:00,11:00-13:00',
    'Mon-Fri 9:00-24:30',
    'Mon-Fri 9:70-12:00',
    'mon-fri 9:00-12:00',
  ])('are not: %s', (text) => {
    expect(parseWeek(text)).toBeNull()
  })
})

describe('how long people wait', () => {
  const wait = (minutes: number) => ({ from: at(1, '09:00'), to: at(1, `09:${minutes}`) })

  it('is said only where enough is known, as the median in minutes of work', () => {
    const desk = createStaffDesk()
    expect(desk.officeAt(at(1, '10:00')).waitMinutes).toBeNull()
    desk.noteWaits([wait(11), wait(12), wait(13), wait(14)])
    expect(desk.officeAt(at(1, '10:00')).waitMinutes).toBeNull()
    const night = { from: at(1, '16:50'), to: at(4, '09:10') }
    desk.noteWaits([wait(11), wait(12), wait(58), wait(59), night])
    expect(desk.officeAt(at(1, '10:00')).waitMinutes).toBe(20)
    desk.noteWaits([])
    expect(desk.officeAt(at(1, '10:00')).waitMinutes).toBeNull()
  })
})
