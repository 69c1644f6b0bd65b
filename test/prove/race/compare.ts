import { createHash } from 'node:crypto'
import { openEntry } from '../../../db/conversation/stored-sessions.ts'
import type { Database, SqlValue } from '../../../db/core/database.ts'
import type { RenderedMessage } from '../../../flows/engine/channel.ts'
import { testVault } from '../../helpers/app.ts'
import { eventOf, type PersonRecord, type Played } from './play.ts'
import type { RaceWorld } from './world.ts'

type Stored = {
  id: number
  person: PersonRecord
  eventId: string
  turn: number
  replies: number
  said: readonly RenderedMessage[]
  /** Staff have the conversation: what was said reached them. */
  toStaff: boolean
  session: string
}

/**
 * What is wrong with a race that was played, in words; null where all is as if the distinct events had come
 * one after another. The order that the database keeps must respect what was acknowledged before what was
 * sent, and the model, given the same events in that order, must say the same.
 */
export async function compare(
  world: Pick<RaceWorld, 'db' | 'model'>,
  { people }: Pick<Played, 'people'>,
): Promise<string | null> {
  const stored: Stored[] = []
  for (const person of people) {
    const turns = await load(world.db, person)
    const wrong =
      compareOrder(person, turns) ??
      compareReplies(person, turns) ??
      (await compareOutbox(world.db, person, turns))
    if (wrong !== null) return `${person.address.id}: ${wrong}`
    stored.push(...turns)
  }
  return compareWithModel(
    world,
    stored.toSorted((one, other) => one.id - other.id),
  )
}

async function load(db: Database, person: PersonRecord): Promise<Stored[]> {
  const { channel, id } = person.address
  const rows = await select(
    db,
    `SELECT t.id, t.event_id, t.turn, t.replies, t.body, s.id, s.turn FROM sessions s
      LEFT JOIN turns t ON t.session_id = s.id AND t.turn IS NOT NULL
      WHERE s.channel = ? AND s.external_id = ? ORDER BY t.turn`,
    [channel, id],
  )
  return Promise.all(
    rows.map(async ([own, eventId, turn, replies, body, session]) => {
      const entry = await openEntry(testVault, String(session), String(eventId), body)
      return {
        id: Number(own),
        person,
        eventId: String(eventId),
        turn: Number(turn),
        replies: Number(replies),
        session: String(session),
        said: entry.said,
        toStaff: entry.heard?.toStaff === true,
      }
    }),
  )
}

function compareOrder(person: PersonRecord, turns: readonly Stored[]): string | null {
  const expected = [...person.before, ...person.events].map(({ id }) => id).sort()
  const found = turns.map(({ eventId }) => eventId)
  if (found.toSorted().join() !== expected.join()) {
    return `the turns are of ${found.join(' ')}, said was ${expected.join(' ')}`
  }
  const gap = turns.findIndex(({ turn }, index) => turn !== index + 1)
  if (gap >= 0) return `turn ${gap + 1} is missing`
  const place = new Map(found.map((id, index) => [id, index]))
  for (const early of person.events) {
    for (const late of person.events) {
      if (early.acknowledged >= late.sent) continue
      if ((place.get(early.id) ?? 0) > (place.get(late.id) ?? 0)) {
        return `${early.id} was acknowledged before ${late.id} was sent, and comes after it`
      }
    }
  }
  return null
}

function compareReplies(person: PersonRecord, turns: readonly Stored[]): string | null {
  for (const { id, replies } of person.events) {
    const turn = turns.find(({ eventId }) => eventId === id)
    const kept = JSON.stringify(
      turn && {
        turn: turn.turn,
        messages: turn.said.slice(0, turn.replies),
        ...(turn.toStaff ? { toStaff: true } : {}),
      },
    )
    const other = replies.find((reply) => JSON.stringify(reply) !== kept)
    if (other !== undefined) return `${id} was answered ${JSON.stringify(other)}, kept is ${kept}`
  }
  return null
}

/** What rode on no response is in the outbox: once what did not fit, and what nobody was there to take. */
async function compareOutbox(
  db: Database,
  person: PersonRecord,
  turns: readonly Stored[],
): Promise<string | null> {
  const { channel, id: who } = person.address
  const rows = await select(
    db,
    "SELECT id FROM outbox WHERE origin = 'reply' AND channel = ? AND external_id = ? ORDER BY id",
    [channel, who],
  )
  const found = new Set(rows.map(([id]) => String(id)))
  for (const { session, turn, replies, said, eventId } of turns) {
    const event = person.events.find(({ id }) => id === eventId)
    const isTaken = event === undefined || event.replies.length > 0
    for (let count = 1; count <= said.length; count++) {
      const ids =
        count > replies ? [`${session}:${turn}:${count}`] : [`late:${nameOf(eventId)}:${count - 1}`]
      const isQueued = ids.some((id) => found.delete(id))
      if (count > replies && !isQueued)
        return `message ${count} of turn ${turn} is not in the outbox`
      if (count <= replies && !isTaken && !isQueued) {
        return `nobody was told message ${count} of turn ${turn}, to ${eventId}`
      }
    }
  }
  const late = await select(db, 'SELECT count(*) FROM late_events WHERE event_id LIKE ?', [
    `${channel}:${who}:%`,
  ])
  if (late[0]?.[0] !== 0) return `${late[0]?.[0]} late events are not settled`
  return found.size === 0 ? null : `the outbox has more than was said: ${[...found].join(' ')}`
}

/** As src/conversation/late-events.ts names the rows of an event. */
function nameOf(eventId: string): string {
  return createHash('sha256').update(eventId).digest('hex').slice(0, 24)
}

async function compareWithModel(
  world: Pick<RaceWorld, 'model'>,
  stored: readonly Stored[],
): Promise<string | null> {
  for (const { person, eventId, said } of stored) {
    const { text = '' } =
      [...person.before, ...person.events].find(({ id }) => id === eventId) ?? {}
    await world.model.take(eventOf(person.address, eventId, text), true)
    const [row] = await select(
      world.model.db,
      'SELECT session_id, body FROM turns WHERE event_id = ?',
      [eventId],
    )
    const entry = await openEntry(testVault, String(row?.[0]), eventId, row?.[1])
    const [ours, theirs] = [plain(said), plain(entry.said)]
    if (ours !== theirs) {
      return `to “${text}” (${eventId}) was said ${ours}, one after another it would have been ${theirs}`
    }
  }
  return null
}

/** Serial numbers and ids are given out in the order of a whole database: they say nothing about one conversation. */
function plain(said: readonly RenderedMessage[]): string {
  return JSON.stringify(said)
    .replaceAll(/GY18-\d\d-\d{5,}[\dX]/g, 'GY18-…')
    .replaceAll(/[ABM]\d{8}/g, '…')
}

async function select(db: Database, sql: string, args: readonly SqlValue[]) {
  return (await db.read([{ sql, args: [...args] }]))[0] ?? []
}
