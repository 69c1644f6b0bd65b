import * as z from 'zod'
import { isMessageKey } from '../../locales/catalog.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { ConsoleContext } from './route.ts'
import type { View } from './view.ts'

/** A form as somebody filled it in: every input is kept, and what is wrong stands at its field. */
export type FormDraft = {
  values: Readonly<Record<string, readonly string[]>>
  /** By the name of the field, in the words of who fills it in. */
  problems: Readonly<Record<string, string>>
}

/** The shape of a form; fields are made by `line` and `oneOf`, a list is `z.array(z.string())`. */
export type FormSchema = z.ZodObject

/** A form that was sent. `draft` is there in both cases: what a form asks for may still be refused by what it is for. */
export type FormResult<S extends FormSchema> =
  | { ok: true; data: z.infer<S>; draft: FormDraft }
  | { ok: false; draft: FormDraft }

export type Fields<Name extends string> = Record<Name, string>

/** What was posted, unread: the first or all values of a name as text; what is missing or a file is empty. */
export type Posted = { text: (name: string) => string; all: (name: string) => string[] }

/** A form with these values in it. */
export function draftOf(values: Readonly<Record<string, string | readonly string[]>>): FormDraft {
  const lists = Object.entries(values).map(([name, value]) => [name, [value].flat()])
  return { values: Object.fromEntries(lists), problems: {} }
}

/** The same form with a problem at one of its fields. */
export function withProblem(draft: FormDraft, field: string, words: string): FormDraft {
  return { ...draft, problems: { ...draft.problems, [field]: words } }
}

/** What stands in a field of one value; empty where nothing does. */
export function textIn({ values }: FormDraft, name: string): string {
  return values[name]?.[0] ?? ''
}

/** One line of `min` to `max` characters, trimmed. `otherwise`: what is said where it is not. */
export function line(otherwise: MessageKey, { min = 1, max }: { min?: number; max: number }) {
  return z.string().trim().min(min, otherwise).max(max, otherwise)
}

/** One of a closed list. */
export function oneOf<Value extends string>(otherwise: MessageKey, values: readonly Value[]) {
  return z.enum(values, otherwise)
}

/** Reads the posted form. What is missing is empty; files are left to those who take them. */
export async function readForm<S extends FormSchema>(
  c: ConsoleContext,
  view: View,
  schema: S,
): Promise<FormResult<S>> {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true })
  const values = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, textsOf(body[name])]),
  )
  const parsed = schema.safeParse(
    Object.fromEntries(
      Object.entries(values).map(([name, texts]) => [
        name,
        schema.shape[name] instanceof z.ZodArray ? texts : (texts[0] ?? ''),
      ]),
    ),
  )
  if (parsed.success) return { ok: true, data: parsed.data, draft: { values, problems: {} } }
  const problems: Record<string, string> = {}
  for (const { path, message } of parsed.error.issues) {
    if (!isMessageKey(message)) throw new Error(`a form has no words for ${path.join('.')}`)
    problems[String(path[0])] ??= view.t(message)
  }
  return { ok: false, draft: { values, problems } }
}

/** Reads a posted form without its files. */
export async function readPosted(c: ConsoleContext): Promise<Posted> {
  const form: Record<string, unknown> = await c.req.parseBody({ all: true })
  const all = (name: string) => textsOf(form[name])
  return { all, text: (name) => all(name)[0] ?? '' }
}

/** The named fields of a posted form as text; what is missing or a file is empty. */
export async function readFields<Name extends string>(
  c: ConsoleContext,
  names: readonly Name[],
): Promise<Fields<Name>> {
  const { text } = await readPosted(c)
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Fields<Name>
}

/** The values of a field that was posted any number of times. */
export function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string')
}
