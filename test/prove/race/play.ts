import type { Reply } from '../../../flows/engine/channel.ts'
import type { Address, InboundEvent } from '../../../flows/engine/types.ts'
import { applicationLines } from '../../helpers/applicant.ts'
import { linesOf, type Plan } from './plan.ts'
import type { RaceWorld } from './world.ts'

const AT = '2018-06-01T02:00:00.000Z'
/** A network delivers again what was not acknowledged; so often is more than enough. */
const TRIES = 8

/** What came of one event: when it was first sent and first answered, and all replies to it. */
export type EventRecord = {
  id: string
  text: string
  sent: number
  acknowledged: number
  replies: Reply[]
}

/** One person of a plan as it was played. */
export type PersonRecord = {
  address: Address
  /** Whose application they type. */
  number: number
  /** What was said in peace, before. */
  before: { id: string; text: string }[]
  events: EventRecord[]
}

/** `late`: responses that left without their reply. */
export type Played = { people: PersonRecord[]; deliveries: number; refused: number; late: number }

/** Brings people to where a plan begins, one turn after the other. `run` makes them nobody else. */
export async function prepare(world: RaceWorld, plan: Plan, run: number): Promise<PersonRecord[]> {
  const people: PersonRecord[] = []
  for (const [index, { channel, depth }] of plan.people.entries()) {
    const own = (run * 2 + index) % 100_000
    const number = plan.twins ? (run * 2) % 100_000 : own
    const address = { channel, id: `r${run}p${index}` }
    const before = applicationLines(number)
      .slice(0, depth)
      .map((text, turn) => ({ id: `${channel}:${address.id}:b${turn}`, text }))
    for (const { id, text } of before) {
      await world.instances[0].take(eventOf(address, id, text), true)
    }
    people.push({ address, number, before, events: [] })
  }
  return people
}

/** Plays the deliveries of a plan; in which order calls reach the database is the gate's affair. */
export async function play(world: RaceWorld, plan: Plan, people: PersonRecord[]): Promise<Played> {
  const played: Played = { people, deliveries: 0, refused: 0, late: 0 }
  let clock = 0
  const playPerson = async (person: PersonRecord, index: number) => {
    const planned = plan.people[index]
    if (planned === undefined) return
    const texts = linesOf(planned, person.number)
    const under: Promise<void>[] = []
    for (const { event: nth, instance, waits } of planned.deliveries) {
      if (waits) await Promise.all(under.splice(0))
      const at = nth % texts.length
      const id = `${person.address.channel}:${person.address.id}:${at}`
      const known = person.events.find((one) => one.id === id)
      const record = known ?? {
        id,
        text: texts[at] ?? '',
        sent: ++clock,
        replies: [],
        acknowledged: Number.POSITIVE_INFINITY,
      }
      if (known === undefined) person.events.push(record)
      played.deliveries++
      under.push(deliver(person, record, instance))
    }
    await Promise.all(under)
  }
  const deliver = async (person: PersonRecord, record: EventRecord, instance: 0 | 1) => {
    const event = eventOf(person.address, record.id, record.text)
    for (let tries = 1; ; tries++) {
      try {
        const reply = await world.instances[instance].take(event, plan.inTurn[instance])
        if (reply === null) played.late++
        else {
          record.replies.push(reply)
          record.acknowledged = Math.min(record.acknowledged, ++clock)
        }
        return
      } catch (error) {
        played.refused++
        if (tries === TRIES) throw error
      }
    }
  }
  await Promise.all(people.map(playPerson))
  await Promise.all(world.instances.map(({ settled }) => settled()))
  return played
}

/** A text of somebody, at the one moment of the race. */
export function eventOf(from: Address, id: string, text: string): InboundEvent {
  const command = /^\/(start)$/.exec(text)?.[1]
  return {
    id,
    from,
    at: AT,
    input: command === 'start' ? { type: 'command', name: 'start' } : { type: 'text', text },
  }
}
