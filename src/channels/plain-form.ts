import * as z from 'zod'
import { COMMANDS, type Input } from '../../flows/engine/types.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'

/** As the script's own box. */
const LONGEST_TEXT = 2000

/** What the simple page's form brought. */
export type PlainPost = {
  /** Made with the page: pressed twice, it is one. */
  id: string
  token: string | null
  locale?: Locale | undefined
  text: string
  choice: string | null
  command: (typeof COMMANDS)[number] | null
  language?: Locale | undefined
  /** Null where none was chosen. */
  file: File | null
  /** Nothing is said: what came meanwhile is looked for. */
  fresh: boolean
}

const Word = z.string().max(200).nullable().catch(null)
const Form = z.object({
  id: z.string().regex(/^[\w-]{1,43}$/),
  conversation: z.string().max(400).nullable().catch(null),
  locale: z.enum(LOCALES).optional().catch(undefined),
  text: z.string().catch(''),
  choice: Word,
  command: z.enum(COMMANDS).nullable().catch(null),
  language: z.enum(LOCALES).optional().catch(undefined),
  fresh: Word,
  file: z.instanceof(File).nullable().catch(null),
})

/** Reads the form; what is not of it is nothing, and a form without an id has one of its own. */
export async function readPosted(request: Request): Promise<PlainPost> {
  const fields = await request.formData().then(
    (form) => Object.fromEntries(form),
    () => ({}),
  )
  const given = { id: crypto.randomUUID(), ...fields }
  const form = Form.parse({ ...given, ...(isId(given.id) ? {} : { id: crypto.randomUUID() }) })
  const { conversation, file, fresh, text, ...rest } = form
  return {
    ...rest,
    token: conversation,
    text: text.slice(0, LONGEST_TEXT).replaceAll('\r\n', '\n').trim(),
    file: file === null || file.size === 0 ? null : file,
    fresh: fresh !== null,
  }
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && /^[\w-]{1,43}$/.test(id)
}

/**
 * What was said and its id, null where it was nothing. The id holds what was said, too: whoever goes back and says
 * something else on the same page has said something else.
 */
export async function heardOf(posted: PlainPost): Promise<{ id: string; input: Input } | null> {
  const input = inputOf(posted)
  if (input === null) return null
  const said = new TextEncoder().encode(
    JSON.stringify([input, posted.file?.size, posted.file?.name]),
  )
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', said))
  const hash = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'))
  return { id: `${posted.id}-${hash.join('')}`, input }
}

/** A button that was pressed counts before what stands in the box. */
function inputOf({ choice, command, language, text, file }: PlainPost): Input | null {
  if (choice !== null) return { type: 'choice', value: choice }
  if (command !== null) return { type: 'command', name: command }
  if (language !== undefined) return { type: 'command', name: 'language', payload: language }
  return text === '' && file === null ? null : { type: 'text', text }
}
