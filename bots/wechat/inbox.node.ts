import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileBoxInterface } from 'file-box'
import * as z from 'zod'
import type { CallApp } from './app-client.ts'
import { mediaIdOf, type Read } from './read-message.node.ts'
import { openSeen, openSpool, writeDurably } from './spool.node.ts'
import { createWakeup } from './wakeup.ts'
import { type CreateQueue, Inbound, InboundAnswer, MAX_MEDIA_BYTES, type Part } from './wire.ts'

const LONGEST_PAUSE_SECONDS = 60
const FETCH_SECONDS = 30
const POST_SECONDS = 30
const UPLOAD_SECONDS = 120
/** Events of so many people are on their way to the app at once. */
const MOST_POSTS = 5
/** So many files are fetched at once; the next waits for its turn. */
const MOST_FETCHES = 4
/** After so many files in a row that did not come, none is asked for during the pause. */
const ENOUGH_FAILURES = 5
const FETCH_PAUSE_SECONDS = 60

/** What the app is told of something that it cannot be given. */
const NOT_TAKEN = { type: 'unsupported', what: 'other' } as const

/** An event on its way: to the app, and its replies on their way back to the person. */
const Entry = z.object({
  event: Inbound,
  /** False while its file is being fetched. */
  ready: z.boolean(),
  /** Null: the app has not answered yet. */
  replies: InboundAnswer.shape.messages.nullable(),
  /** Parts of the replies that are said. */
  said: z.int(),
})
type Entry = z.infer<typeof Entry>

export type Inbox = {
  /** Keeps an event until it is answered; false where it is known already. */
  take: (event: Omit<Inbound, 'input'>, read: NonNullable<Read>) => boolean
  /** Posts what waits, in order, until `signal` is aborted. */
  run: () => Promise<void>
  waiting: () => number
}

/**
 * What people said, on disk until the app has taken it and the replies are said. One person's events go to the
 * app one after the other, in the order of their coming; nobody waits for somebody else's file, event or reply. While
 * the app is away all wait here.
 * `reply` says a part to a person: true when it is said or can never be, false when we are stopping.
 */
