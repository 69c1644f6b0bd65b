import {
  dropDeferred,
  loadHeard,
  loadKept,
  saveDeferred,
} from '../../db/conversation/late-events.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address, InboundEvent, Input } from '../../flows/engine/types.ts'
import type { Deps, Ride } from '../kernel/deps.ts'
import type { Spoken } from './render.ts'
import { createReplyDeadline } from './reply-deadline.ts'
import type { TurnOutcome } from './run-steps.ts'

/** The rest of an album follows within this. */
const REST_MILLISECONDS = 1000

type Take = (event: InboundEvent, ride: Ride) => Promise<unknown>
type Kept = Pick<Deps, 'db' | 'vault' | 'now' | 'log' | 'background'>

/** Which album an event is a part of; undefined where it is none, or is all of one. */
function albumOf({ input, parts }: InboundEvent): string | undefined {
  return parts === undefined && 'album' in input ? input.album : undefined
}

/** Whether an event is a part of an album that is to be put aside until the rest has come. */
export function isPart(event: InboundEvent): boolean {
  return albumOf(event) !== undefined
}

/**
 * Keeps a part of an album on disk, so that the network can have our word; once no more has come for a second, all of it
 * is one turn (`take`), whose answer goes by the outbox. Where we die before that, `recoverLate` takes it.
 */
export async function putAside(deps: Kept, part: InboundEvent, take: Take): Promise<void> {
  await saveDeferred(deps.db, deps.vault, [part], deps.now())
  deps.background(
    new Promise((resolve) => setTimeout(resolve, REST_MILLISECONDS)).then(async () => {
      try {
        const parts = await partsOf(deps, part)
        // Who came last takes them all.
        if (parts.at(-1)?.id === part.id) await takeParts(deps, parts, take)
      } catch (error) {
        deps.log.error('album-failed', error)
      }
    }),
  )
}

/** Takes all of the album that a kept part belongs to, now. */
export async function takeAlbum(deps: Kept, part: InboundEvent, take: Take): Promise<void> {
  await takeParts(deps, await partsOf(deps, part), take)
}

/** Takes what of a person's albums was put aside, since something else came from them: the order of what they did stays. */
export async function takeAlbums(deps: Kept, from: Address, take: Take): Promise<void> {
  const kept = await loadKept(deps.db, deps.vault, from)
  const albums = Map.groupBy(kept.filter(isPart), (part) => albumOf(part))
  for (const parts of albums.values()) await takeParts(deps, parts, take)
}

async function partsOf(deps: Kept, part: InboundEvent): Promise<InboundEvent[]> {
  const kept = await loadKept(deps.db, deps.vault, part.from)
  return kept.filter((other) => albumOf(other) === albumOf(part))
}

/** One turn under the album's own key; what it did not hear, since it came later, is heard by itself. */
async function takeParts(deps: Kept, parts: readonly InboundEvent[], take: Take): Promise<void> {
  const [first] = parts
  if (first === undefined) return
  const { channel, id: address } = first.from
  const id = `${channel}:${address}:album:${albumOf(first)}`
  const gone = createReplyDeadline()
  gone.expire()
  await take(
    { ...first, id, parts: parts.map((part) => ({ id: part.id, input: part.input })) },
    gone,
  )
  const heard = await loadHeard(deps.db, deps.vault, id)
  for (const late of parts.filter((part) => !heard.includes(part.id))) {
    await take({ ...late, parts: [{ id: late.id, input: late.input }] }, gone)
  }
  await deps.db.write(parts.map((part) => dropDeferred(part.id)))
}

/**
 * Steps through the files of an album in one turn; their words are heard with the last. What is said of each file gives
 * way to what is said of the next, what is wrong with files is said once, and what answers the words comes last.
 */
export async function hearParts(
  parts: readonly Input[],
  before: FlowState | null,
  run: (state: FlowState | null, input: Input) => Promise<TurnOutcome>,
): Promise<TurnOutcome> {
  const words = parts.flatMap((part) => captionOf(part) ?? []).join('\n')
  const outcomes: TurnOutcome[] = []
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    const outcome = await run(outcomes.at(-1)?.state ?? before, {
      ...part,
      ...('album' in part ? { caption: isLast ? words : '' } : {}),
    })
    outcomes.push(outcome)
    if (outcome.state.status === 'failed') break
  }
  const [last] = outcomes.slice(-1)
  if (last === undefined) throw new Error('an album without a file')
  return {
    ...last,
    spoken: spokenOf(outcomes, parts, words !== ''),
    records: outcomes.flatMap(({ records }) => records),
    path: outcomes.flatMap(({ path }) => path),
    handoff: outcomes.find(({ handoff }) => handoff !== null)?.handoff ?? null,
    urgent: outcomes.find(({ urgent }) => urgent != null)?.urgent ?? null,
    handedBack: outcomes.some(({ handedBack }) => handedBack),
    apart: outcomes.some(({ apart }) => apart === true),
  }
}

function spokenOf(
  outcomes: readonly TurnOutcome[],
  parts: readonly Input[],
  hasWords: boolean,
): readonly Spoken[] {
  const problems = new Map<string, readonly Spoken[]>()
  let said: readonly Spoken[] = []
  let isTaken = false
  const files = hasWords ? outcomes.slice(0, -1) : outcomes
  for (const [index, { spoken, records }] of files.entries()) {
    const problem = problemOf(parts[index])
    if (spoken.length > 0 && problem !== undefined) problems.set(problem, spoken)
    else if (spoken.length > 0) said = spoken
    isTaken ||= records.length > 0
  }
  const [last] = outcomes.slice(-1)
  if (!hasWords || last === undefined) return [...[...problems.values()].flat(), ...said]
  const lastTaken = last.records.length > 0 && problemOf(parts[outcomes.length - 1]) === undefined
  return [
    ...(lastTaken ? [...problems.values()].flat() : []),
    ...(isTaken && !lastTaken ? said : []),
    ...last.spoken,
  ]
}

function problemOf(part: Input | undefined): string | undefined {
  return part?.type === 'media' ? part.problem : undefined
}

function captionOf(part: Input): string | undefined {
  const caption = 'caption' in part ? part.caption?.trim() : undefined
  return caption === '' ? undefined : caption
}
