import {
  memoryContext,
  parseStoredSession,
  type StoredSession,
} from '../../../db/conversation/stored-sessions.ts'
import type { TurnContext } from '../../../flows/engine/context.ts'
import type { Offered } from '../../../flows/engine/offered.ts'
import type { FlowState } from '../../../flows/engine/state.ts'
import type { Address, Input } from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import { createTalker } from '../../helpers/talk.ts'
import { addressOf, seedStaffChats } from './people.ts'
import { playScripts } from './scripts.ts'
import type { FuzzWorld } from './world.ts'

type Memory = NonNullable<StoredSession['memory']>
/** A place in a conversation that somebody of the world has been at, to come back to. */
export type Bookmark = { name: string; from: Address; who: string | null; memory: Memory }

/** Places of one step that differ in what they offer; more teach nothing. */
const PLACES_OF_A_STEP = 8
/** Turns that are walked before the shots begin. */
const WALKED = 1200
/** Who says yes here is gone, with all that leads on from them. */
const LAST_STEPS = new Set(['my-data.erasing', 'link.confirming'])

/**
 * Walks through every flow as people do: whole journeys first, then what each step says leads on, and each
 * button, from every place that was new. Real engine, real SQL. `round`: the people are others in each.
 */
export async function findBookmarks(world: FuzzWorld, round: number): Promise<Bookmark[]> {
  const found = new Map<string, Bookmark>()
  const open: Bookmark[] = []
  const note = async (from: Address, who: string | null) => {
    const memory = (await loadHeld(world, from))?.memory
    const run = memory?.state?.stack.at(-1)
    if (memory == null || run === undefined) return
    const name = `${run.flow}.${run.step}`
    const key = `${name} ${offeredIn(memory)
      .join(' ')
      .replaceAll(/[\w-]*\d[\w-]*/g, '#')}`
    const siblings = [...found.values()].filter((one) => one.name === name).length
    if (found.has(key) || siblings >= PLACES_OF_A_STEP) return
    const bookmark = { name, from, who, memory }
    found.set(key, bookmark)
    open.push(bookmark)
  }
  const people = await playScripts(world, round, note)
  for (const who of people) {
    for (const flow of flows) {
      const from = addressOf('web', who)
      await restore(world, from, null)
      await createTalker(world, from).say(choice(`!${flow.id}`), idFor(world, from))
      await note(from, who)
    }
  }
  for (const from of await seedStaffChats(world, round)) await note(from, null)
  const walked = new Map<string, number>()
  for (let turns = 0; turns < WALKED && open.length > 0; ) {
    // First the places of steps that were walked from least.
    const least = open.reduce((one, other) =>
      timesOf(walked, other) < timesOf(walked, one) ? other : one,
    )
    open.splice(open.indexOf(least), 1)
    walked.set(least.name, timesOf(walked, least) + 1)
    if (LAST_STEPS.has(least.name)) continue
    for (const input of leadingOn(least, contextOf(world))) {
      turns++
      await restore(world, least.from, least.memory)
      await createTalker(world, least.from).say(input, idFor(world, least.from))
      await note(least.from, least.who)
    }
  }
  return [...found.values()]
}

function timesOf(walked: ReadonlyMap<string, number>, { name }: Bookmark): number {
  return walked.get(name) ?? 0
}

function idFor(world: FuzzWorld, { channel, id }: Address): string {
  return `${channel}:${id}:walk-${world.next()}`
}

function choice(value: string): Input {
  return { type: 'choice', value }
}

/** What leads on from a place: the step's own samples, and each button. */
function leadingOn({ name, memory }: Bookmark, ctx: TurnContext): Input[] {
  const [flow, step = ''] = name.split('.')
  const definition = flows.find(({ id }) => id === flow)?.steps[step]
  const data = memory.state?.stack.at(-1)?.data ?? {}
  return [
    ...(definition?.samples(data, ctx) ?? []),
    ...offeredIn(memory).map(choice),
    { type: 'text', text: '王小明' },
    { type: 'text', text: '1' },
  ]
}

function contextOf(world: FuzzWorld): TurnContext {
  const words = { name: '', featured: [] }
  const now = world.deps.now()
  return { now, locale: 'zh-Hans', personalData: true, programme: { 'zh-Hans': words, en: words } }
}

/** The values of the buttons that a conversation was last shown. */
export function offeredIn(memory: Memory | null): string[] {
  const offered = memory?.offered as Offered | undefined
  return offered?.replies.map(({ value }) => value.replace(/~\w+$/, '')) ?? []
}

/** A conversation as it stands, or null where there is none. */
export async function loadHeld(
  { db, deps }: FuzzWorld,
  from: Address,
): Promise<StoredSession | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, channel, external_id, turn, memory FROM sessions
        WHERE channel = ? AND external_id = ?`,
      args: [from.channel, from.id],
    },
  ])
  return rows[0] === undefined ? null : parseStoredSession(deps.vault, rows[0])
}

/** Puts a conversation back to where it was (null: to the beginning), out of the hands of staff. */
export async function restore(
  world: FuzzWorld,
  from: Address,
  memory: Memory | null,
): Promise<void> {
  const held = await loadHeld(world, from)
  if (held === null) return
  const { deps, db } = world
  const beginning: FlowState = { status: 'waiting', stack: [], parked: {} }
  const offered = memory?.offered as Offered | undefined
  const put = {
    state: memory?.state ?? beginning,
    offered: offered === undefined ? undefined : { ...offered, replies: offered.replies },
  }
  const sealed = await deps.vault.seal(JSON.stringify(put), memoryContext(held.id))
  await db.write([
    {
      sql: 'UPDATE sessions SET version = version + 1, memory = ? WHERE id = ?',
      args: [sealed, held.id],
    },
    {
      sql: `UPDATE handoffs SET released_at = ?, released_by = 'staff', closed_at = ?, due_at = NULL
        WHERE session_id = ? AND released_at IS NULL`,
      args: [deps.now(), deps.now(), held.id],
    },
    // Who left the office's chat is let in again without digits.
    {
      sql: 'UPDATE staff_chats SET powers_until = ? WHERE channel = ? AND external_id = ?',
      args: [inTwelveHours(deps.now()), from.channel, from.id],
    },
  ])
}

function inTwelveHours(at: string): string {
  return new Date(Date.parse(at) + 12 * 3_600_000).toISOString()
}