export function createInbox(options: {
  folder: string
  call: CallApp
  reply: (to: string, part: Part) => Promise<boolean>
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  createQueue: CreateQueue
  onProblem: (where: 'inbound' | 'inbound app' | 'event' | 'file', detail: string | null) => void
}): Inbox {
  const { signal, call, onProblem } = options
  const spool = openSpool(join(options.folder, 'in'), Entry)
  const seen = openSeen(join(options.folder, 'seen'))
  const media = join(options.folder, 'media')
  mkdirSync(media, { recursive: true, mode: 0o700 })
  if (spool.unreadable > 0)
    onProblem('inbound', `${spool.unreadable} spooled events could not be read`)
  const wakeup = createWakeup(signal)
  const people = options.createQueue()
  const replying = new Set<Promise<void>>()
  const posting = new Map<string, Promise<string | null>>()
  const fetching = createFetchLimit({ most: MOST_FETCHES, onProblem })

  for (const id of spool.ids()) {
    const entry = spool.get(id)
    if (entry === undefined) continue
    // The fetch of its file died with the process; the network gives it once only.
    if (!entry.ready) spool.put(id, { ...entry, ready: true })
    if (entry.replies !== null) queueReplies(id)
  }

  return {
    take(head, read) {
      if (seen.has(head.id) || spool.get(head.id) !== undefined) return false
      const pending = 'file' in read
      const parsed = Inbound.safeParse({ ...head, input: pending ? NOT_TAKEN : read.input })
      const event = parsed.success ? parsed.data : Inbound.parse({ ...head, input: NOT_TAKEN })
      spool.put(head.id, { event, ready: !pending, replies: null, said: 0 })
      if (pending) void fetchFile(head.id, read).finally(wakeup.wake)
      wakeup.wake()
      return true
    },
    async run() {
      for (let failures = 0; !signal.aborted; ) {
        const next = posting.size < MOST_POSTS ? nextEvent() : null
        if (next !== null) {
          const [from, id, entry] = next
          posting.set(
            from,
            post(id, entry).finally(() => posting.delete(from)),
          )
          // Nobody's first words go before an earlier person's are under way.
          await Promise.resolve()
          continue
        }
        if (posting.size === 0) {
          await wakeup.wait(5)
          continue
        }
        const problem = await Promise.race([
          ...posting.values(),
          wakeup.wait(5).then(() => 'woken'),
        ])
        if (problem === 'woken') continue
        onProblem('inbound app', problem)
        if (problem === null) failures = 0
        else {
          await Promise.allSettled(posting.values())
          await options.pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
        }
      }
      await Promise.allSettled(posting.values())
      await Promise.allSettled(replying)
    },
    waiting: () => spool.ids().length,
  }

  /** The oldest event that may go: its file is here, and nothing earlier of the same person is under way. */
  function nextEvent(): [from: string, id: string, entry: Entry] | null {
    const seenPeople = new Set(posting.keys())
    for (const id of spool.ids()) {
      const entry = spool.get(id)
      if (entry === undefined || entry.replies !== null) continue
      const { from } = entry.event
      if (seenPeople.has(from)) continue
      if (entry.ready) return [from, id, entry]
      seenPeople.add(from)
    }
    return null
  }

  /** Resolves to what keeps the event here, or to null when it may go on. */
  async function post(id: string, entry: Entry): Promise<string | null> {
    const { event } = entry
    const uploaded = await upload(event)
    if (uploaded !== null && uploaded.why === 'away') return uploaded.detail
    // A file that the app will not have must not keep back what its sender says next.
    const input = uploaded === null ? event.input : NOT_TAKEN
    const answer = await call({
      method: 'POST',
      path: '/webhooks/wechat',
      purpose: 'inbound',
      body: JSON.stringify({ ...event, input }),
      answer: InboundAnswer,
      seconds: POST_SECONDS,
      signal,
    })
    if (answer.ok) {
      spool.put(id, { ...entry, replies: answer.value.messages })
      queueReplies(id)
      return null
    }
    if (answer.why === 'away') return answer.detail
    spool.setAside(id)
    seen.add(id)
    onProblem('event', `${answer.detail}: the event was set aside`)
    return null
  }

  async function upload({ input }: Inbound) {
    if (input.type !== 'media' || (input.size ?? 0) > MAX_MEDIA_BYTES) return null
    const file = join(media, input.mediaId)
    if (!existsSync(file)) return null
    const answer = await call({
      method: 'PUT',
      path: `/webhooks/wechat/media/${input.mediaId}`,
      purpose: `media ${input.mediaId}`,
      body: new Uint8Array(readFileSync(file)),
      headers: {
        'Content-Type': input.mime ?? 'application/octet-stream',
        'X-Media-Name': encodeURIComponent(input.name ?? ''),
      },
      answer: z.object({}),
      seconds: UPLOAD_SECONDS,
      signal,
    })
    return answer.ok ? null : answer
  }

  /** Replies to one person are said in the order of what they answer. */
  function queueReplies(id: string): void {
    const from = spool.get(id)?.event.from ?? id
    const said = people(from, async () => {
      for (;;) {
        const entry = spool.get(id)
        const part = entry?.replies?.flat()[entry.said]
        if (entry === undefined) return
        if (part === undefined) return finish(id, entry)
        if (!(await options.reply(entry.event.from, part))) return
        spool.put(id, { ...entry, said: entry.said + 1 })
      }
    })
    replying.add(said)
    void said.finally(() => replying.delete(said))
  }

  function finish(id: string, { event }: Entry): void {
    seen.add(id)
    spool.remove(id)
    if (event.input.type === 'media') rmSync(join(media, event.input.mediaId), { force: true })
  }

  async function fetchFile(id: string, read: Extract<Read, { file: unknown }>): Promise<void> {
    const entry = spool.get(id)
    if (entry === undefined) return
    const fetched = await fetching(() =>
      Promise.race([
        bytesOf(read.file).catch(() => null),
        options.pause(FETCH_SECONDS).then(() => null),
      ]),
    )
    if (signal.aborted) return
    const input = fetched === null ? entry.event.input : keep(id, read.kind, fetched)
    spool.put(id, { ...entry, event: { ...entry.event, input }, ready: true })
  }

  function keep(
    id: string,
    kind: 'image' | 'document' | 'voice',
    { box, bytes }: { box: FileBoxInterface; bytes: Buffer },
  ): Inbound['input'] {
    const mediaId = mediaIdOf(id)
    if (bytes.length <= MAX_MEDIA_BYTES) writeDurably(media, mediaId, bytes)
    const mime = box.mediaType
    return {
      type: 'media',
      kind,
      mediaId,
      size: bytes.length,
      ...(box.name === '' ? {} : { name: box.name.slice(-200) }),
      ...(mime === undefined || mime === '' ? {} : { mime }),
    }
  }
}

/**
 * Lets so many files be fetched at once. Where several in a row do not come, none is asked for during a while: the
 * puppet, and its memory, are spared.
 */
function createFetchLimit(options: {
  most: number
  onProblem: (where: 'file', detail: string | null) => void
}): <File>(fetch: () => Promise<File | null>) => Promise<File | null> {
  const waiting: (() => void)[] = []
  let running = 0
  let failures = 0
  let closedUntil = 0
  return async (fetch) => {
    if (Date.now() < closedUntil) return null
    if (running >= options.most) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      const fetched = await fetch()
      failures = fetched === null ? failures + 1 : 0
      options.onProblem('file', fetched === null ? 'a file of a person did not come' : null)
      if (failures >= ENOUGH_FAILURES) closedUntil = Date.now() + FETCH_PAUSE_SECONDS * 1000
      return fetched
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}

async function bytesOf(file: () => Promise<FileBoxInterface>) {
  const box = await file()
  return { box, bytes: await box.toBuffer() }
}
