import type { Address, InboundEvent } from '../../flows/engine/types.ts'
import type { Database, Rows, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { openEntry } from './stored-sessions.ts'

/** Keeps events whose turn is not done although the network is told that we have them. */
export async function saveDeferred(
  db: Database,
  vault: Vault,
  events: readonly InboundEvent[],
  now: string,
): Promise<void> {
  await db.write(await saveDeferredStatements(vault, events, now))
}

/** The statements that keep such events, for the batch of what brought them, in microseconds of their order. */
export function saveDeferredStatements(
  vault: Vault,
  events: readonly InboundEvent[],
  now: string,
): Promise<Statement[]> {
  return Promise.all(
    events.map(async (event, index) => ({
      sql: 'INSERT OR IGNORE INTO late_events (event_id, body, at) VALUES (?, ?, ?)',
      args: [
        event.id,
        await vault.seal(JSON.stringify(event), lateContext(event.id)),
        inOrder(now, index),
      ],
    })),
  )
}

/** The events of one moment keep their order. */
function inOrder(now: string, index: number): string {
  return now.replace('Z', `${String(index).padStart(3, '0')}Z`)
}

/** The events that were kept before `until` and are not done: whoever had them in hand died. */
export async function loadDeferred(
  db: Database,
  vault: Vault,
  until: string,
): Promise<InboundEvent[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT event_id, body FROM late_events WHERE at < ? ORDER BY at LIMIT 100',
      args: [until],
    },
  ])
  return openEvents(vault, rows)
}

/** What the person of a kept event said before it and is not done, in order: another process may have it in hand. */
export async function loadEarlier(
  db: Database,
  vault: Vault,
  { id, from }: InboundEvent,
): Promise<InboundEvent[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT event_id, body FROM late_events WHERE event_id > ? AND event_id < ?
          AND at < (SELECT at FROM late_events WHERE event_id = ?) ORDER BY at`,
      args: [`${from.channel}:${from.id}:`, `${from.channel}:${from.id};`, id],
    },
  ])
  return openEvents(vault, rows)
}

/** Everything of a person that is kept and not done, in order. */
export async function loadKept(
  db: Database,
  vault: Vault,
  { channel, id }: Address,
): Promise<InboundEvent[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT event_id, body FROM late_events WHERE event_id > ? AND event_id < ? ORDER BY at, event_id`,
      args: [`${channel}:${id}:`, `${channel}:${id};`],
    },
  ])
  return openEvents(vault, rows)
}

/** The network's ids of what was heard in the turn of an album; none where there was no such turn. */
export async function loadHeard(
  db: Database,
  vault: Vault,
  eventId: string,
): Promise<readonly string[]> {
  const [rows = []] = await db.read([
    { sql: 'SELECT session_id, body FROM turns WHERE event_id = ?', args: [eventId] },
  ])
  const [sessionId, body] = rows[0] ?? []
  if (sessionId == null) return []
  return (await openEntry(vault, String(sessionId), eventId, body)).parts ?? []
}

function openEvents(vault: Vault, rows: Rows): Promise<InboundEvent[]> {
  return Promise.all(
    rows.map(async ([id, body]) => {
      if (!(body instanceof Uint8Array)) throw new Error('a late event without words')
      // Our own JSON, authenticated by the seal.
      return JSON.parse(await vault.openText(body, lateContext(String(id)))) as InboundEvent
    }),
  )
}

/** A row where `loadDeferred` finds something. */
export function abandonedEvents(until: string): Statement {
  return { sql: 'SELECT 1 FROM late_events WHERE at < ? LIMIT 1', args: [until] }
}

/** A statement that forgets a late event, written with what came of it. */
export function dropDeferred(eventId: string): Statement {
  return { sql: 'DELETE FROM late_events WHERE event_id = ?', args: [eventId] }
}

/** Where a late event is sealed for. */
export function lateContext(eventId: string): string {
  return `late:${eventId}`
}
