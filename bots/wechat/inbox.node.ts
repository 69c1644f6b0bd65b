import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileBoxInterface } from 'file-box'
import * as z from 'zod'
import type { CallApp } from './app-client.ts'
import { mediaIdOf, type Read } from './read-message.node.ts'
import { openSeen, openSpool, writeDurably } from './spool.node.ts'
import { createWakeup } from './wakeup.ts'
import { Inbound, InboundAnswer, MAX_MEDIA_BYTES, type Part } from './wire.ts'

const LONGEST_PAUSE_SECONDS = 60
const FETCH_SECONDS = 30
const POST_SECONDS = 30
const UPLOAD_SECONDS = 120

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
 * What people said, on disk until the app has taken it and the replies are said. Events go to the
 * app one after the other, in the order of their coming; while the app is away they wait here.
 * `reply` says a part to a person: true when it is said or can never be, false when we are stopping.
 */
export function createInbox(options: {
  folder: string
  call: CallApp
  reply: (to: string, part: Part) => Promise<boolean>
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onProblem: (where: 'inbound' | 'inbound app' | 'event', detail: string | null) => void
}): Inbox {
  const { signal, call, onProblem } = options
  const spool = openSpool(join(options.folder, 'in'), Entry)
  const seen = openSeen(join(options.folder, 'seen'))
  const media = join(options.folder, 'media')
  mkdirSync(media, { recursive: true, mode: 0o700 })
  if (spool.unreadable > 0)
    onProblem('inbound', `${spool.unreadable} spooled events could not be read`)
  const wakeup = createWakeup()
  signal.addEventListener('abort', wakeup.wake)
  let replying = Promise.resolve()

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
        const id = spool.ids().find((id) => spool.get(id)?.replies === null)
        const entry = id === undefined ? undefined : spool.get(id)
        if (id === undefined || entry === undefined || !entry.ready) {
          await wakeup.wait(5)
          continue
        }
        const problem = await post(id, entry)
        onProblem('inbound app', problem)
        if (problem === null) failures = 0
        else await options.pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
      }
      await replying
    },
    waiting: () => spool.ids().length,
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

  /** Replies of all people are said one after the other, as one person would type them. */
  function queueReplies(id: string): void {
    replying = replying.then(async () => {
      for (;;) {
        const entry = spool.get(id)
        const part = entry?.replies?.flat()[entry.said]
        if (entry === undefined) return
        if (part === undefined) return finish(id, entry)
        if (!(await options.reply(entry.event.from, part))) return
        spool.put(id, { ...entry, said: entry.said + 1 })
      }
    })
  }

  function finish(id: string, { event }: Entry): void {
    seen.add(id)
    spool.remove(id)
    if (event.input.type === 'media') rmSync(join(media, event.input.mediaId), { force: true })
  }

  async function fetchFile(id: string, read: Extract<Read, { file: unknown }>): Promise<void> {
    const entry = spool.get(id)
    if (entry === undefined) return
    const fetched = await Promise.race([
      bytesOf(read.file).catch(() => null),
      options.pause(FETCH_SECONDS).then(() => null),
    ])
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

async function bytesOf(file: () => Promise<FileBoxInterface>) {
  const box = await file()
  return { box, bytes: await box.toBuffer() }
}
