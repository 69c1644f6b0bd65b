import * as z from 'zod'
import type { Channel, RenderedMessage } from '../../flows/engine/channel.ts'
import type { Input } from '../../flows/engine/types.ts'
import { withNumberedOptions } from '../fit.ts'
import { qrText } from '../qr-code.ts'

/** One typed line. `person`: who is at the keyboard; `id`: the dedupe key. */
const Line = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  person: z.string().regex(/^[\w-]{1,64}$/),
  text: z.string().max(64 * 1024),
})

/**
 * A chat in a terminal, for trying a flow without a phone: `POST {id, person, text}`, answered as plain
 * text with numbered options. It knows no secret and must never be mounted on a server.
 */
export function createTerminalChannel(options: {
  now: () => string
  /** Where messages go that come later than an answer. */
  write: (text: string) => void
}): Channel {
  return {
    type: 'terminal',
    silent: true,
    limits: {
      textLength: 100_000,
      quickReplies: 0,
      ratePerSecond: 1000,
      sessionWindowHours: null,
      repliesInResponse: 10,
      broadcasts: false,
    },
    async receive(request) {
      const line = Line.safeParse(await request.json().catch(() => null))
      if (!line.success) return new Response('A line is {id, person, text}.\n', { status: 400 })
      const { id, person, text } = line.data
      return {
        events: [
          {
            id: `terminal:${person}:${id}`,
            from: { channel: 'terminal', id: person },
            at: options.now(),
            input: inputOf(text),
          },
        ],
        respond: ([reply]) =>
          new Response((reply?.messages ?? []).map(renderTerminal).join('\n\n'), {
            headers: { 'content-type': 'text/plain; charset=utf-8' },
          }),
      }
    },
    async send({ body }) {
      options.write(renderTerminal(body))
      return { ok: true, externalId: 'terminal' }
    },
  }
}

/** A path to a photo or a PDF, as it is typed or dropped into a terminal. */
const PATH =
  /^['"]?(?:(?:[~./\\]|\w:[\\/]|file:).*|[^\s\p{Script=Han}]+)\.(?:jpe?g|png|webp|heic|pdf)['"]?$/iu

/** What a person typed. A path is not read: whoever can type here could else read any file of ours. */
function inputOf(text: string): Input {
  return PATH.test(text.trim())
    ? { type: 'media', kind: 'document', mediaId: 'path', problem: 'not-here' }
    : { type: 'text', text }
}

/** A message as it stands on the screen: words, numbered options, and the numbers that always work. */
function renderTerminal(message: RenderedMessage): string {
  const { image } = message
  const shown = image?.kind === 'qr' ? qrText(image.value) : image?.url
  const picture = image === undefined ? '' : `${shown}\n${image.alt}\n\n`
  return picture + withNumberedOptions(message).text
}
