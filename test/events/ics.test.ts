import ICAL from 'ical.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findEvent, moveEvent, type PublicityEvent } from '../../db/events/events.ts'
import { createApp } from '../../src/app.ts'
import { toCalendar } from '../../src/events/ics.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedEvent } from '../helpers/events.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())
const get = (path: string) => createApp(world.deps).request(`https://chat.test${path}`)
const load = async (id: string): Promise<PublicityEvent> => {
  const event = await findEvent(world.db, { id })
  if (event === null) throw new Error('no event')
  return event
}

it('escapes what has a meaning, and folds by octets within no character', async () => {
  const { id } = await seedEvent(world.deps)
  const event = await load(id)
  const title = { 'zh-Hans': `${'政策宣讲'.repeat(20)};a,b\\c\nBEGIN:VEVENT`, en: 'x' }
  const text = toCalendar({ name: null, host: 'chat.test', locale: 'zh-Hans' }, [
    { ...event, title },
  ])
  const lines = text.split('\r\n')
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(text).not.toMatch(/[^\r]\n/)
  const whole = text.replaceAll('\r\n ', '').split('\r\n')
  expect(whole).toContain(`SUMMARY:${'政策宣讲'.repeat(20)}\\;a\\,b\\\\c\\nBEGIN:VEVENT`)
  expect(whole.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1)
  expect(whole).toContain('DTSTART:20180603T013000Z')
  expect(whole).toContain(`UID:${id}@chat.test`)
  // As somebody else's calendar reads it.
  const calendar = new ICAL.Component(ICAL.parse(text))
  const [read, ...others] = calendar
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))
  expect(others).toEqual([])
  expect(read?.summary).toBe(title['zh-Hans'])
  expect(read?.uid).toBe(`${id}@chat.test`)
  expect(read?.startDate.toJSDate().toISOString()).toBe('2018-06-03T01:30:00.000Z')
  expect(read?.endDate.toJSDate().toISOString()).toBe(new Date(event.endsAt).toISOString())
})

it('serves an event and a district, and follows a cancellation with a higher sequence', async () => {
  const { id } = await seedEvent(world.deps)
  const hidden = await seedEvent(world.deps, { draft: true })
  const file = await get(`/events/${id}.ics`)
  expect(file.headers.get('content-type')).toContain('text/calendar')
  expect(await file.text()).toContain('SEQUENCE:0')
  expect((await get(`/events/${hidden.id}.ics`)).status).toBe(404)
  expect((await get('/events/mars/calendar.ics')).status).toBe(404)
  const event = await load(id)
  await world.db.write([moveEvent(event, 'cancelled', world.deps.now())])
  const feed = await (await get('/events/yunyan/calendar.ics')).text()
  expect(feed).toContain('STATUS:CANCELLED')
  expect(feed).toContain('SEQUENCE:1')
  expect(feed).not.toContain(hidden.id)
})
