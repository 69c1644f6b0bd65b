import * as z from 'zod'
import { COMMANDS, type Input } from '../../flows/engine/types.ts'
import { LOCALES } from '../../locales/keys.ts'

const id = z.string().regex(/^[\w-]{1,64}$/)
const locale = z.enum(LOCALES).optional()

/**
 * What a web client may say. `id` is made by the client and is the dedupe key: the same id again gets
 * the same answer, so a client that heard nothing simply sends once more.
 */
const WebInput = z.union([
  z.strictObject({ id, locale, text: z.string() }),
  z.strictObject({ id, locale, choice: z.string().max(200) }),
  /** What `POST /webhooks/web/files` called it. */
  z.strictObject({ id, locale, file: id }),
  z.strictObject({
    id,
    locale,
    command: z.enum(COMMANDS),
    payload: z.string().max(64).optional(),
  }),
])
export type WebInput = z.infer<typeof WebInput>

/** The body of `POST /webhooks/web`, or null where it is not one. */
export function parseWebInput(body: string): WebInput | null {
  try {
    const said = WebInput.safeParse(JSON.parse(body))
    return said.success ? said.data : null
  } catch {
    return null
  }
}

/** What a client said, as the input of a turn. */
export function inputOf(said: WebInput): Input {
  if ('text' in said) return { type: 'text', text: said.text }
  if ('choice' in said) return { type: 'choice', value: said.choice }
  if ('file' in said) return { type: 'media', kind: 'document', mediaId: said.file }
  return {
    type: 'command',
    name: said.command,
    ...(said.payload === undefined ? {} : { payload: said.payload }),
  }
}
