import { claimHandedOver, findKept } from '../../../db/cases/attachments.ts'
import type { Channel } from '../../../flows/engine/channel.ts'
import type { InboundEvent, Input } from '../../../flows/engine/types.ts'
import type { Deps } from '../../kernel/deps.ts'
import { isTakenMime, MAX_FILE_BYTES } from '../../platform/files/check-file.ts'
import { handedOver } from './hand-over.ts'
import { type FileDeps, indexSource, keepFile } from './keep-file.ts'

const FETCHED_AT_ONCE = 6

type Media = Extract<Input, { type: 'media' }>

/**
 * Keeps the file of an event before its turn, so that flows need not wait for a network: afterwards
 * `mediaId` is the id of an attachment of this very address, or `problem` says why there is none. The
 * same event again finds what the first one kept. Nothing is fetched where the channel may not take
 * personal data or others read along. Rejects where our own storage does not answer.
 */
export async function takeMedia(
  deps: FileDeps & Pick<Deps, 'personalData'>,
  channel: Channel,
  event: InboundEvent,
): Promise<InboundEvent> {
  const { input } = event
  if (input.type !== 'media' || input.problem !== undefined) return event
  if (!deps.personalData(event.from.channel) || event.shared === true) {
    return { ...event, input: { ...input, problem: 'not-here' } }
  }
  return { ...event, input: { ...input, ...(await keepMedia(deps, channel, event, input)) } }
}

async function keepMedia(
  deps: FileDeps,
  { fetchMedia }: Channel,
  event: InboundEvent,
  input: Media,
): Promise<Partial<Media>> {
  if (input.kind === 'voice') return { problem: 'wrong-kind' }
  if ((input.size ?? 0) > MAX_FILE_BYTES) return { problem: 'too-large' }
  if (fetchMedia === undefined) return claim(deps, event, input)
  const known = await findKept(deps.db, await indexSource(deps, event.id))
  if (known !== null) return { mediaId: known }
  return fewAtOnce(async () => {
    const fetched = await fetchMedia(input.mediaId)
    if (!fetched.ok) return { problem: fetched.problem }
    const kept = await keepFile(deps, {
      source: event.id,
      channel: event.from.channel,
      from: event.from,
      bytes: fetched.bytes,
      name: input.name ?? fetched.name ?? null,
    })
    return kept.ok ? { mediaId: kept.id } : { problem: kept.problem }
  })
}

let fetching = 0
const waiting: (() => void)[] = []

/** So many files of all networks are in memory at once in this process; who comes later waits. */
async function fewAtOnce<Result>(task: () => Promise<Result>): Promise<Result> {
  if (fetching >= FETCHED_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else fetching += 1
  try {
    return await task()
  } finally {
    const next = waiting.shift()
    if (next === undefined) fetching -= 1
    else next()
  }
}

/** Was handed over before, by a page or a gateway; what could not be kept left nothing but its kind. */
async function claim(
  deps: FileDeps,
  { from }: InboundEvent,
  { mediaId, mime }: Media,
): Promise<Partial<Media>> {
  const source = await indexSource(deps, handedOver(from.channel, mediaId))
  const claimed = await claimHandedOver(deps.db, from, { id: mediaId, source })
  if (claimed !== null) {
    const kind = claimed.mime.startsWith('image/') ? 'image' : 'document'
    return { kind, mediaId: claimed.id, mime: claimed.mime, size: claimed.size }
  }
  return { problem: mime === undefined || isTakenMime(mime) ? 'unavailable' : 'wrong-kind' }
}
