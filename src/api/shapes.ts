import '@hono/zod-openapi'
import * as z from 'zod'

/** Words in both languages. */
export const Bilingual = z.object({ 'zh-Hans': z.string(), en: z.string() }).openapi('Bilingual')

/** A moment: ISO 8601 in UTC. */
export const Moment = z
  .string()
  .openapi({ format: 'date-time', example: '2018-06-01T02:00:00.000Z' })

/** A move of an application that this key may make or propose. */
export const Move = z
  .object({
    id: z.string(),
    label: Bilingual,
    to: z.string().describe('The stage that it leads to'),
    reasons: z
      .array(z.object({ id: z.string(), name: Bilingual, needsNote: z.boolean() }))
      .describe('At least one of them must be named; none: no reason is asked for'),
    missing: z.boolean().describe('Whether it names what the applicant must hand in'),
    confirmed: z
      .boolean()
      .describe('True: a key only proposes it, and two members of staff confirm in the console'),
  })
  .openapi('Move')

/** Which page of a list. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(300).optional().describe('`next` of the page before'),
})

/** One page of a list; `next` null: it was the last. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** The body of an answer for a document. */
export function answer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A body that is sent, for a document. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true }
}

/** What a list goes on after, as text that says nothing to who holds it. */
export function cursorOf(...parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** What a cursor of so many parts says; null where it is none of ours. */
export function readCursor(cursor: string, parts: number): readonly string[] | null {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (one) => one.charCodeAt(0))
    const read = z
      .array(z.string())
      .length(parts)
      .safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
